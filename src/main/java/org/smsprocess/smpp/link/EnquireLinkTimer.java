// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import java.util.concurrent.TimeUnit;

/**
 * Decides when to ask a silent peer whether it is there, and when to give it up: any octet received proves life; after one period
 * of silence it is asked, after two it is dropped. Times are nanoseconds. Not thread-safe.
 */
final class EnquireLinkTimer {
    /** What is due. */
    enum Due {
        NOTHING,
        ENQUIRE,
        DROP
    }

    private final long periodNanos;
    private long heardNanos;
    private boolean asked;

    EnquireLinkTimer(long periodNanos, long nowNanos) {
        this.periodNanos = periodNanos;
        this.heardNanos = nowNanos;
    }

    /** Something arrived. Also to be called when reading goes on after a stop: unread is not silent. */
    void heard(long nowNanos) {
        heardNanos = nowNanos;
        asked = false;
    }

    /** @return each ENQUIRE only once per silence */
    Due due(long nowNanos) {
        long silentNanos = nowNanos - heardNanos;
        if (silentNanos >= 2 * periodNanos) {
            return Due.DROP;
        }
        if (silentNanos >= periodNanos && !asked) {
            asked = true;
            return Due.ENQUIRE;
        }
        return Due.NOTHING;
    }

    /** Why a peer is dropped, in words. */
    String silence() {
        return "nothing received for " + TimeUnit.NANOSECONDS.toMillis(2 * periodNanos)
                + " ms, not even an answer to enquire_link";
    }

    /** How long until {@link #due} may say something new; at least 1. */
    long nanosUntilNext(long nowNanos) {
        long dueNanos = heardNanos + (asked ? 2 * periodNanos : periodNanos);
        return Math.max(1, dueNanos - nowNanos);
    }
}
