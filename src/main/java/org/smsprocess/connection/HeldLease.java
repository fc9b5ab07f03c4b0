// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A slot's lease as this node holds it. The deadline is local and monotonic, counted from before the renewal was asked for, so it is
 * never later than the row's. Thread-safe: event loops read it before each write.
 */
public final class HeldLease {
    private final String slot;
    private final long epoch;
    private final AtomicLong validUntilNanos;

    HeldLease(String slot, long epoch, long validUntilNanos) {
        this.slot = slot;
        this.epoch = epoch;
        this.validUntilNanos = new AtomicLong(validUntilNanos);
    }

    String slot() {
        return slot;
    }

    long epoch() {
        return epoch;
    }

    long validUntilNanos() {
        return validUntilNanos.get();
    }

    void extend(long untilNanos) {
        validUntilNanos.set(untilNanos);
    }

    boolean isValid(long nowNanos) {
        return validUntilNanos.get() - nowNanos > 0; // a difference, because nanoTime may overflow
    }
}
