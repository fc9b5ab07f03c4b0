// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import java.util.List;

/** The node under test, started again whenever it ended, as a service manager would. Thread-safe. */
final class SoakNode {
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration START = Duration.ofSeconds(180);

    private final Workbench bench;
    private NodeProcess process;
    private int starts = 1;
    private int unexpectedEnds;
    private double peakMemory;

    SoakNode(Workbench bench, SoakDatabase database, SimulatorProcess simulator, SoakSettings settings) {
        this.bench = bench;
        process = NodeProcess.start(
                bench, database.address(), simulator.smppPort(), settings.account(), JVM, SoakSettings.NODE);
        process.awaitReady();
    }

    synchronized int port() {
        return process.port();
    }

    synchronized void kill() throws InterruptedException {
        measure();
        process.kill();
        again();
    }

    synchronized void stop() throws InterruptedException {
        measure();
        process.stop();
    }

    synchronized void again() {
        process = process.again(bench, "node-" + ++starts, JVM);
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

    synchronized String complaint(String what) {
        return process.complaint(what);
    }

    void awaitReady() {
        Pause.until(this::isReady, STEP, START, () -> complaint("the node does not get ready"));
    }

    /** One that ended by itself is started again. */
    synchronized boolean isReady() {
        if (!process.handle().isAlive()) {
            unexpectedEnds++;
            again();
        }
        return process.isReady();
    }
}
