// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.PostgresServer;
import org.smsprocess.bench.plant.Signal;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/** The node under test, started again whenever it ended, as a service manager would. Thread-safe. */
final class SoakNode {
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    /** As {@code node} ends when the cluster went on without it. */
    private static final int START_AGAIN = 75;
    /** As a service manager waits before it starts one again. */
    private static final Duration RESTART = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration START = Duration.ofMinutes(5);

    private final Workbench bench;
    private final List<String> jvm;
    private NodeProcess process;
    private final String name;
    private int starts = 1;
    private int unexpectedEnds;
    private int rejoins;
    private double peakMemory;

    SoakNode(
            Workbench bench,
            NodeProcess.Place place,
            PostgresServer.Address database,
            SimulatorProcess simulator,
            SoakSettings settings) {
        this.bench = bench;
        name = place.name();
        jvm = Stream.concat(JVM.stream(), settings.tempo().jvm().stream()).toList();
        process = NodeProcess.start(
                bench,
                place,
                database,
                simulator.smppPort(),
                settings.account(),
                jvm,
                settings.tempo().node());
    }

    String name() {
        return name;
    }

    synchronized InetSocketAddress api() {
        return process.api();
    }

    /** SUBMIT_SM that its connections may have in flight now; those of all while it does not answer. */
    int windows(SoakSettings settings) {
        try {
            return now().bound() * settings.window();
        } catch (BenchFailure silent) {
            return settings.allWindows();
        }
    }

    /** Its connections that are bound; -1 while it does not answer. */
    int bound() {
        try {
            return now().bound();
        } catch (BenchFailure silent) {
            return -1;
        }
    }

    private synchronized NodeProcess now() {
        return process;
    }

    synchronized void kill() throws InterruptedException {
        measure();
        process.kill();
        again();
    }

    synchronized void stopAndStart() throws InterruptedException {
        measure();
        process.stop();
        again();
    }

    private void again() {
        process = process.again(bench, name + "-" + ++starts, jvm);
    }

    synchronized void signal(Signal signal) {
        signal.to(process.handle());
    }

    private void measure() {
        double now = process.peakMemory();
        peakMemory = Double.isNaN(now) ? peakMemory : Math.max(peakMemory, now);
    }

    /** Octets, of all its processes so far. */
    synchronized double peakMemory() {
        measure();
        return peakMemory;
    }

    /** Nobody asked it to end, and it did. */
    synchronized int unexpectedEnds() {
        return unexpectedEnds;
    }

    /** It ended because the cluster had gone on without it, or because it was not let in. */
    synchronized int rejoins() {
        return rejoins;
    }

    synchronized String complaint(String what) {
        return process.complaint(what);
    }

    void awaitReady() {
        Pause.until(this::isReady, STEP, START, () -> complaint("the node does not get ready"));
    }

    /** Watches it from now on, whatever else is going on. */
    void supervise() {
        Thread thread = new Thread(this::restartWhenEnded, "supervisor-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void restartWhenEnded() {
        while (!bench.isClear()) {
            Pause.of(RESTART);
            keepUp();
        }
    }

    boolean isReady() {
        keepUp();
        return now().isReady();
    }

    /** One that ended by itself is started again. */
    synchronized void keepUp() {
        if (!process.handle().isAlive() && !bench.isClear()) {
            if (process.exitCode() == START_AGAIN) {
                rejoins++;
            } else {
                unexpectedEnds++;
            }
            again();
        }
    }
}
