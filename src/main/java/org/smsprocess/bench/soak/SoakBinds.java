// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/** Looks at the simulator all the time: how many binds it has, and since when any is missing. Thread-safe. */
final class SoakBinds {
    private static final Duration STEP = Duration.ofMillis(100);

    private final SimulatorProcess simulator;
    private final int slots;
    private final Workbench bench;
    private volatile int bound;
    private volatile long lastMissingNanos = System.nanoTime();

    SoakBinds(Workbench bench, SimulatorProcess simulator, int slots) {
        this.bench = bench;
        this.simulator = simulator;
        this.slots = slots;
        Thread thread = new Thread(this::watch, "soak-binds");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!bench.isClear()) {
            try {
                bound = simulator.stats().at("/systemIds/0/bound").asInt();
                if (bound != slots) {
                    lastMissingNanos = System.nanoTime();
                }
            } catch (BenchFailure ended) {
                return; // with everything else
            }
            Pause.of(STEP);
        }
    }

    boolean areAll() {
        return bound == slots;
    }

    /** Any was missing since then. */
    boolean missedSince(long nanos) {
        return lastMissingNanos - nanos > 0;
    }

    /** Seconds until none was missing any more; 0 if none was. */
    double secondsMissing(long fromNanos) {
        return missedSince(fromNanos) ? (lastMissingNanos - fromNanos) / 1e9 : 0;
    }

    /** The most that one account had at any instant, by the simulator's own count. */
    int most() {
        int most = 0;
        for (JsonNode systemId : simulator.stats().path("systemIds")) {
            most = Math.max(most, systemId.path("maxBound").asInt());
        }
        return most;
    }
}
