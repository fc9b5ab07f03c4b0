// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** Reading numbers, hexadecimal and foreign protocols out of octets. */
public final class Octets {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Octets() {}

    public static int int32(byte[] octets, int offset) {
        return (int) INT.get(octets, offset);
    }

    public static String hex(byte[] octets, int offset, int length) {
        return HEX.formatHex(octets, offset, offset + length);
    }

    /** @return a name, with its article, of what talks like this, or the empty string */
    static String guessProtocol(byte[] first) {
        String text = new String(first, ISO_8859_1);
        if (text.startsWith("HTTP/") || text.startsWith("GET ") || text.startsWith("POST ")) {
            return "HTTP";
        }
        if (text.startsWith("SSH-")) {
            return "SSH";
        }
        // TLS record: type 20 to 23, then version 3.x
        if (first.length >= 3 && first[0] >= 0x14 && first[0] <= 0x17 && first[1] == 3 && first[2] <= 4) {
            return "TLS";
        }
        if (text.startsWith("220 ") || text.startsWith("220-")) {
            return "SMTP or FTP";
        }
        return "";
    }
}
