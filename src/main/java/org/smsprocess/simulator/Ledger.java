// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import it.unimi.dsi.fastutil.longs.Long2ObjectLinkedOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages by source, destination and text, and finds duplicates, exactly (but for collisions of 64-bit hashes).
 * The parts of a multipart message count as one message once all came. Numbers are compared without "+". Not thread-safe.
 */
final class Ledger {
    private static final int SAMPLES = 20;
    private static final int SAMPLE_LENGTH = 40;

    private final Alphabet alphabet;
    private final int maxIncomplete;
    private final HashCounts messages = new HashCounts();
    private final HashCounts parts = new HashCounts();
    private final Long2ObjectLinkedOpenHashMap<Assembly> assemblies = new Long2ObjectLinkedOpenHashMap<>();
    private final List<String> samples = new ArrayList<>();
    private long abandoned;

    Ledger(Alphabet alphabet, int maxIncomplete) {
        this.alphabet = alphabet;
        this.maxIncomplete = maxIncomplete;
    }

    void add(SubmitSm submit) {
        long key = addresses(submit);
        if (submit.partTotal > 1 && submit.partNumber >= 1 && submit.partNumber <= submit.partTotal) {
            addPart(submit, key);
            return;
        }
        long hash = alphabet.hash(key, submit);
        count(Hashing.add(hash, -1), submit);
    }

    int countOf(String source, String destination, String text) {
        return messages.of(keyOf(source, destination, text));
    }

    static long keyOf(String source, String destination, String text) {
        long key = Hashing.add(Hashing.add(Hashing.START, digits(destination)), digits(source));
        return Hashing.add(key, text);
    }

    int countOf(long key) {
        return messages.of(key);
    }

    long total() {
        return messages.total();
    }

    Stats.Messages snapshot() {
        long incomplete = abandoned
                + assemblies.values().stream().filter(Assembly::holdsNews).count();
        return new Stats.Messages(
                messages.total(),
                messages.distinct(),
                messages.total() - messages.distinct(),
                incomplete,
                parts.total(),
                parts.total() - parts.distinct(),
                List.copyOf(samples));
    }

    private void count(long hash, SubmitSm last) {
        if (messages.add(hash) > 0 && samples.size() < SAMPLES) {
            String text = alphabet.text(last);
            samples.add(last.destination() + ": " + text.substring(0, Math.min(SAMPLE_LENGTH, text.length())));
        }
    }

    private void addPart(SubmitSm submit, long addresses) {
        long group = Hashing.add(Hashing.add(addresses, submit.partReference), submit.partTotal);
        long content = Hashing.add(group, submit.partNumber);
        content = Hashing.add(content, submit.octets, submit.textAt, submit.textLength);
        boolean news = parts.add(content) == 0;
        Assembly assembly = assemblies.get(group);
        if (assembly == null) {
            assembly = new Assembly(submit.partTotal);
            assemblies.put(group, assembly);
            abandonOldest();
        }
        if (assembly.add(submit, news)) {
            assemblies.remove(group);
            count(assembly.hash(addresses, alphabet), submit);
        }
    }

    private void abandonOldest() {
        if (assemblies.size() > maxIncomplete && assemblies.removeFirst().holdsNews()) {
            abandoned++;
        }
    }

    private static long addresses(SubmitSm submit) {
        byte[] octets = submit.octets;
        long key = Hashing.add(Hashing.START, octets, submit.digitsAt(), submit.digitsLength());
        int at = submit.sourceAt + 2;
        int plus = octets[at] == '+' ? 1 : 0;
        return Hashing.add(key, octets, at + plus, submit.sourceLength - 3 - plus);
    }

    private static String digits(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    /** The parts of one multipart message, in whatever order they come. */
    private static final class Assembly {
        private final @Nullable Part[] parts;
        private int present;
        private int news;

        Assembly(int total) {
            parts = new Part[total];
        }

        boolean holdsNews() {
            return news > 0;
        }

        /** @return whether all parts are there now */
        boolean add(SubmitSm submit, boolean isNew) {
            if (isNew && news == 0 && present > 0) {
                // only echoes of an earlier message were here; a new one takes over the reference
                Arrays.fill(parts, null);
                present = 0;
            }
            if (isNew) {
                news++;
            }
            int index = submit.partNumber - 1;
            if (parts[index] == null) {
                present++;
            }
            parts[index] = new Part(submit);
            return present == parts.length;
        }

        long hash(long addresses, Alphabet alphabet) {
            long hash = addresses;
            for (Part part : parts) {
                if (part != null) {
                    hash = part.hash(hash, alphabet);
                }
            }
            return Hashing.add(hash, -1);
        }
    }

    private static final class Part {
        /** UDH, then text. */
        private final byte[] octets;

        private final int dataCoding;
        private final int udhLength;
        private final boolean national;

        Part(SubmitSm submit) {
            int start = submit.textAt - submit.udhLength;
            octets = Arrays.copyOfRange(submit.octets, start, submit.textAt + submit.textLength);
            dataCoding = submit.dataCoding;
            udhLength = submit.udhLength;
            national = submit.national;
        }

        long hash(long hash, Alphabet alphabet) {
            int length = octets.length - udhLength;
            return national
                    ? Alphabet.hash(hash, alphabet.national(octets, udhLength, length, dataCoding, udhLength))
                    : alphabet.hash(hash, octets, udhLength, length, dataCoding, udhLength);
        }
    }
}
