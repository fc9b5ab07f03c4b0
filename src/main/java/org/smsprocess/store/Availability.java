// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers; tells each change once. Thread-safe. */
public final class Availability {
    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    private final LongSupplier nanoTime;
    private volatile boolean isAway;
    private long awaySinceNanos;

    Availability(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public boolean isAway() {
        return isAway;
    }

    void failed(Throwable error) {
        if (!SqlErrors.isAway(error) || isAway) {
            return;
        }
        synchronized (this) {
            if (isAway) {
                return;
            }
            isAway = true;
            awaySinceNanos = nanoTime.getAsLong();
        }
        LOG.error("The database is away: {}. Claims and acknowledgements wait until it is back", error.getMessage());
    }

    void answered() {
        if (!isAway) {
            return;
        }
        Duration outage;
        synchronized (this) {
            if (!isAway) {
                return;
            }
            isAway = false;
            outage = Duration.ofNanos(nanoTime.getAsLong() - awaySinceNanos);
        }
        LOG.warn("The database is back after {} ms", outage.toMillis());
    }
}
