// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.serial.CompactReader;
import org.smsprocess.serial.CompactWriter;
import org.smsprocess.sr.SrEvent.Expired;
import org.smsprocess.sr.reading.ProviderKey;

/**
 * The journaled forms, schema version 1. An old form is read for ever; what changes gets a new version.
 *
 * <pre>
 * event     octet 1, number ordinal, number atMillis, number loggedTo,
 *           number of mappings: { fixed key, number (zigzag(mtId - previous mtId) * 2 + later), later ? octet part (0: by reference) },
 *           statuses,
 *           octet 0 | 1: number age, number laterAge
 * statuses  number of words: { text }, number of statuses: { number (zigzag(mtId - previous mtId) * 2 + delivered),
 *           number index of stat, number index of err, text providerId, signed receivedAtMillis - atMillis }
 * snapshot  octet 1, number ordinal, number of entries: { fixed key… }, { fixed packed… }, number of finals: { fixed key… },
 *           number of marks: { fixed millis… }, number of events: { number ordinal, statuses relative to 0 }
 * </pre>
 */
final class SrEvents {
    private static final int VERSION = 1;

    private SrEvents() {}

    /** Of the normalised provider id that a final status carries in events. */
    static long keyOf(FinalStatus status) {
        return ProviderKey.of(Objects.requireNonNull(status.providerId()));
    }

    static byte[] write(SrEvent event) {
        CompactWriter out = new CompactWriter(
                40 + event.submitted().size() * 12 + event.statuses().size() * 28);
        out.octet(VERSION).number(event.ordinal()).number(event.atMillis()).number(event.loggedTo());
        out.number(event.submitted().size());
        long previous = 0;
        for (Mapping mapping : event.submitted()) {
            boolean later = mapping.part() != 1;
            out.fixed(mapping.key()).number(withFlag(mapping.mtId() - previous, later));
            if (later) {
                out.octet(mapping.part());
            }
            previous = mapping.mtId();
        }
        write(out, event.statuses(), event.atMillis());
        writeExpired(out, event.expired());
        return out.toOctets();
    }

    static SrEvent readEvent(byte[] octets) {
        CompactReader in = new CompactReader(octets);
        checkVersion(in.octet(), "event");
        long ordinal = in.number();
        long atMillis = in.number();
        long loggedTo = in.number();
        int count = in.count(9);
        List<Mapping> submitted = new ArrayList<>(count);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long key = in.fixed();
            long flagged = in.number();
            previous += delta(flagged);
            submitted.add(new Mapping(key, previous, (flagged & 1) == 1 ? in.octet() : 1));
        }
        List<FinalStatus> statuses = readStatuses(in, atMillis);
        return new SrEvent(ordinal, atMillis, loggedTo, submitted, statuses, readExpired(in));
    }

    static byte[] write(SrSnapshot snapshot) {
        CompactWriter out = new CompactWriter(64 + snapshot.keys().length * 16 + snapshot.finals().length * 9);
        out.octet(VERSION).number(snapshot.ordinal());
        out.number(snapshot.keys().length).fixed(snapshot.keys()).fixed(snapshot.values());
        out.number(snapshot.finals().length).fixed(snapshot.finals());
        out.number(snapshot.finalMarks().length).fixed(snapshot.finalMarks());
        out.number(snapshot.unlogged().size());
        for (Map.Entry<Long, List<FinalStatus>> entry : snapshot.unlogged()) {
            out.number(entry.getKey());
            write(out, entry.getValue(), 0);
        }
        return out.toOctets();
    }

    static SrSnapshot readSnapshot(byte[] octets) {
        CompactReader in = new CompactReader(octets);
        checkVersion(in.octet(), "snapshot");
        long ordinal = in.number();
        int entries = in.count(16);
        long[] keys = in.fixed(entries);
        long[] values = in.fixed(entries);
        long[] finals = in.fixed(in.count(8));
        long[] marks = in.fixed(in.count(8));
        int events = in.count(3);
        List<Map.Entry<Long, List<FinalStatus>>> unlogged = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            unlogged.add(Map.entry(in.number(), readStatuses(in, 0)));
        }
        return new SrSnapshot(ordinal, keys, values, finals, marks, unlogged);
    }

    private static void write(CompactWriter out, List<FinalStatus> statuses, long baseMillis) {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (FinalStatus status : statuses) {
            words.putIfAbsent(status.stat(), words.size());
            words.putIfAbsent(status.err(), words.size());
        }
        out.number(words.size());
        words.keySet().forEach(out::text);
        out.number(statuses.size());
        long previous = 0;
        for (FinalStatus status : statuses) {
            out.number(withFlag(status.mtId() - previous, status.delivered()));
            out.number(index(words, status.stat())).number(index(words, status.err()));
            out.text(Objects.requireNonNull(status.providerId()));
            out.signed(status.receivedAtMillis() - baseMillis);
            previous = status.mtId();
        }
    }

    private static int index(Map<String, Integer> words, String word) {
        return Objects.requireNonNull(words.get(word));
    }

    private static List<FinalStatus> readStatuses(CompactReader in, long baseMillis) {
        int wordCount = in.count(1);
        List<String> words = new ArrayList<>(wordCount);
        for (int i = 0; i < wordCount; i++) {
            words.add(in.text());
        }
        int count = in.count(5);
        List<FinalStatus> statuses = new ArrayList<>(count);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            long flagged = in.number();
            previous += delta(flagged);
            String stat = words.get(in.smallNumber());
            String err = words.get(in.smallNumber());
            String providerId = in.text();
            long receivedAt = baseMillis + in.signed();
            statuses.add(new FinalStatus(previous, (flagged & 1) == 1, providerId, stat, err, receivedAt));
        }
        return statuses;
    }

    private static void writeExpired(CompactWriter out, @Nullable Expired expired) {
        if (expired == null) {
            out.octet(0);
        } else {
            out.octet(1).number(expired.age()).number(expired.laterAge());
        }
    }

    private static @Nullable Expired readExpired(CompactReader in) {
        return in.octet() == 0 ? null : new Expired(in.smallNumber(), in.smallNumber());
    }

    private static long withFlag(long delta, boolean flag) {
        return (delta << 1 ^ delta >> 63) << 1 | (flag ? 1 : 0);
    }

    private static long delta(long flagged) {
        long folded = flagged >>> 1;
        return folded >>> 1 ^ -(folded & 1);
    }

    private static void checkVersion(int version, String what) {
        if (version != VERSION) {
            throw new IllegalStateException("version " + version + " of the " + what
                    + " of SR correlators is not known to" + " this program (1): it was written by a newer one");
        }
    }
}
