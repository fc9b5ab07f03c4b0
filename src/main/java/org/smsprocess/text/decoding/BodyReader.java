// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.util.HexFormat;
import java.util.Set;
import org.smsprocess.text.Udh;

/** Reads text from octets behind a UDH; takes any octets. Adds to the flags what was odd. */
@FunctionalInterface
interface BodyReader {
    String read(byte[] body, Udh udh, Set<DecodeFlag> flags);

    /** 8-bit data (data_coding 2 and 4): text if people sent text that way, else hexadecimal. */
    static String binary(byte[] body, Udh udh, Set<DecodeFlag> flags) {
        if (Utf8Guess.isText(body)) {
            return Utf8Guess.text(body);
        }
        flags.add(DecodeFlag.BINARY);
        return HexFormat.of().withUpperCase().formatHex(body);
    }

    static String compressed(byte[] body, Udh udh, Set<DecodeFlag> flags) {
        flags.add(DecodeFlag.COMPRESSED);
        return HexFormat.of().withUpperCase().formatHex(body);
    }
}
