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
    /** Below what was accepted, so that the SMSC's count of the present second has room for what is under way. */
    private static final double UNDER_LIMIT = 0.98;
    /** Growth per tick: fast until the second throttling confirms the limit, then slow. */
    private static final double SEARCHING = 0.10;

    private static final double SETTLED = 0.01;

    private final LongSupplier nanoTime;
    private final long recoveryNanos;
    private final AcceptedRate accepted;
    private double cap;
    private double rate;
    private boolean isReduced;
    private double growth = SEARCHING;
    private long lastThrottled;
    private long lastDecrease;

    /** @param cap MT a second, 0: none */
    ThrottleControl(double cap, Duration recovery, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.recoveryNanos = recovery.toNanos();
        this.cap = cap;
        this.rate = cap;
        this.accepted = new AcceptedRate(nanoTime.getAsLong());
    }

    /** MT a second that may be sent now, 0: no limit. */
    double rate() {
        return rate;
    }

    boolean isReduced() {
        return isReduced;
    }

    void cap(double changed) {
        cap = changed;
        if (!isReduced || (cap > 0 && rate > cap)) {
            rate = cap;
            isReduced = false;
        }
    }

    /**
     * @param acceptedTotal MT accepted since the bind
     * @return whether the rate changed
     */
    boolean onThrottled(long acceptedTotal) {
        long now = nanoTime.getAsLong();
        lastThrottled = now;
        // answers of what was in the window before the last decrease say nothing about the new rate
        if (isReduced && now - lastDecrease < SECOND) {
            return false;
        }
        double before = rate;
        double limit = Math.max(LEAST, accepted.perSecond(now, acceptedTotal) * UNDER_LIMIT);
        rate = rate > 0 ? Math.min(rate, limit) : limit;
        growth = isReduced ? SETTLED : SEARCHING;
        isReduced = true;
        lastDecrease = now;
        return rate != before;
    }

    /**
     * Called a few times a second.
     *
     * @param acceptedTotal MT accepted since the bind
     * @return whether the rate changed
     */
    boolean onTick(long acceptedTotal) {
        long now = nanoTime.getAsLong();
        accepted.note(now, acceptedTotal);
        if (!isReduced || now - lastThrottled < SECOND) {
            return false;
        }
        rate += Math.max(0.25, rate * growth);
        boolean recovered = cap > 0 ? rate >= cap : now - lastThrottled > recoveryNanos;
        if (recovered) {
            rate = cap;
            isReduced = false;
        }
        return true;
    }

    /** Totals of the last ticks, to tell what was accepted in the last second. */
    private static final class AcceptedRate {
        private static final int TICKS = 8;
        private final long[] nanos = new long[TICKS];
        private final long[] totals = new long[TICKS];
        private int count = 1;

        AcceptedRate(long now) {
            nanos[0] = now;
        }

        void note(long now, long total) {
            int place = count++ % TICKS;
            nanos[place] = now;
            totals[place] = total;
        }

        double perSecond(long now, long total) {
            int oldest = Math.max(0, count - TICKS);
            int from = count - 1;
            while (from > oldest && now - nanos[from % TICKS] < SECOND) {
                from--;
            }
            long elapsed = Math.max(SECOND, now - nanos[from % TICKS]);
            return (total - totals[from % TICKS]) * (double) SECOND / elapsed;
        }
    }
}
