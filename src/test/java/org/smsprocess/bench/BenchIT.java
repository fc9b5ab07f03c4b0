// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Benches of a whole installation, much smaller than their figures need: that they run, and tell what they promise. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BenchIT {
    private static final BenchSetup SETUP =
            new BenchSetup(null, "", "", 2, 100, "", List.of("-Xmx512m"), List.of("sms-process.upkeep.period = 1s"));

    private final Report report = new Report(new PrintWriter(new StringWriter()), true);

    @Test
    void lifeTellsRateCpuHeapAndStages() {
        new LifeBench(report, new LifeSettings(SETUP, 3000, 0, 500, 2)).run();

        JsonNode json = report.json();
        assertThat(json.path("messages").asInt()).isEqualTo(3000);
        assertThat(json.path("rate").asDouble()).isPositive();
        for (String process : List.of("node", "postgres", "simulator")) {
            assertThat(json.path("cpuMicrosPerMessage").path(process).asDouble())
                    .as(process)
                    .isPositive();
        }
        assertThat(json.path("lost").asInt(-1)).isZero();
        assertThat(json.path("duplicates").asInt(-1)).isZero();
        assertThat(json.path("walBytesPerMessage").asInt()).isBetween(100, 5000);
        assertThat(json.path("allocatedBytesPerMessage").asInt()).isPositive();
        assertThat(json.path("liveHeapMb").asInt()).isBetween(5, 400);
        assertThat(json.path("stageMillis")
                        .path("SR to delivery log")
                        .path("p99")
                        .asDouble(-1))
                .isBetween(0.0, 60_000.0);
    }

    @Test
    void growthFillsTheLogAndMeasuresOnTopOfIt() {
        new GrowthBench(
                        report,
                        new GrowthSettings(SETUP, 1000, 0, 2, List.of(500, 20_000), List.of(), List.of(), true, false))
                .run();

        JsonNode rows = report.json().path("rows");
        assertThat(rows).hasSize(4);
        assertThat(rows.path(1).path("what").asText()).isEqualTo("rows in the log before: 20,000");
        assertThat(rows)
                .allSatisfy(row -> assertThat(
                                row.path("cpuMicrosPerMessage").path("postgres").asDouble())
                        .isPositive());
    }
}
