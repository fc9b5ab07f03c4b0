// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import org.jspecify.annotations.Nullable;
import org.smsprocess.account.SrSettings;

/**
 * The default patterns, written out: the same results as {@link RegexFields} with them, some twenty times faster. Goes from colon to
 * colon and looks at the word before it.
 */
final class DefaultFields implements ReceiptFields.Finder {
    static final String ID = "\\b[iI][dD]:([a-fA-F0-9]{1,10})\\b";
    static final String STAT = "\\b[sS][tT][aA][tT]:([a-zA-Z0-9]{5,15})\\b";
    static final String ERR = "\\b[eE][rR][rR]:([a-zA-Z0-9]{3})\\b";

    static boolean fits(SrSettings settings) {
        return settings.idRegex().pattern().equals(ID)
                && settings.idRegex().flags() == 0
                && settings.statusRegex().pattern().equals(STAT)
                && settings.statusRegex().flags() == 0
                && settings.errorCodeRegex().pattern().equals(ERR)
                && settings.errorCodeRegex().flags() == 0;
    }

    @Override
    public ReceiptFields find(String text) {
        String id = null;
        String stat = null;
        String err = null;
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            if (id == null && endsWithWord(text, colon, "id")) {
                id = value(text, colon + 1, 1, 10, true);
            } else if (stat == null && endsWithWord(text, colon, "stat")) {
                stat = value(text, colon + 1, 5, 15, false);
            } else if (err == null && endsWithWord(text, colon, "err")) {
                err = value(text, colon + 1, 3, 3, false);
            }
        }
        return new ReceiptFields(id, stat, err);
    }

    /** Is this word, in any case and with nothing of a word before it, left of {@code end}? */
    static boolean endsWithWord(String text, int end, String lowerCase) {
        int start = end - lowerCase.length();
        if (start < 0 || (start > 0 && isWord(text.charAt(start - 1)))) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            // sets the bit that tells ASCII cases apart; no non-letter becomes a letter of these words by it but
            // upper-case ones
            if ((text.charAt(start + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A whole word of {@code min} to {@code max} letters and digits. */
    private static @Nullable String value(String text, int start, int min, int max, boolean hex) {
        int end = start;
        while (end < text.length() && end - start <= max && isAllowed(text.charAt(end), hex)) {
            end++;
        }
        int length = end - start;
        boolean whole = end == text.length() || !isWord(text.charAt(end));
        return length >= min && length <= max && whole ? text.substring(start, end) : null;
    }

    private static boolean isAllowed(char c, boolean hex) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= (hex ? 'f' : 'z')) || (c >= 'A' && c <= (hex ? 'F' : 'Z'));
    }

    private static boolean isWord(char c) {
        return isAllowed(c, false) || c == '_';
    }
}
