// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * State of one handler: groups that wait for parts, groups that wait to be stored, and the parts of late, so that redelivered ones
 * are known. Mutable, changed by events alone; confined to its handler, which snapshots a {@link #copy}.
 *
 * <pre>
 *   part ──► open ──(last part, timeout, same number with other octets, too many open)──► ready ──(in the inbox)──► gone
 * </pre>
 */
public final class Reassembly {

    /**
     * What keeps the memory bounded.
     *
     * @param open groups; one more closes the oldest as incomplete
     * @param remembered parts
     * @param rememberMillis a part is remembered no longer than this
     */
    public record Bounds(int open, int remembered, long rememberMillis) {}

    private final Map<MoKey, Group> open;
    private final Map<Long, Group> ready;
    /** Fingerprint of a part to when it was journaled, oldest first. */
    private final LinkedHashMap<Long, Long> seen;

    private long events;
    private long nextGroup;

    public Reassembly() {
        this(0, 1, List.of(), List.of(), Map.of());
    }

    /** From a snapshot. */
    public Reassembly(long events, long nextGroup, List<Group> open, List<Group> ready, Map<Long, Long> seen) {
        this.events = events;
        this.nextGroup = nextGroup;
        this.open = new LinkedHashMap<>();
        this.ready = new LinkedHashMap<>();
        this.seen = new LinkedHashMap<>(seen);
        open.forEach(group -> this.open.put(keyOf(group.parts().get(0)), group));
        ready.forEach(group -> this.ready.put(group.id(), group));
    }

    public Reassembly copy() {
        List<Group> copies = open.values().stream().map(Group::copy).toList();
        return new Reassembly(events, nextGroup, copies, List.copyOf(ready.values()), seen);
    }

    /** Whether this very part is there already, or was not long ago. */
    public boolean knows(Segment part, long nowMillis, Bounds bounds) {
        long fingerprint = Fingerprint.ofPart(part);
        Long at = seen.get(fingerprint);
        if (at != null && nowMillis - at < bounds.rememberMillis()) {
            return true;
        }
        Group group = open.get(keyOf(part));
        Segment rival = group == null ? null : group.part(concatOf(part).number());
        return rival != null && Fingerprint.ofPart(rival) == fingerprint;
    }

    public void apply(MoEvent event, Bounds bounds) {
        events++;
        if (event instanceof MoEvent.PartsReceived received) {
            forget(event.atMillis(), bounds);
            received.parts().forEach(part -> take(part, event.atMillis(), bounds));
        } else if (event instanceof MoEvent.Closed closed) {
            open.entrySet()
                    .removeIf(entry -> closed.groups().contains(entry.getValue().id()) && isNowReady(entry.getValue()));
        } else if (event instanceof MoEvent.Stored stored) {
            stored.groups().forEach(ready::remove);
        }
    }

    private void take(Segment part, long atMillis, Bounds bounds) {
        if (knows(part, atMillis, bounds)) {
            return;
        }
        MoKey key = keyOf(part);
        int number = concatOf(part).number();
        Group group = open.get(key);
        if (group != null && group.part(number) != null) {
            // the phone has come round to this reference again: what is missing will not come any more
            close(key, group);
            group = null;
        }
        if (group == null) {
            group = new Group(nextGroup++, key.total());
            open.put(key, group);
        }
        group.put(number, part, atMillis);
        seen.put(Fingerprint.ofPart(part), atMillis);
        if (group.isComplete()) {
            close(key, group);
        } else if (open.size() > bounds.open()) {
            Map.Entry<MoKey, Group> oldest = open.entrySet().iterator().next();
            close(oldest.getKey(), oldest.getValue());
        }
    }

    private void close(MoKey key, Group group) {
        open.remove(key);
        ready.put(group.id(), group);
    }

    private boolean isNowReady(Group group) {
        return ready.putIfAbsent(group.id(), group) == null;
    }

    private void forget(long nowMillis, Bounds bounds) {
        Iterator<Long> oldestFirst = seen.values().iterator();
        while (oldestFirst.hasNext()) {
            long age = nowMillis - oldestFirst.next();
            if (age < bounds.rememberMillis() && seen.size() <= bounds.remembered()) {
                return;
            }
            oldestFirst.remove();
        }
    }

    /** Open groups whose last part is as old as the timeout. */
    public List<Long> expired(long nowMillis, long timeoutMillis) {
        List<Long> expired = new ArrayList<>();
        open.values().forEach(group -> {
            if (nowMillis - group.lastAtMillis() >= timeoutMillis) {
                expired.add(group.id());
            }
        });
        return expired;
    }

    /** The least {@link Group#lastAtMillis} of the open groups. */
    public OptionalLong oldestOpen() {
        return open.values().stream().mapToLong(Group::lastAtMillis).min();
    }

    public Collection<Group> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** Groups to be stored, complete or not. */
    public Collection<Group> ready() {
        return Collections.unmodifiableCollection(ready.values());
    }

    Map<Long, Long> seen() {
        return Collections.unmodifiableMap(seen);
    }

    /** Events applied since the first: must be the journal's last sequence number. */
    public long events() {
        return events;
    }

    long nextGroup() {
        return nextGroup;
    }

    private static MoKey keyOf(Segment part) {
        return MoKey.of(part.source(), part.destination(), concatOf(part));
    }

    private static Concat concatOf(Segment part) {
        @Nullable Concat concat = part.concat();
        if (concat == null) {
            throw new IllegalStateException("an MO of one part is not for reassembly");
        }
        return concat;
    }
}
