// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/** Single messages over HTTP, a request each, by keep-alive clients that wait for their 202; the messages live their full life meanwhile. */
public final class ApiBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    private static final int MORE_THAN_EVER = 100_000_000;

    private final Report report;
    private final BenchSetup setup;
    private final int clients;
    private final Duration warmUp;
    private final Duration time;

    public ApiBench(Report report, BenchSetup setup, int clients, Duration warmUp, Duration time) {
        this.report = report;
        this.setup = setup;
        this.clients = clients;
        this.warmUp = warmUp;
        this.time = time;
    }

    public void run() {
        try (Workbench bench = new Workbench()) {
            Installation installation = Installation.start(bench, setup.with(SIMULATOR));
            once(installation, "w", warmUp);
            Usage before = Usage.now(installation);
            long start = System.nanoTime();
            Load load = once(installation, "r", time);
            double seconds = (System.nanoTime() - start) / 1e9;
            Histogram latency = load.latency();
            long requests = latency.getTotalCount();
            tell(requests, seconds, latency, Usage.now(installation).since(before, requests));
        }
    }

    private Load once(Installation installation, String name, Duration howLong) {
        Load load = new Load(installation.node().port(), new Messages(name), MORE_THAN_EVER, 1);
        load.start(clients);
        Pause.of(howLong);
        load.stop();
        Pause.until(load::isDone, Duration.ofMillis(1), Duration.ofMinutes(1), () -> "requests are not answered");
        return load;
    }

    private void tell(long requests, double seconds, Histogram latency, Usage used) {
        double p50 = latency.getValueAtPercentile(50) / 1e6;
        double p99 = latency.getValueAtPercentile(99) / 1e6;
        report.table("single messages, " + clients + " clients", "")
                .row("requests/s", Report.whole(requests / seconds))
                .row("POST to 202, ms: p50", Report.tenths(p50))
                .row("  p99", Report.tenths(p99))
                .row("CPU µs/request: node", Report.tenths(used.node()))
                .row("  PostgreSQL", Report.tenths(used.postgres()))
                .row("  driver", Report.tenths(used.driver()))
                .print();
        report.json()
                .put("bench", "api")
                .put("clients", clients)
                .put("requests", requests)
                .put("rate", Math.round(requests / seconds))
                .put("millisP50", Report.rounded(p50))
                .put("millisP99", Report.rounded(p99))
                .putObject("cpuMicrosPerRequest")
                .put("node", Report.rounded(used.node()))
                .put("postgres", Report.rounded(used.postgres()))
                .put("driver", Report.rounded(used.driver()));
    }
}
