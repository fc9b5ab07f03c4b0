// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.smsprocess.text.charsets.WireForm;

/**
 * Turns texts into short_message octets by an account's encoding table. Immutable and thread-safe; one per account.
 *
 * <ol>
 *   <li>The first encoding of the table that holds the whole text as it is wins.
 *   <li>If none does, or the winner needs too many parts, and transliteration is on, the first encoding wins that holds the
 *       text with what it lacks approximated.
 * </ol>
 */
public final class TextEncoder {
    /** Parts that a UDH or sar_total_segments can count. */
    public static final int MAX_PARTS = 255;

    private final List<Encoding> encodings;
    private final LongMessage longMessage;
    private final boolean transliterate;
    private final WireForm[][] forms;
    private final Approximator[][] approximators;

    private TextEncoder(List<Encoding> encodings, LongMessage longMessage, boolean transliterate) {
        this.encodings = List.copyOf(encodings);
        this.longMessage = longMessage;
        this.transliterate = transliterate;
        this.forms = encodings.stream()
                .map(encoding -> encoding.charset().forms().toArray(WireForm[]::new))
                .toArray(WireForm[][]::new);
        this.approximators = Arrays.stream(forms)
                .map(ofEncoding ->
                        Arrays.stream(ofEncoding).map(Approximator::new).toArray(Approximator[]::new))
                .toArray(Approximator[][]::new);
    }

    /**
     * @param encodings in order of preference
     * @throws IllegalArgumentException if there are none
     */
    public static TextEncoder of(List<Encoding> encodings, LongMessage longMessage, boolean transliterate) {
        if (encodings.isEmpty()) {
            throw new IllegalArgumentException("no encoding is given");
        }
        return new TextEncoder(encodings, longMessage, transliterate);
    }

    /** @param maxParts the most SMS the text may take; more than 255 is 255, less than 1 is 1 */
    public EncodeResult encode(String text, int maxParts) {
        int limit = Math.max(1, Math.min(maxParts, MAX_PARTS));
        EncodedText exact = null;
        for (int i = 0; i < forms.length && exact == null; i++) {
            exact = attempt(i, text, List.of());
        }
        if (exact != null && exact.sms() <= limit) {
            return exact;
        }
        EncodedText tooLong = exact;
        for (int i = 0; transliterate && i < forms.length; i++) {
            EncodedText approximated = approximate(i, text);
            if (approximated != null && approximated.sms() <= limit) {
                return approximated;
            }
            tooLong = approximated == null ? tooLong : approximated;
        }
        return tooLong == null ? new Unencodable(lacking(text)) : tooLong(tooLong, limit);
    }

    /** What {@link #encode} would do, without a limit of parts other than 255. */
    public Preview preview(String text) {
        return preview(text, MAX_PARTS);
    }

    public Preview preview(String text, int maxParts) {
        return Preview.of(encode(text, maxParts));
    }

    /** The text in one encoding; null if it lacks a character. Of several forms, the plainest of those with fewest SMS. */
    private @Nullable EncodedText attempt(int encoding, String text, List<Replacement> replacements) {
        EncodedText best = null;
        for (WireForm form : forms[encoding]) {
            byte[] content = form.encode(text);
            if (content == null) {
                continue;
            }
            EncodedText candidate =
                    EncodedText.of(encodings.get(encoding), longMessage, form, text, content, replacements);
            if (best == null || candidate.sms() < best.sms()) {
                best = candidate;
            }
            if (best.sms() == 1) {
                break;
            }
        }
        return best;
    }

    /** The text in one encoding with what it lacks approximated; null if something has no counterpart. */
    private @Nullable EncodedText approximate(int encoding, String text) {
        EncodedText best = null;
        for (Approximator approximator : approximators[encoding]) {
            Approximation approximation = approximator.approximate(text);
            if (!approximation.isComplete()) {
                continue;
            }
            EncodedText candidate = attempt(encoding, approximation.text(), approximation.replacements());
            if (candidate != null
                    && (best == null
                            || candidate.replacements().size()
                                    < best.replacements().size())) {
                best = candidate;
            }
        }
        return best;
    }

    private static Unencodable tooLong(EncodedText text, int limit) {
        return new Unencodable("too long: " + text.sms() + " parts, at most " + limit);
    }

    private String lacking(String text) {
        return IntStream.range(0, forms.length)
                .mapToObj(i -> encodings.get(i).charset().configName() + " lacks " + named(text, firstLacking(i, text)))
                .collect(Collectors.joining("; "));
    }

    /** Where the form that gets furthest gives up. */
    private int firstLacking(int encoding, String text) {
        if (!transliterate) {
            return Arrays.stream(forms[encoding])
                    .mapToInt(form -> form.firstLacking(text))
                    .max()
                    .orElse(0);
        }
        return Arrays.stream(approximators[encoding])
                .mapToInt(approximator -> approximator.approximate(text).hopeless())
                .max()
                .orElse(0);
    }

    /** {@code U+1F600 at position 5}. */
    private static String named(String text, int position) {
        return String.format("U+%04X at position %d", text.codePointAt(position), position);
    }
}
