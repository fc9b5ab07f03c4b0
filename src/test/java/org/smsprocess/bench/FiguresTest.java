// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.bench.plant.BenchFailure;

/** What is computed from what was read. */
class FiguresTest {
    private static final Usage BEFORE = new Usage(1e9, 2e9, 3e9, 4e9, 1000);
    private static final BenchSetup SETUP = new BenchSetup(null, "", "", 4, 1000, "", List.of(), List.of());

    private static GrowthRun run(double node, double postgres) {
        return new GrowthRun(1000, 2, new Usage(node, postgres, 0, 0, 600), new Histogram(1_000_000_000L, 3));
    }

    @Test
    void cpuIsInMicrosecondsByMessage() {
        Usage after = new Usage(1e9 + 20e6, 2e9 + 10e6, 3e9 + 5e6, 4e9 + 1e6, 601_000);

        assertThat(after.since(BEFORE, 1000)).isEqualTo(new Usage(20, 10, 5, 1, 600));
    }

    @Test
    void coresInUseAreThoseOfAllFour() throws IOException {
        LifeResult result = life(new Usage(20, 10, 5, 5, 600), 50_000, 2, "{}");

        assertThat(result.rate()).isEqualTo(25_000);
        assertThat(result.cores()).isEqualTo(1.0);
        assertThat(result.hotPercent()).isEqualTo(75);
    }

    @Test
    void lostAndDoubledComeFromTheSimulatorsRecord() throws IOException {
        LifeResult result = life(BEFORE, 1000, 1, "{\"messages\":{\"distinct\":997,\"duplicates\":2}}");

        assertThat(result.lost()).isEqualTo(3);
        assertThat(result.duplicates()).isEqualTo(2);
    }

    private static LifeResult life(Usage used, int messages, double seconds, String received) throws IOException {
        JsonNode stats = new ObjectMapper().readTree(received);
        return new LifeResult(
                messages,
                seconds,
                used,
                new DatabaseWork(7, 3, 3, 75, 100),
                new LifeStages(Map.of(), 0),
                stats,
                new NodeHeap(5000, 34),
                0);
    }

    @Test
    void databaseWorkIsByThousandMessages() {
        DatabaseWork before = new DatabaseWork(100, 50, 20, 1000, 2000);

        assertThat(new DatabaseWork(800, 350, 320, 1900, 3000).since(before, 100_000))
                .isEqualTo(new DatabaseWork(7, 3, 3, 900, 1000));
    }

    @Test
    void theRunInTheMiddleCounts() {
        assertThat(GrowthRun.median(List.of(run(30, 1), run(5, 5), run(9, 9))).micros())
                .isEqualTo(18);
        assertThat(GrowthRun.median(List.of(run(9, 9), run(5, 5))).micros()).isEqualTo(18);
    }

    @Test
    void aDatabaseElsewhereCostsNothingThatIsKnown() {
        assertThat(run(20, Double.NaN).micros()).isEqualTo(20);
    }

    @Test
    void percentilesOfAcceptanceAreInMilliseconds() {
        GrowthRun run = run(1, 1);
        for (int millis = 1; millis <= 100; millis++) {
            run.accept().recordValue(millis * 1_000_000L);
        }

        assertThat(run.acceptMillisP99()).isBetween(98.9, 99.2);
        assertThat(run.acceptMillisMost()).isBetween(99.9, 100.2);
    }

    @ParameterizedTest(name = "{0}: {1} MB a minute")
    @CsvSource({"'90 34 34 34', 0", "'90 30 32 34', 2", "'0 40 30 20 10', -10", "'90 34', 0", "'90', 0"})
    void growthOfTheHeapIsTheSlopeAfterTheFirstMinute(String values, double expected) {
        double[] minutes = List.of(values.split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();

        assertThat(HeapBench.slope(minutes)).isEqualTo(expected);
    }

    @Test
    void namesTheOptionThatIsOutOfRange() {
        assertThatThrownBy(() -> new LifeSettings(SETUP, 0, 0, 500, 4))
                .isInstanceOf(BenchFailure.class)
                .hasMessage("--messages 0 is out of range (1 to 100000000)");
        assertThatThrownBy(() -> new GrowthSettings(SETUP, 1, 0, 1, List.of(10, 0), List.of(), List.of(), true, true))
                .hasMessageStartingWith("--rows 0 is out of range");
        assertThatThrownBy(() -> SETUP.withConnections(-1)).hasMessageStartingWith("--connections -1");
    }
}
