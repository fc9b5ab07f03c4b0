// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/**
 * From a UTF-16 char to its one or two octets, by two array reads. Pages of 256 chars; those without any are shared.
 *
 * <pre>
 *   'a' in GSM        0x0061   one octet
 *   '{' in GSM        0x1B28   ESC and one more
 *   'あ' in SHIFT-JIS  0x82A0   two octets
 * </pre>
 */
final class CharTable {
    /** The code of a char the table lacks. */
    static final char LACKING = 0xFFFF;

    private static final char[] EMPTY_PAGE = emptyPage();

    private final char[][] pages = new char[256][];

    CharTable() {
        Arrays.fill(pages, EMPTY_PAGE);
    }

    /** All chars of a charset whose codes have one or two octets. */
    static CharTable of(Charset charset) {
        CharTable table = new CharTable();
        CharsetEncoder encoder = charset.newEncoder();
        ByteBuffer octets = ByteBuffer.allocate(8);
        char[] one = new char[1];
        for (int c = 0; c <= 0xFFFF; c++) {
            if (Character.isSurrogate((char) c)) {
                continue;
            }
            one[0] = (char) c;
            octets.clear();
            CoderResult result = encoder.reset().encode(CharBuffer.wrap(one), octets, true);
            if (!result.isError() && octets.position() == 1) {
                table.put((char) c, (char) (octets.get(0) & 0xFF));
            } else if (!result.isError() && octets.position() == 2) {
                table.put((char) c, (char) ((octets.get(0) & 0xFF) << 8 | octets.get(1) & 0xFF));
            }
        }
        return table;
    }

    char get(char c) {
        return pages[c >>> 8][c & 0xFF];
    }

    /** Adds a char unless it is there already: the first code of a char is the one to send. */
    void put(char c, char code) {
        int page = c >>> 8;
        if (pages[page] == EMPTY_PAGE) {
            pages[page] = emptyPage();
        }
        if (pages[page][c & 0xFF] == LACKING) {
            pages[page][c & 0xFF] = code;
        }
    }

    private static char[] emptyPage() {
        char[] page = new char[256];
        Arrays.fill(page, LACKING);
        return page;
    }
}
