// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.text.charsets.WireForm;

/**
 * Says a text with the characters of one wire form, as near as it can (transliteration). Thread-safe; it only
 * remembers, up to a bound, what it found.
 *
 * <p>A character of its own is {@link NearCharacters replaced by itself}. What is left are scripts that only make sense in
 * words: each run of such characters goes through ICU's "Any-Latin" as a whole. Whatever then still has no counterpart (most
 * emoji) is hopeless: leaving out what somebody wrote, unasked, is worse than saying so.
 */
final class Approximator {
    private static final int REMEMBERED = 2048;

    private final WireForm form;
    private final NearCharacters near;
    private final ConcurrentMap<String, Optional<String>> remembered = new ConcurrentHashMap<>();

    Approximator(WireForm form) {
        this.form = form;
        this.near = new NearCharacters(form);
    }

    Approximation approximate(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        List<Replacement> replacements = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = marksEnd(text, at);
            String from = text.substring(at, end);
            if (form.holdsAll(from)) {
                out.append(from);
                at = end;
                continue;
            }
            String to = character(from);
            if (to == null) {
                end = runEnd(text, at);
                from = text.substring(at, end);
                to = words(from);
            }
            if (to == null) {
                return new Approximation("", List.of(), at);
            }
            out.append(to);
            replacements.add(new Replacement(from, to, at));
            at = end;
        }
        return new Approximation(out.toString(), List.copyOf(replacements), -1);
    }

    /** A base character and its marks: composed if the form has that, else the nearest base. */
    private @Nullable String character(String from) {
        String composed = Normalizer.normalize(from, Normalizer.Form.NFC);
        if (form.holdsAll(composed)) {
            return composed;
        }
        StringBuilder to = new StringBuilder();
        for (int i = 0; i < composed.length(); i += Character.charCount(composed.codePointAt(i))) {
            String one = near.of(composed.codePointAt(i));
            if (one == null) {
                return null;
            }
            to.append(one);
        }
        return to.toString();
    }

    /** A run of characters in Latin letters; remembered, because texts of one delivery have the same words. */
    private @Nullable String words(String from) {
        Optional<String> known = remembered.get(from);
        if (known == null) {
            known = Optional.ofNullable(findWords(from));
            if (remembered.size() >= REMEMBERED) {
                remembered.clear();
            }
            remembered.put(from, known);
        }
        return known.orElse(null);
    }

    private @Nullable String findWords(String from) {
        String latin = AnyLatin.INSTANCE.transliterate(from);
        if (latin.isEmpty() || latin.equals(from)) {
            return null;
        }
        StringBuilder to = new StringBuilder();
        for (int i = 0; i < latin.length(); i = marksEnd(latin, i)) {
            String one = character(latin.substring(i, marksEnd(latin, i)));
            if (one == null) {
                return null;
            }
            to.append(one);
        }
        return to.toString();
    }

    /** End of the character at the index and of the marks on it that the form lacks. */
    private int marksEnd(String text, int at) {
        int end = at + Character.charCount(text.codePointAt(at));
        while (end < text.length() && isMark(text.codePointAt(end)) && !form.holds(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** End of the characters, one after the other, that have no counterpart of their own. */
    private int runEnd(String text, int at) {
        int end = at;
        while (end < text.length()) {
            int next = marksEnd(text, end);
            String from = text.substring(end, next);
            if (form.holdsAll(from) || character(from) != null && !Character.isLetter(text.codePointAt(end))) {
                break;
            }
            end = next;
        }
        return end;
    }

    private static boolean isMark(int codePoint) {
        return switch (UCharacter.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    /** Built when the first text needs it: it costs some 100 ms and a megabyte. ICU guards its rules by a lock of its own. */
    private static final class AnyLatin {
        private static final Transliterator INSTANCE = Transliterator.getInstance("Any-Latin");
    }
}
