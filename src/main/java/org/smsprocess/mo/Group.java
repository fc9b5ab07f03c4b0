// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of one concatenated MO that are there. Confined to its {@link Reassembly}; not changed any more once it is closed. */
final class Group {
    private final long id;
    private final @Nullable Segment[] parts;
    private int present;
    private long lastAtMillis;

    /** @param id unique within the handler, for ever */
    Group(long id, int total) {
        this(id, new Segment[total], 0, 0);
    }

    private Group(long id, @Nullable Segment[] parts, int present, long lastAtMillis) {
        this.id = id;
        this.parts = parts;
        this.present = present;
        this.lastAtMillis = lastAtMillis;
    }

    Group copy() {
        return new Group(id, parts.clone(), present, lastAtMillis);
    }

    /** @param number 1 to total; its place must be free */
    void put(int number, Segment part, long atMillis) {
        parts[number - 1] = part;
        present++;
        lastAtMillis = atMillis;
    }

    @Nullable
    Segment part(int number) {
        return parts[number - 1];
    }

    /** Those that are there, in order of their numbers. */
    List<Segment> parts() {
        return Arrays.stream(parts).filter(Objects::nonNull).toList();
    }

    long id() {
        return id;
    }

    int total() {
        return parts.length;
    }

    boolean isComplete() {
        return present == parts.length;
    }

    /** When the last part was journaled, epoch milliseconds. */
    long lastAtMillis() {
        return lastAtMillis;
    }
}
