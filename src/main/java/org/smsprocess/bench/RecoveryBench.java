// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/**
 * SR correlators that hold many entries, after a crash: how long until they answer. Messages are sent whose SR never come; then the node
 * is killed and started, and messages posted at once are "sent" only when their correlators, all buckets of them, have recovered. The same
 * with empty correlators, before, tells what is not theirs.
 */
public final class RecoveryBench {
    private static final String SIMULATOR = "sr.delay = 24h, sr.max-pending = 100000000";
    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final int PROBES = 500;
    private static final int CLIENTS = 2;
    private static final String UNSENT = "select count(*) from message where id > ? and sent_at is null";

    private final Report report;
    private final BenchSetup setup;
    private final int entries;

    public RecoveryBench(Report report, BenchSetup setup, int entries) {
        this.report = report;
        this.setup = setup;
        this.entries = entries;
    }

    public void run() throws InterruptedException {
        try (Workbench bench = new Workbench()) {
            Installation first = Installation.start(bench, setup.with(SIMULATOR));
            send(first, "a", PROBES);
            Restarted empty = restart(bench, first, "b");
            report.say("empty: " + Report.tenths(empty.seconds()) + " s from start to " + PROBES
                    + " messages sent and recorded; now sending " + Report.whole(entries));
            send(empty.installation(), "c", entries);
            Restarted full = restart(bench, empty.installation(), "d");
            tell(empty.seconds(), full.seconds(), full.installation().node());
        }
    }

    private record Restarted(Installation installation, double seconds) {}

    private Restarted restart(Workbench bench, Installation before, String name) throws InterruptedException {
        before.node().kill();
        long start = System.nanoTime();
        NodeProcess node =
                setup.with(SIMULATOR).startNode(bench, before.postgres().address(), before.simulator());
        node.awaitReady();
        Installation after = new Installation(before.postgres(), before.simulator(), node);
        send(after, name, PROBES);
        return new Restarted(after, (System.nanoTime() - start) / 1e9);
    }

    /** Returns when all are sent, answered, and known to their correlators. */
    private static void send(Installation installation, String name, int count) {
        long base = new Finals(installation).base();
        Load load = new Load(installation.node().port(), new Messages(name), count, PROBES);
        load.start(CLIENTS);
        Pause.until(
                () -> {
                    installation.node().check();
                    return load.isDone() && installation.postgres().numbers(UNSENT, base)[0] == 0;
                },
                count > PROBES ? Duration.ofMillis(500) : STEP,
                MOST,
                () -> installation.node().complaint("messages are not sent"));
    }

    private void tell(double empty, double full, NodeProcess node) {
        report.table("restart after kill -9", "seconds")
                .row("no entries", Report.tenths(empty))
                .row(Report.whole(entries) + " entries", Report.tenths(full))
                .row("difference: recovery of the entries", Report.tenths(full - empty))
                .print();
        report.json()
                .put("bench", "recovery")
                .put("entries", entries)
                .put("secondsEmpty", Report.rounded(empty))
                .put("seconds", Report.rounded(full))
                .put("secondsOfRecovery", Report.rounded(full - empty))
                .put("nodeMemoryBytes", Math.round(node.peakMemory()));
    }
}
