// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import java.util.Set;
import org.smsprocess.text.Udh;

/**
 * Reads UCS-2 as it really comes: UTF-16BE, the same with a byte order mark, UTF-16LE with or without one, UTF-8, and with an
 * octet too many. Where nothing speaks clearly against it, it is UTF-16BE.
 */
final class Ucs2Reader implements BodyReader {
    /** Octets from which on printable ASCII cannot be CJK text by chance: each pair is one to about 7. */
    private static final int SURELY_ASCII = 16;

    @Override
    public String read(byte[] body, Udh udh, Set<DecodeFlag> flags) {
        if (isUtf8(body)) {
            flags.add(DecodeFlag.CHARSET_GUESSED);
            return Utf8Guess.text(body);
        }
        if (body.length % 2 != 0) {
            flags.add(DecodeFlag.ODD_OCTET);
        }
        int units = body.length / 2;
        int first = 0;
        boolean littleEndian = false;
        if (units > 0 && unit(body, 0, false) == 0xFEFF) {
            first = 1;
        } else if (units > 0 && unit(body, 0, true) == 0xFEFF) {
            first = 1;
            littleEndian = true;
        } else {
            littleEndian = isLittleEndian(body, units);
        }
        if (littleEndian) {
            flags.add(DecodeFlag.LITTLE_ENDIAN);
        }
        int end = units;
        while (end > first && unit(body, end - 1, false) == 0) {
            flags.add(DecodeFlag.PADDING_DROPPED);
            end--;
        }
        char[] text = new char[end - first];
        for (int i = 0; i < text.length; i++) {
            text[i] = unit(body, first + i, littleEndian);
        }
        return new String(text);
    }

    private static char unit(byte[] body, int index, boolean littleEndian) {
        int high = body[2 * index + (littleEndian ? 1 : 0)] & 0xFF;
        int low = body[2 * index + (littleEndian ? 0 : 1)] & 0xFF;
        return (char) (high << 8 | low);
    }

    private static boolean isUtf8(byte[] body) {
        if (body.length < 3 || !Utf8Guess.isText(body)) {
            return false;
        }
        return body.length % 2 != 0 || body.length >= SURELY_ASCII || body.length >= 6 && Utf8Guess.isWide(body);
    }

    /**
     * The high octet of a language's letters takes one or two values (its block, and 0 for blanks and digits), the low octet
     * many. Two ways to be sure that the second octet is the high one: all of it is ASCII, or the values are so spread.
     */
    private static boolean isLittleEndian(byte[] body, int units) {
        int ascii = 0;
        long[] firsts = new long[4];
        long[] seconds = new long[4];
        for (int i = 0; i < units; i++) {
            int first = body[2 * i] & 0xFF;
            int second = body[2 * i + 1] & 0xFF;
            firsts[first >>> 6] |= 1L << (first & 63);
            seconds[second >>> 6] |= 1L << (second & 63);
            ascii += second == 0 && (first >= 0x20 && first < 0x7F || first == '\n' || first == '\r') ? 1 : 0;
        }
        int firstValues = count(firsts);
        int secondValues = count(seconds);
        return units >= 2 && ascii == units && firstValues > 1
                || units >= 6 && secondValues <= 2 && firstValues >= 3 * secondValues;
    }

    private static int count(long[] bits) {
        return Long.bitCount(bits[0]) + Long.bitCount(bits[1]) + Long.bitCount(bits[2]) + Long.bitCount(bits[3]);
    }
}
