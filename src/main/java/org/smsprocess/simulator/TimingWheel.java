// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fires millions of waiting things in batches, one batch a tick, for the price of a list link each. A thing is never
 * early; it is late by at most a tick. Not thread-safe; times are nanoseconds.
 */
final class TimingWheel {
    static final long TICK = 2_000_000;
    private static final int SLOTS = 8192;

    private final @Nullable Timed[] first = new Timed[SLOTS];
    private final @Nullable Timed[] last = new Timed[SLOTS];
    private final long start;
    private long doneTick;
    private int size;

    TimingWheel(long now) {
        start = now;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void add(Timed thing, long now, long delay) {
        if (size == 0) {
            doneTick = tick(now);
        }
        thing.dueTick = Math.max(doneTick + 1, (now - start + delay + TICK - 1) / TICK);
        append(thing);
        size++;
    }

    /** Fires what is due, in the order it was added within a tick. */
    void advance(long now) {
        long nowTick = tick(now);
        // after a long pause one turn of the wheel visits every slot
        long from = Math.max(doneTick + 1, nowTick - SLOTS + 1);
        doneTick = Math.max(doneTick, nowTick);
        for (long tick = from; tick <= nowTick && size > 0; tick++) {
            fire((int) (tick & SLOTS - 1), nowTick);
        }
    }

    void clear() {
        Arrays.fill(first, null);
        Arrays.fill(last, null);
        size = 0;
    }

    private void fire(int slot, long nowTick) {
        Timed thing = first[slot];
        first[slot] = null;
        last[slot] = null;
        while (thing != null) {
            Timed next = thing.next;
            thing.next = null;
            if (thing.dueTick <= nowTick) {
                size--;
                thing.fire();
            } else {
                append(thing); // of a later turn
            }
            thing = next;
        }
    }

    private void append(Timed thing) {
        int slot = (int) (thing.dueTick & SLOTS - 1);
        Timed tail = last[slot];
        if (tail == null) {
            first[slot] = thing;
        } else {
            tail.next = thing;
        }
        last[slot] = thing;
    }

    private long tick(long now) {
        return (now - start) / TICK;
    }
}
