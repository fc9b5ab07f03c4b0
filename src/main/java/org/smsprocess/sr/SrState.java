// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.smsprocess.delivery.log.FinalStatus;

/**
 * What a correlator remembers, made of its events. Changes in place (a copy of a million entries per event would not do), so it is
 * confined to its actor; {@link #snapshot} copies.
 */
final class SrState {
    private final Awaited awaited;
    private final RecentFinals finals;
    private final Unlogged unlogged = new Unlogged();
    private long ordinal;
    private int changesSinceSnapshot;
    private int sizeAtSnapshot;
    private long lastExpiryEpoch = Long.MIN_VALUE; // of this life only

    SrState() {
        awaited = new Awaited();
        finals = new RecentFinals();
    }

    SrState(SrSnapshot snapshot) {
        awaited = Awaited.of(snapshot.keys(), snapshot.values());
        finals = RecentFinals.of(snapshot.finals(), snapshot.finalMarks());
        snapshot.unlogged().forEach(entry -> unlogged.add(entry.getKey(), entry.getValue()));
        ordinal = snapshot.ordinal();
        sizeAtSnapshot = awaited.size();
    }

    /** @throws IllegalStateException when an event is missing before this one: nothing may be built on it */
    SrState apply(SrEvent event, SrCorrelatorSettings settings) {
        if (event.ordinal() != ordinal + 1) {
            throw new IllegalStateException(
                    "the journal has a hole: event " + event.ordinal() + " follows event " + ordinal);
        }
        ordinal = event.ordinal();
        for (Mapping mapping : event.submitted()) {
            awaited.put(mapping.key(), packed(mapping, event.atMillis()));
        }
        for (FinalStatus status : event.statuses()) {
            conclude(status, event.atMillis());
        }
        unlogged.removeTo(event.loggedTo());
        unlogged.add(ordinal, event.statuses());
        forgetFinals(event.atMillis(), settings);
        if (event.expired() != null) {
            expire(event.expired(), event.atMillis());
        }
        changesSinceSnapshot += event.changes();
        return this;
    }

    private long packed(Mapping mapping, long atMillis) {
        return mapping.isByReference()
                ? Packed.withReference(awaited.get(mapping.key()), mapping.mtId(), atMillis)
                : Packed.of(mapping.mtId(), mapping.part() > 1, atMillis);
    }

    private void conclude(FinalStatus status, long atMillis) {
        long key = SrEvents.keyOf(status);
        long packed = awaited.get(key);
        if (packed != 0) {
            awaited.put(key, Packed.asFinal(packed, status.delivered()));
            finals.add(key, atMillis);
        }
    }

    private void forgetFinals(long atMillis, SrCorrelatorSettings settings) {
        long oldest = atMillis - settings.rememberFinalFor().toMillis();
        finals.trim(settings.rememberFinal(), oldest, key -> {
            // the provider may have used the id again
            if (Packed.isFinal(awaited.get(key))) {
                awaited.remove(key);
            }
        });
        awaited.shrink();
    }

    private void expire(SrEvent.Expired expired, long atMillis) {
        awaited.removeIf((key, packed) -> isExpired(packed, expired, atMillis));
    }

    boolean holdsExpired(SrEvent.Expired expired, long atMillis) {
        return awaited.anyMatch((key, packed) -> isExpired(packed, expired, atMillis));
    }

    /** Epoch in which {@link #lookedForExpired} was called last; nothing expires twice in an epoch. */
    long lastExpiryEpoch() {
        return lastExpiryEpoch;
    }

    void lookedForExpired(long atMillis) {
        lastExpiryEpoch = Packed.epochOf(atMillis);
    }

    private static boolean isExpired(long packed, SrEvent.Expired expired, long atMillis) {
        int age = Packed.age(packed, atMillis);
        // an age beyond the range is a clock that went back
        return age <= Packed.MAX_AGE && age > (Packed.isLaterPart(packed) ? expired.laterAge() : expired.age());
    }

    /** {@link Packed}, 0 when unknown. */
    long get(long key) {
        return awaited.get(key);
    }

    /** Entries, final ones that are still remembered included. */
    int size() {
        return awaited.size();
    }

    long ordinal() {
        return ordinal;
    }

    Unlogged unlogged() {
        return unlogged;
    }

    /** @param ranges first and last MT id, inclusive, alternating */
    List<Long> known(List<Long> ranges) {
        Set<Long> found = new HashSet<>();
        awaited.forEach((key, packed) -> {
            if (!Packed.isLaterPart(packed) && isIn(ranges, Packed.mtId(packed))) {
                found.add(Packed.mtId(packed));
            }
        });
        for (Map.Entry<Long, List<FinalStatus>> entry : unlogged.entries()) {
            for (FinalStatus status : entry.getValue()) {
                if (isIn(ranges, status.mtId())) {
                    found.add(status.mtId());
                }
            }
        }
        return List.copyOf(found);
    }

    private static boolean isIn(List<Long> ranges, long mtId) {
        for (int i = 0; i + 1 < ranges.size(); i += 2) {
            if (mtId >= ranges.get(i) && mtId <= ranges.get(i + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Due after as many changes as the snapshot before had entries, so that an entry is written twice at most on average. */
    boolean isSnapshotDue(int everyEntries) {
        return changesSinceSnapshot >= Math.max(everyEntries, sizeAtSnapshot);
    }

    SrSnapshot snapshot() {
        changesSinceSnapshot = 0;
        sizeAtSnapshot = awaited.size();
        LongArrayList keys = new LongArrayList(awaited.size());
        LongArrayList values = new LongArrayList(awaited.size());
        awaited.forEach((key, packed) -> {
            keys.add(key);
            values.add(packed);
        });
        return new SrSnapshot(
                ordinal, keys.elements(), values.elements(), finals.keys(), finals.marks(), unlogged.entries());
    }
}
