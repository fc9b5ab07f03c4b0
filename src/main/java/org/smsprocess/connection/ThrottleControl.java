// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The rate of one connection under throttling: multiplicative decrease when the SMSC throttles, additive increase while it accepts, up
 * to the configured cap. The decrease goes to what the SMSC accepted in the last second, which is its limit; so it settles within about
 * two seconds whatever the rate was before. Times are nanoseconds. Not thread-safe.
 */
final class ThrottleControl {
    private static final double LEAST = 1.0;
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final long recoveryNanos;
    private double cap;
    private double rate;
    private double accepting;
    private long acceptedBefore;
    private long measuredSince;
    private long lastThrottled;
    private long lastDecrease;
    private boolean throttledSinceTick;

    /** @param cap MT a second, 0: none */
    ThrottleControl(double cap, Duration recovery, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.recoveryNanos = recovery.toNanos();
        this.cap = cap;
        this.rate = cap;
        this.measuredSince = nanoTime.getAsLong();
    }

    /** MT a second that may be sent now, 0: no limit. */
    double rate() {
        return rate;
    }

    boolean isReduced() {
        return accepting > 0;
    }

    void cap(double changed) {
        cap = changed;
        if (!isReduced() || (cap > 0 && rate > cap)) {
            rate = cap;
            accepting = 0;
        }
    }

    /**
     * @param acceptedTotal MT accepted since the bind
     * @return whether the rate changed
     */
    boolean onThrottled(long acceptedTotal) {
        long now = nanoTime.getAsLong();
        throttledSinceTick = true;
        lastThrottled = now;
        long elapsed = now - measuredSince;
        // answers of what was in the window before the last decrease say nothing about the new rate
        if (isReduced() && now - lastDecrease < SECOND) {
            return false;
        }
        double measured = (acceptedTotal - acceptedBefore) * (double) SECOND / Math.max(elapsed, SECOND);
        double before = rate;
        rate = Math.max(LEAST, isReduced() ? Math.min(rate * 0.9, Math.max(measured, rate * 0.5)) : measured);
        if (cap > 0) {
            rate = Math.min(rate, cap);
        }
        accepting = rate;
        lastDecrease = now;
        acceptedBefore = acceptedTotal;
        measuredSince = now;
        return rate != before;
    }

    /** Called a few times a second. @return whether the rate changed */
    boolean onTick() {
        boolean throttled = throttledSinceTick;
        throttledSinceTick = false;
        long now = nanoTime.getAsLong();
        if (!isReduced() || throttled || now - lastThrottled < SECOND) {
            return false;
        }
        rate += Math.max(0.25, accepting * 0.01);
        boolean recovered = cap > 0 ? rate >= cap : now - lastThrottled > recoveryNanos;
        if (recovered) {
            rate = cap;
            accepting = 0;
        }
        return true;
    }

    /** Called with the count of accepted MT while nothing is throttled, so that a later decrease knows the last second. */
    void onAccepted(long acceptedTotal) {
        long now = nanoTime.getAsLong();
        if (now - measuredSince >= SECOND) {
            acceptedBefore = acceptedTotal;
            measuredSince = now;
        }
    }
}
