// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.reading.ProviderKey;

/**
 * A correlator with so many entries: an event with as many new mappings as final SR of the oldest ones, and its octets for the
 * journal. Per message, so each is one mapping and one SR.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SrStateBenchmark {
    private static final int BATCH = 500;
    private static final long START_MILLIS = 1_763_800_000_000L;

    @Param({"1000", "1000000"})
    public int entries = 1000;

    private final SrCorrelatorSettings settings = SrFixtures.correlators();
    private SrState state = new SrState();
    private long next;

    @Setup
    public void fill() {
        state = new SrState();
        next = 1;
        while (next <= entries) {
            state.apply(event(false), settings);
        }
    }

    /** The mappings from {@link #next} on, and SR of those that came {@link #entries} before. */
    private SrEvent event(boolean withReports) {
        List<Mapping> mappings = new ArrayList<>(BATCH);
        List<FinalStatus> statuses = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            long mtId = next++;
            mappings.add(new Mapping(ProviderKey.of(providerId(mtId)), mtId, 1));
            if (withReports) {
                long reported = mtId - entries;
                statuses.add(new FinalStatus(reported, true, providerId(reported), "DELIVRD", "000", START_MILLIS));
            }
        }
        long ordinal = state.ordinal() + 1;
        // the clock goes on by a second an event
        return new SrEvent(
                ordinal,
                START_MILLIS + ordinal * 1000,
                ordinal - 1,
                mappings,
                withReports ? statuses : List.of(),
                null);
    }

    private static String providerId(long mtId) {
        return Long.toString(1_000_000_000L + mtId * 7);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int applyAnEvent() {
        return state.apply(event(true), settings).size();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public byte[] writeAnEvent() {
        next = 1 + entries;
        return SrEvents.write(event(true));
    }
}
