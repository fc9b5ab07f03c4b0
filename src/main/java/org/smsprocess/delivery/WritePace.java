// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When what nobody waits for is written: much of it at once, a little of it not sooner than a pause after the write before, so that more
 * goes together. A transaction costs some 300 µs of node and database whatever it holds. Not thread-safe.
 */
public final class WritePace {
    /** So much is worth a transaction of its own. */
    private static final int WORTHWHILE = 200;

    private final int worthwhile;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private long wroteAtNanos;

    /**
     * @param most of one transaction
     * @param pause zero: none
     */
    public WritePace(int most, Duration pause, LongSupplier nanoTime) {
        this.worthwhile = Math.min(most, WORTHWHILE);
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.wroteAtNanos = nanoTime.getAsLong() - pause.toNanos();
    }

    /** @param waiting outcomes @return until they may be written; zero: now */
    public Duration left(int waiting) {
        if (waiting >= worthwhile) {
            return Duration.ZERO;
        }
        Duration left = pause.minusNanos(nanoTime.getAsLong() - wroteAtNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    public void wrote() {
        wroteAtNanos = nanoTime.getAsLong();
    }
}
