// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import org.smsprocess.bench.Report;
import org.smsprocess.bench.plant.CpuMeter;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/**
 * Our link, without persistence, at several windows and latencies of the SMSC: throughput follows window ÷ latency up to what the CPU gives,
 * and the wider the window the fewer socket writes a message costs.
 */
public final class WindowBench {
    private static final int[] WINDOWS = {1, 10, 100, 1000, 5000};
    private static final int[] LATENCIES_MILLIS = {0, 20, 100};
    private static final Duration WARM_UP = Duration.ofMillis(1500);

    private final Report report;
    private final Duration time;

    public WindowBench(Report report, Duration time) {
        this.report = report;
        this.time = time;
    }

    public void run() {
        ArrayNode rows = report.json().put("bench", "window").putArray("rows");
        Report.Table table = report.table(
                "SMSC latency, ms", "window", "msg/s", "window ÷ latency", "writes/1000", "client µs/message");
        for (int latency : LATENCIES_MILLIS) {
            try (Workbench bench = new Workbench()) {
                SimulatorProcess simulator =
                        SimulatorProcess.start(bench, "sr.enabled = false\nsubmit.latency = " + latency + "ms");
                for (int window : WINDOWS) {
                    measure(new RawTarget(simulator.smppPort(), window), latency, table, rows);
                }
            }
        }
        table.print();
    }

    private void measure(RawTarget target, int latency, Report.Table table, ArrayNode rows) {
        CpuMeter own = CpuMeter.alone(ProcessHandle.current());
        try (OurLinkClient client = new OurLinkClient(target)) {
            Pause.of(WARM_UP);
            long cpu = own.nanos();
            long writes = client.writes();
            long answered = client.answered();
            long start = System.nanoTime();
            Pause.of(time);
            long messages = Math.max(1, client.answered() - answered);
            double rate = messages / ((System.nanoTime() - start) / 1e9);
            double perThousand = (client.writes() - writes) * 1000.0 / messages;
            double micros = (own.nanos() - cpu) / 1e3 / messages;
            double limit = latency == 0 ? Double.POSITIVE_INFINITY : target.window() * 1000.0 / latency;
            table.row(
                    Integer.toString(latency),
                    Integer.toString(target.window()),
                    Report.whole(rate),
                    latency == 0 ? "-" : Report.whole(limit),
                    Report.tenths(perThousand),
                    Report.hundredths(micros));
            rows.addObject()
                    .put("latencyMillis", latency)
                    .put("window", target.window())
                    .put("rate", Math.round(rate))
                    .put("writesPer1000", Report.rounded(perThousand))
                    .put("clientCpuMicros", Math.round(micros * 100) / 100.0);
        }
    }
}
