// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables as a whole (3GPP TS 23.038 §6.2.1 and annex A): a slip of the hand in one cell shows here. */
class ShiftTablesTest {
    @ParameterizedTest
    @CsvSource({
        // national language identifier, characters of its locking and of its single shift table, script
        "0, 127, 10, LATIN",
        "1, 127, 17, LATIN",
        "2, 127, 19, LATIN",
        "3, 127, 37, LATIN",
        "4, 114, 82, BENGALI",
        "5, 120, 70, GUJARATI",
        "6, 127, 88, DEVANAGARI",
        "7, 120, 73, KANNADA",
        "8, 120, 82, MALAYALAM",
        "9, 116, 75, ORIYA",
        "10, 110, 76, GURMUKHI",
        "11, 102, 77, TAMIL",
        "12, 120, 78, TELUGU",
        "13, 127, 90, ARABIC"
    })
    void areWhole(int language, int locking, int single, UnicodeScript script) {
        char[] plain = ShiftTables.locking(language);
        char[] shifted = ShiftTables.single(language);

        assertThat(count(plain)).isEqualTo(locking);
        assertThat(count(shifted)).isEqualTo(single);
        assertThat(distinct(plain)).hasSize(locking);
        assertThat(plain[0x0A]).isEqualTo('\n');
        assertThat(plain[0x0D]).isEqualTo('\r');
        assertThat(plain[0x1B]).isEqualTo(ShiftTables.ESC);
        assertThat(plain[0x20]).isEqualTo(' ');
        assertThat(new String(plain, 0x30, 10)).isEqualTo("0123456789");
        assertThat(new String(plain, 0x61, 26)).isEqualTo("abcdefghijklmnopqrstuvwxyz");
        assertThat(shifted[0x0A]).isEqualTo('\f');
        assertThat(shifted[0x65]).isEqualTo('€');
        assertThat(new String(new char[] {
                    shifted[0x14],
                    shifted[0x28],
                    shifted[0x29],
                    shifted[0x2F],
                    shifted[0x3C],
                    shifted[0x3D],
                    shifted[0x3E],
                    shifted[0x40]
                }))
                .isEqualTo("^{}\\[~]|");
        for (int septet = 0; septet < 128; septet++) {
            assertThat(script(plain[septet])).as("locking %02X", septet).isIn(allowed(script));
            assertThat(script(shifted[septet])).as("single %02X", septet).isIn(allowed(script));
        }
    }

    private static Set<UnicodeScript> allowed(UnicodeScript script) {
        return script == UnicodeScript.LATIN
                ? Set.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.COMMON, UnicodeScript.UNKNOWN)
                : Set.of(
                        UnicodeScript.LATIN,
                        UnicodeScript.COMMON,
                        UnicodeScript.INHERITED,
                        UnicodeScript.UNKNOWN,
                        script);
    }

    private static UnicodeScript script(char c) {
        return c == ShiftTables.NONE ? UnicodeScript.UNKNOWN : UnicodeScript.of(c);
    }

    private static int count(char[] table) {
        int count = 0;
        for (char c : table) {
            count += c != ShiftTables.NONE && c != ShiftTables.ESC ? 1 : 0;
        }
        return count;
    }

    private static Set<Character> distinct(char[] table) {
        Set<Character> distinct = new HashSet<>();
        for (char c : table) {
            if (c != ShiftTables.NONE && c != ShiftTables.ESC) {
                distinct.add(c);
            }
        }
        return distinct;
    }
}
