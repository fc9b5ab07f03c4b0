// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the database answers; tells each change once. Thread-safe. */
public final class Availability {
    /** Called on a database thread: return at once. */
    public interface Listener {
        void away(Throwable cause);

        void back(Duration outage);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    private volatile boolean isAway;
    private long awaySinceNanos;

    Availability(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void listen(Listener listener) {
        listeners.add(listener);
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
        listeners.forEach(listener -> listener.away(error));
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
        listeners.forEach(listener -> listener.back(outage));
    }
}
