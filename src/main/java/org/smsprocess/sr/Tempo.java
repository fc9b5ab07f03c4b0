// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.function.LongSupplier;

/**
 * The pause between two microbatches of a correlator. A row costs some 200 µs whatever it holds: nothing when there is little to do,
 * too much when each holds little of a lot. So the pause grows with the load. Not thread-safe.
 *
 * <pre>
 * entries a second   0 … 2,000 and more
 * pause              0 … longest
 * </pre>
 */
final class Tempo {
    private static final double FULL_LOAD = 2_000;

    /** A pause shorter than that is not worth a timer. */
    private static final long SHORTEST_NANOS = 300_000;

    /** Weight of the newest interval. */
    private static final double NEWEST = 0.3;

    private static final double SECOND = 1e9;

    private final long longestNanos;
    private final LongSupplier nanoTime;
    private long handedOverNanos;
    private double entriesPerSecond;

    Tempo(long longestNanos, LongSupplier nanoTime) {
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.handedOverNanos = nanoTime.getAsLong() - (long) SECOND;
    }

    /** Until the next microbatch may be handed over; 0 or less: now. */
    long nanosToWait() {
        long pause = (long) (longestNanos * Math.min(1, entriesPerSecond / FULL_LOAD));
        return pause < SHORTEST_NANOS ? 0 : handedOverNanos + pause - nanoTime.getAsLong();
    }

    void handedOver(int entries) {
        long now = nanoTime.getAsLong();
        double seconds = Math.max(1, now - handedOverNanos) / SECOND;
        double weight = Math.min(1, NEWEST + seconds);
        entriesPerSecond = entriesPerSecond * (1 - weight) + entries / seconds * weight;
        handedOverNanos = now;
    }
}
