// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import com.ibm.icu.text.BreakIterator;
import java.util.Locale;

/** Where the characters that people see begin (Unicode Standard Annex 29, extended grapheme clusters). */
final class Graphemes {
    /** Chars looked at before a cut; longer clusters are no script's habit. */
    private static final int REACH = 40;

    private static final char ZERO_WIDTH_JOINER = 0x200D;
    private static final BreakIterator PROTOTYPE = BreakIterator.getCharacterInstance(Locale.ROOT);

    private Graphemes() {}

    /** The start of the cluster that a cut at the index would break; the index itself if it breaks none. */
    static int startAround(String text, int index) {
        if (index <= 0 || index >= text.length() || !isSuspicious(text.charAt(index - 1), text.charAt(index))) {
            return index;
        }
        int from = Math.max(0, index - REACH);
        BreakIterator clusters = (BreakIterator) PROTOTYPE.clone();
        clusters.setText(text.substring(from, Math.min(text.length(), index + 2)));
        if (clusters.isBoundary(index - from)) {
            return index;
        }
        int start = clusters.preceding(index - from);
        return start == BreakIterator.DONE || start == 0 && from > 0 ? index : from + start;
    }

    /** Cheap and too careful: most cuts need no iterator. */
    private static boolean isSuspicious(char before, char after) {
        if (before == ZERO_WIDTH_JOINER) {
            return true;
        }
        return switch (Character.getType(after)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.SURROGATE,
                    Character.FORMAT -> true;
            default -> isJamo(after) || Character.getType(before) == Character.NON_SPACING_MARK;
        };
    }

    private static boolean isJamo(char c) {
        return c >= 0x1100 && c <= 0x11FF || c >= 0xA960 && c <= 0xA97F || c >= 0xD7B0 && c <= 0xD7FF;
    }
}
