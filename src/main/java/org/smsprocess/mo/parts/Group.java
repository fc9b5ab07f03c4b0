// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of one concatenated MO that are there. Confined to its {@link Reassembly}; not changed any more once it is closed. */
public final class Group {
    private final long id;
    private final @Nullable Segment[] parts;
    private int present;
    private long lastAtMillis;

    /** @param id unique within the handler, for ever */
    public Group(long id, int total) {
        this(id, new Segment[total], 0, 0);
    }

    private Group(long id, @Nullable Segment[] parts, int present, long lastAtMillis) {
        this.id = id;
        this.parts = parts;
        this.present = present;
        this.lastAtMillis = lastAtMillis;
    }

    public Group copy() {
        return new Group(id, parts.clone(), present, lastAtMillis);
    }

    /** @param number 1 to total; its place must be free */
    public void put(int number, Segment part, long atMillis) {
        parts[number - 1] = part;
        present++;
        lastAtMillis = atMillis;
    }

    @Nullable
    public Segment part(int number) {
        return parts[number - 1];
    }

    /** Those that are there, in order of their numbers. */
    public List<Segment> parts() {
        return Arrays.stream(parts).filter(Objects::nonNull).toList();
    }

    public long id() {
        return id;
    }

    public int total() {
        return parts.length;
    }

    public boolean isComplete() {
        return present == parts.length;
    }

    /** When the last part was journaled, epoch milliseconds. */
    long lastAtMillis() {
        return lastAtMillis;
    }
}
