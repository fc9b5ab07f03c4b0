// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;

/** For how long accounts have no bind at the SMSC, looked at every 5 ms. */
final class Gaps implements AutoCloseable {
    private final Simulator smsc;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Long> since = new HashMap<>();
    private Set<String> watched = Set.of();
    private long longestNanos;
    private long lookedNanos = System.nanoTime();
    private long latestNanos;
    private int count;

    Gaps(Simulator smsc) {
        this.smsc = smsc;
        clock.scheduleWithFixedDelay(this::look, 0, 5, TimeUnit.MILLISECONDS);
    }

    /** From now on. */
    synchronized void watch(Collection<String> systemIds) {
        watched = Set.copyOf(systemIds);
    }

    synchronized long longestMillis() {
        return longestNanos / 1_000_000;
    }

    synchronized int count() {
        return count;
    }

    /** The longest time between two looks: what this machine adds to everything. */
    synchronized long latestMillis() {
        return latestNanos / 1_000_000;
    }

    private synchronized void look() {
        long now = System.nanoTime();
        latestNanos = Math.max(latestNanos, now - lookedNanos);
        lookedNanos = now;
        for (Stats.SystemId systemId : smsc.record().stats().systemIds()) {
            String name = systemId.systemId();
            if (!watched.contains(name)) {
                continue;
            }
            if (systemId.bound() == 0) {
                since.putIfAbsent(name, now);
            } else {
                Long began = since.remove(name);
                count += began == null ? 0 : 1;
                longestNanos = Math.max(longestNanos, began == null ? 0 : now - began);
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
