// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.HttpPump;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/** Single messages at a modest, even pace: how long from the request to the SUBMIT_SM at the SMSC, and to the 202. */
public final class LatencyBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }, record.keep-messages = true";
    private static final long MOST_NANOS = 60_000_000_000L;

    private final Report report;
    private final BenchSetup setup;
    private final int perSecond;
    private final int seconds;

    public LatencyBench(Report report, BenchSetup setup, int perSecond, int seconds) {
        this.report = report;
        this.setup = setup;
        this.perSecond = perSecond;
        this.seconds = seconds;
    }

    public void run() {
        try (Workbench bench = new Workbench()) {
            Installation installation = Installation.start(bench, setup.with(SIMULATOR));
            send(installation, "w"); // to warm up
            installation.simulator().reset();
            Sent sent = send(installation, "r");
            Finals finals = new Finals(installation);
            Pause.until(
                    () -> received(installation) >= sent.posted().size(),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(30),
                    () -> received(installation) + " of " + sent.posted().size() + " messages came after id "
                            + finals.base());
            tell(sent, toSmsc(installation, sent));
        }
    }

    /** When each text was posted, and how long the 202 took. */
    private record Sent(Map<String, Instant> posted, Histogram accepted) {}

    private Sent send(Installation installation, String name) {
        Messages messages = new Messages(name);
        Sent sent = new Sent(new HashMap<>(), new Histogram(MOST_NANOS, 3));
        try (HttpPump http = new HttpPump(installation.node().port())) {
            long start = System.nanoTime();
            for (int i = 0; i < perSecond * seconds; i++) {
                Pause.of(Duration.ofNanos(start + i * 1_000_000_000L / perSecond - System.nanoTime()));
                sent.posted().put(messages.text(i), Instant.now());
                long begin = System.nanoTime();
                int status = http.post("/api/v1/messages", messages.body(i, 1));
                if (status != 202) {
                    throw new BenchFailure("the node answers " + status);
                }
                sent.accepted().recordValue(System.nanoTime() - begin);
            }
        } catch (IOException failed) {
            throw new BenchFailure("the load failed: " + failed, failed);
        }
        return sent;
    }

    private static long received(Installation installation) {
        return installation.simulator().stats().at("/messages/total").asLong();
    }

    private static Histogram toSmsc(Installation installation, Sent sent) {
        Histogram histogram = new Histogram(MOST_NANOS, 3);
        for (JsonNode message : installation.simulator().messages()) {
            Instant posted = sent.posted().get(message.path("text").asText());
            if (posted != null) {
                Duration took = Duration.between(
                        posted, Instant.parse(message.path("receivedAt").asText()));
                histogram.recordValue(Math.max(0, took.toNanos()));
            }
        }
        return histogram;
    }

    private void tell(Sent sent, Histogram toSmsc) {
        report.table(perSecond + " single messages a second, ms", "p50", "p99", "most")
                .row("POST to SUBMIT_SM at the SMSC", millis(toSmsc, 50), millis(toSmsc, 99), millis(toSmsc, 100))
                .row(
                        "POST to 202",
                        millis(sent.accepted(), 50),
                        millis(sent.accepted(), 99),
                        millis(sent.accepted(), 100))
                .print();
        report.json()
                .put("bench", "latency")
                .put("messages", toSmsc.getTotalCount())
                .put("submitMillisP50", Report.rounded(toSmsc.getValueAtPercentile(50) / 1e6))
                .put("submitMillisP99", Report.rounded(toSmsc.getValueAtPercentile(99) / 1e6))
                .put("acceptMillisP50", Report.rounded(sent.accepted().getValueAtPercentile(50) / 1e6))
                .put("acceptMillisP99", Report.rounded(sent.accepted().getValueAtPercentile(99) / 1e6));
    }

    private static String millis(Histogram histogram, double percentile) {
        return Report.tenths(histogram.getValueAtPercentile(percentile) / 1e6);
    }
}
