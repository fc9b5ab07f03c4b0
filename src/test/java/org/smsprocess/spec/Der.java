// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import java.io.ByteArrayOutputStream;

/** As much of the Distinguished Encoding Rules (X.690) as a certificate needs: tag, length, value. */
final class Der {
    private Der() {}

    static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            value.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = value.size();
        if (length > 0xFF) {
            out.write(0x82); // the length follows in two octets
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81); // in one
        }
        out.write(length);
        out.writeBytes(value.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] integer(int value) {
        return tagged(0x02, new byte[] {(byte) value});
    }

    static byte[] bitString(byte[] value) {
        return tagged(0x03, new byte[1], value);
    }

    static byte[] oid(int... octets) {
        byte[] value = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            value[i] = (byte) octets[i];
        }
        return tagged(0x06, value);
    }
}
