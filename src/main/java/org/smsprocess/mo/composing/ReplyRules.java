// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.MoSettings.ReplyRule;

/** Finds the rule for an MO. */
final class ReplyRules {
    private ReplyRules() {}

    /**
     * The first rule whose keyword begins the first alphanumeric word of the text, and whose short code is the one written to.
     *
     * @param text null when there is none to read: only rules for any keyword apply
     */
    static Optional<ReplyRule> match(List<ReplyRule> rules, @Nullable String text, String shortCode) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        String word = text == null ? "" : fold(firstWord(text));
        return rules.stream()
                .filter(rule -> word.startsWith(fold(rule.keyword().strip())))
                .filter(rule ->
                        rule.shortCode().isEmpty() || bare(rule.shortCode()).equals(bare(shortCode)))
                .findFirst();
    }

    /** The first run of letters, digits and the marks that belong to them; empty if there is none. */
    static String firstWord(String text) {
        int start = 0;
        while (start < text.length() && !Character.isLetterOrDigit(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        int end = start;
        while (end < text.length() && isWordPart(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(start, end);
    }

    private static boolean isWordPart(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || Character.getType(codePoint) == Character.NON_SPACING_MARK
                || Character.getType(codePoint) == Character.COMBINING_SPACING_MARK;
    }

    /** Equal for texts that differ in case, width or composition only; both Turkish i count as i. */
    private static String fold(String text) {
        String upper = Normalizer.normalize(text, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT);
        return upper.toLowerCase(Locale.ROOT).replace("i\u0307", "i");
    }

    private static String bare(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }
}
