// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.text.charsets.TextResource;
import org.smsprocess.text.charsets.WireForm;

/**
 * For a character that a wire form lacks, the nearest thing it holds, found in this order: a list of choices, the
 * character with fewer marks, its compatibility form, ICU's "Latin-ASCII", for Greek its capitals, and nothing at all for what is
 * invisible anyway. Thread-safe; remembers what it found, up to a bound.
 */
final class NearCharacters {
    private static final int REMEMBERED = 4096;

    /** What people would choose and no general rule finds. */
    private static final Map<Integer, String> CHOSEN = read("near-characters.txt");

    /** Greek capitals that look like a Latin one, in the order of {@link #LATIN_LOOKALIKES}. */
    private static final String GREEK_LOOKALIKES = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private static final String LATIN_LOOKALIKES = "ABEZHIKMNOPTYX";

    private final WireForm form;
    private final ConcurrentMap<Integer, Optional<String>> remembered = new ConcurrentHashMap<>();

    NearCharacters(WireForm form) {
        this.form = form;
    }

    /** The character itself if the form holds it; null if nothing is near. */
    @Nullable
    String of(int codePoint) {
        if (form.holds(codePoint)) {
            return Character.toString(codePoint);
        }
        Optional<String> known = remembered.get(codePoint);
        if (known == null) {
            known = Optional.ofNullable(find(codePoint));
            if (remembered.size() < REMEMBERED) {
                remembered.put(codePoint, known);
            }
        }
        return known.orElse(null);
    }

    private @Nullable String find(int codePoint) {
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            return null;
        }
        String chosen = CHOSEN.get(codePoint);
        if (chosen != null && form.holdsAll(chosen)) {
            return chosen;
        }
        String character = Character.toString(codePoint);
        String fewer = fewerMarks(character);
        if (fewer != null) {
            return fewer;
        }
        String compatible = Normalizer.normalize(character, Normalizer.Form.NFKC);
        if (form.holdsAll(compatible)) {
            return compatible;
        }
        String ascii = LatinAscii.INSTANCE.transliterate(compatible);
        if (form.holdsAll(ascii)) {
            return ascii;
        }
        String greek = greekCapital(character);
        if (greek != null) {
            return greek;
        }
        return UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                        || UCharacter.getType(codePoint) == Character.NON_SPACING_MARK
                ? ""
                : null;
    }

    /** "ế" becomes "ê" where there is that, else "e". */
    private @Nullable String fewerMarks(String character) {
        String decomposed = Normalizer.normalize(character, Normalizer.Form.NFD);
        for (int length = decomposed.length() - 1; length > 0; length--) {
            String fewer = Normalizer.normalize(decomposed.substring(0, length), Normalizer.Form.NFC);
            if (form.holdsAll(fewer)) {
                return fewer;
            }
        }
        return null;
    }

    /** Greek is written in capitals where only those are to be had, as the GSM alphabet means it: "Καλή" is "KAΛH". */
    private @Nullable String greekCapital(String character) {
        if (!form.holds('Δ')) {
            return null;
        }
        String base = Normalizer.normalize(character, Normalizer.Form.NFD).substring(0, 1);
        String capital = base.toUpperCase(Locale.ROOT);
        int lookalike = GREEK_LOOKALIKES.indexOf(capital);
        if (lookalike >= 0) {
            return LATIN_LOOKALIKES.substring(lookalike, lookalike + 1);
        }
        return !capital.equals(base) && form.holdsAll(capital) ? capital : null;
    }

    private static Map<Integer, String> read(String resource) {
        Map<Integer, String> chosen = new HashMap<>();
        for (String line : TextResource.lines(NearCharacters.class, resource)) {
            if (!line.isBlank() && !line.startsWith("//")) {
                String to = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
                chosen.put(Integer.parseInt(line.substring(0, line.indexOf(' ')), 16), to.equals("LF") ? "\n" : to);
            }
        }
        return Map.copyOf(chosen);
    }

    /** Built when the first text needs it. ICU guards its rules by a lock of its own. */
    private static final class LatinAscii {
        private static final Transliterator INSTANCE = Transliterator.getInstance("Latin-ASCII");
    }
}
