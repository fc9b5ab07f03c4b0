// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import java.util.List;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/**
 * A backlog waits in PostgreSQL; a node starts cold with a small heap: how long until the first SUBMIT_SM, and whether its heap stays flat
 * while it works the backlog off.
 */
public final class BacklogBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration START = Duration.ofMinutes(3);
    private static final int BATCH = 1000;
    private static final int CLIENTS = 4;

    private final Report report;
    private final BenchSetup setup;
    private final int messages;
    private final String heap;
    private final Duration time;

    /**
     * @param heap the most heap of the cold node, as the JVM takes it
     * @param time that the cold node is watched
     */
    public BacklogBench(Report report, BenchSetup setup, int messages, String heap, Duration time) {
        this.report = report;
        this.setup = setup;
        this.messages = messages;
        this.heap = heap;
        this.time = time;
    }

    public void run() throws InterruptedException {
        try (Workbench bench = new Workbench()) {
            Installation disabled =
                    Installation.start(bench, setup.withConnections(0).with(SIMULATOR, "enabled = false"));
            report.say("queueing " + Report.whole(messages) + " messages");
            Load load = new Load(disabled.node().port(), new Messages("r"), messages, BATCH);
            load.start(CLIENTS);
            Pause.until(load::isDone, STEP, Duration.ofMinutes(20), () -> "the messages are not taken");
            disabled.node().stop();
            watch(bench, disabled);
        }
    }

    private void watch(Workbench bench, Installation before) {
        GcLog log = new GcLog(bench.folder().resolve("gc.log"));
        SimulatorProcess simulator = before.simulator();
        long start = System.nanoTime();
        NodeProcess node = setup.with(SIMULATOR)
                .withJvmOptions(List.of("-Xmx" + heap, log.option()))
                .startNode(bench, before.postgres().address(), simulator);
        node.awaitReady();
        double ready = (System.nanoTime() - start) / 1e9;
        Pause.until(
                () -> {
                    node.check();
                    return submitted(simulator) > 0;
                },
                STEP,
                START,
                () -> node.complaint("no SUBMIT_SM"));
        double seconds = (System.nanoTime() - start) / 1e9;
        report.say(
                "ready after " + Report.tenths(ready) + " s, first SUBMIT_SM after " + Report.tenths(seconds) + " s");
        long first = submitted(simulator);
        Pause.of(time);
        double rate = (submitted(simulator) - first) / (time.toMillis() / 1e3);
        node.check();
        tell(seconds, rate, log, node);
    }

    private static long submitted(SimulatorProcess simulator) {
        return simulator.stats().at("/messages/total").asLong();
    }

    private void tell(double seconds, double rate, GcLog log, NodeProcess node) {
        report.table("backlog of " + Report.whole(messages) + ", heap " + heap, "")
                .row("seconds from start to first SUBMIT_SM", Report.tenths(seconds))
                .row("msg/s in the next " + time.toSeconds() + " s", Report.whole(rate))
                .row("heap in use after collections, MB: median", Report.whole(log.median()))
                .row("  most", Report.whole(log.most()))
                .row("node's memory, most, MB", Report.whole(node.peakMemory() / 1e6))
                .print();
        report.json()
                .put("bench", "backlog")
                .put("messages", messages)
                .put("secondsToFirstSubmit", Report.rounded(seconds))
                .put("rate", Math.round(rate))
                .put("heapAfterGcMedianMb", log.median())
                .put("heapAfterGcMostMb", log.most())
                .put("nodeMemoryBytes", Math.round(node.peakMemory()));
    }
}
