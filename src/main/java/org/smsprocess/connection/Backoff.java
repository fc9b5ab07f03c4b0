// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;

/**
 * Waits before reconnecting: grow by a factor up to a limit, with jitter so that the connections of a restarted SMSC do not come
 * back all at once.
 *
 * @param failures in a row, 0 at first
 */
record Backoff(int failures) {
    static final Backoff NONE = new Backoff(0);

    Backoff failed() {
        return new Backoff(failures + 1);
    }

    /**
     * @param jitter 0.0 to 1.0: takes up to a fifth off, never under half of {@code first}
     * @return the wait after this many failures; {@code first} after one
     */
    Duration delay(Duration first, double factor, Duration most, double jitter) {
        double millis = first.toMillis() * Math.pow(factor, Math.max(0, Math.min(failures - 1, 60)));
        double capped = Math.min(millis, Math.max(most.toMillis(), first.toMillis()));
        return Duration.ofMillis(Math.round(capped * (1.0 - 0.2 * jitter)));
    }
}
