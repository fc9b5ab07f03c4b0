// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.smsprocess.text.Udh;

/** Reads octets in a charset of the JDK; NUL octets at the end are padding, more than ASCII is LATIN-1. */
final class CharsetReader implements BodyReader {
    private final Charset charset;

    CharsetReader(Charset charset) {
        this.charset = charset;
    }

    @Override
    public String read(byte[] body, Udh udh, Set<DecodeFlag> flags) {
        int length = body.length;
        while (length > 0 && body[length - 1] == 0) {
            length--;
        }
        if (length < body.length) {
            flags.add(DecodeFlag.PADDING_DROPPED);
        }
        String text = new String(body, 0, length, charset);
        if (text.indexOf(0xFFFD) >= 0) {
            byte[] octets = Arrays.copyOf(body, length);
            if (Utf8Guess.isWide(octets)) {
                flags.add(DecodeFlag.CHARSET_GUESSED);
                return Utf8Guess.text(octets);
            }
            if (charset.equals(StandardCharsets.US_ASCII)) {
                flags.add(DecodeFlag.CHARSET_GUESSED);
                return new String(octets, StandardCharsets.ISO_8859_1);
            }
            flags.add(DecodeFlag.REPLACED);
        }
        return text;
    }
}
