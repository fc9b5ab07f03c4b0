// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

/**
 * Holds SUBMIT_SM to a rate, exactly: with a rate of {@code r} a second, at most {@code N = ceil(r)} leave in any interval of
 * {@code N / r} seconds, wherever that interval begins. For a whole rate that is: at most {@code r} in any one second. (2.5 a second
 * is at most 3 in any 1.2 s; 0.5 a second is one in any 2 s.)
 *
 * <p>Two rules do it:
 * <ul>
 *   <li>the books: what was sent in the last interval is remembered, and what does not fit waits. The interval is taken half a
 *       percent longer than it is, so that the network may deliver later ones a little faster than earlier ones without breaking
 *       the promise at the receiver. This is the only loss: 99.5 % of the rate are used;
 *   <li>the bucket: it spreads them over the interval, no more than 10 ms worth at once. It fills a little faster than the rate, so
 *       that a short pause of the machine is made up for; after a long one, half as fast again until that is made up for. The books
 *       still hold.
 * </ul>
 * It begins as if the rate had been used until now: who held this connection before, perhaps on another node, may have done so.
 *
 * Times are nanoseconds of a monotonic clock, given by the caller. Not thread-safe.
 */
final class RatePacer {
    private static final double SECOND = 1e9;
    private static final double LONGER = 1.005;
    private static final double FASTER = 1.05;
    /** After a pause, on top of that. */
    private static final double CATCH_UP = 1.5;

    /** What a longer pause cost is lost: the books have no room for more in the second after it. */
    private static final double CATCH_UP_SECONDS = 0.2;

    /** The share of a second that is worth waking up for. */
    private static final double WAKE_SECONDS = 0.005;

    /** How late a wake may be without loss. Together with the share above: the most that is sent at once. */
    private static final double LATE_SECONDS = 0.005;

    private static final int ASSUMED_STEPS = 128;
    private static final double ASSUMED_EARLY_SECONDS = 0.015;

    private final SentBursts books = new SentBursts();
    private double perSecond;
    private int limit;
    private long intervalNanos;
    private double refillPerNano;
    private double wake;
    private double capacity;
    private double tokens;
    /** What the bucket had no room for while messages waited. */
    private double missed;

    private boolean waits;
    private long filledAtNanos;

    /** @param perSecond 0 for no limit */
    RatePacer(double perSecond, long nowNanos) {
        filledAtNanos = nowNanos;
        limit(perSecond, nowNanos);
    }

    /** @param newRate 0 for no limit; holds from now on, with what was sent before it on the books */
    void limit(double newRate, long nowNanos) {
        if (!(newRate >= 0)) {
            throw new IllegalArgumentException("rate " + newRate + " is out of range (0 and more)");
        }
        boolean begins = perSecond == 0;
        if (!begins) {
            fill(nowNanos);
        }
        perSecond = newRate;
        filledAtNanos = nowNanos;
        if (newRate > 0) {
            limit = (int) Math.min(Math.ceil(newRate), Integer.MAX_VALUE);
            intervalNanos = (long) Math.min(limit / newRate * SECOND * LONGER, Long.MAX_VALUE / 4.0);
            refillPerNano = FASTER * limit / intervalNanos;
            wake = Math.max(1, newRate * WAKE_SECONDS);
            capacity = wake + newRate * LATE_SECONDS;
            tokens = Math.min(Math.max(tokens, 0), capacity);
            missed = 0;
            if (begins) {
                assumeUsed(nowNanos);
            }
        }
    }

    private void assumeUsed(long nowNanos) {
        int steps = Math.min(limit, ASSUMED_STEPS);
        // its last ones may have left a little early
        long lastNanos = nowNanos + Math.max(intervalNanos / limit, (long) (ASSUMED_EARLY_SECONDS * SECOND));
        int assumed = 0;
        for (int step = 1; step <= steps; step++) {
            int next = (int) ((long) limit * step / steps);
            books.add(next - assumed, lastNanos - intervalNanos / steps * (steps - step));
            assumed = next;
        }
        tokens = 0;
    }

    boolean isLimited() {
        return perSecond > 0;
    }

    /** @return how many of {@code wanted} may leave now */
    int permits(int wanted, long nowNanos) {
        if (perSecond == 0) {
            return wanted;
        }
        fill(nowNanos);
        books.forget(nowNanos - intervalNanos);
        int permits = Math.max(0, Math.min(wanted, Math.min((int) tokens, limit - books.sum())));
        waits = permits < wanted;
        return permits;
    }

    /** Enters into the books what has left; the time is to be taken after it was written, never before. */
    void sent(int count, long nowNanos) {
        if (perSecond > 0 && count > 0) {
            tokens -= count;
            books.add(count, nowNanos);
        }
    }

    /** @return how long to wait before asking {@link #permits} again; at least 1 */
    long nanosUntilNext(long nowNanos) {
        if (perSecond == 0) {
            return 1;
        }
        fill(nowNanos);
        long nanos = (long) Math.ceil((wake - tokens) / (missed > 0 ? refillPerNano * CATCH_UP : refillPerNano));
        books.forget(nowNanos - intervalNanos);
        if (books.sum() >= limit) {
            nanos = Math.max(nanos, books.oldestNanos() + intervalNanos - nowNanos + 1);
        }
        return Math.max(1, nanos);
    }

    private void fill(long nowNanos) {
        double refill = (nowNanos - filledAtNanos) * refillPerNano;
        if (missed > 0) {
            double more = Math.min(missed, refill * (CATCH_UP - 1));
            missed -= more;
            refill += more;
        }
        double over = tokens + refill - capacity;
        if (over > 0) {
            missed = waits ? Math.min(missed + over, perSecond * CATCH_UP_SECONDS) : 0;
        }
        tokens = over > 0 ? capacity : tokens + refill;
        filledAtNanos = nowNanos;
    }
}
