// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

import java.util.List;

/**
 * The locking and single shift tables of 3GPP TS 23.038 §6.2.1 and annex A, by national language identifier: 0 is the default
 * alphabet, 1 Turkish … 13 Urdu. Each is 128 chars by septet; {@link #NONE} where a septet stands for nothing.
 */
public final class ShiftTables {
    public static final char ESC = 0x1B;
    public static final char NONE = 0xFFFF;
    static final int LANGUAGES = 13;

    private static final char[][] LOCKING = read("locking-shift.txt");
    private static final char[][] SINGLE = read("single-shift.txt");

    private ShiftTables() {}

    /** The locking shift table; the default alphabet for a language without one (Spanish) and for reserved identifiers. */
    public static char[] locking(int language) {
        return table(LOCKING, language);
    }

    /** The single shift table; the default extension table for reserved identifiers. */
    public static char[] single(int language) {
        return table(SINGLE, language);
    }

    static boolean hasLocking(int language) {
        return locking(language) != LOCKING[0];
    }

    private static char[] table(char[][] tables, int language) {
        return language >= 0 && language <= LANGUAGES && tables[language].length > 0 ? tables[language] : tables[0];
    }

    private static char[][] read(String resource) {
        char[][] tables = new char[LANGUAGES + 1][0];
        List<String> lines = TextResource.lines(ShiftTables.class, resource);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("== ")) {
                tables[Integer.parseInt(lines.get(i).split(" ")[2])] = table(lines.subList(i + 1, i + 17));
            }
        }
        return tables;
    }

    private static char[] table(List<String> rows) {
        char[] table = new char[128];
        for (int low = 0; low < 16; low++) {
            String[] cells = rows.get(low).split(" +");
            if (cells.length != 8) {
                throw new IllegalStateException("row " + low + " has " + cells.length + " cells, not 8");
            }
            for (int high = 0; high < 8; high++) {
                table[high << 4 | low] = cell(cells[high]);
            }
        }
        return table;
    }

    private static char cell(String cell) {
        return switch (cell) {
            case ".." -> NONE;
            case "SP" -> ' ';
            case "LF" -> '\n';
            case "CR" -> '\r';
            case "FF" -> '\f';
            case "ESC" -> ESC;
            default -> cell.length() == 1 ? cell.charAt(0) : (char) Integer.parseInt(cell, 16);
        };
    }
}
