// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured in the heap, not computed: what is alive with a correlator's state and without it. */
class SrStateHeapTest {
    private static final int BATCH = 1000;

    /** 918,000: its table has just been doubled, the worst there is (0.875 * 2^20 is 917,504). */
    @ParameterizedTest
    @ValueSource(ints = {917_000, 918_000, 1_000_000})
    void anEntryTakesAtMost40OctetsOfHeap(int entries) {
        SrCorrelatorSettings settings = SrFixtures.correlators();
        SrState state = new SrState();
        long before = alive();

        for (int from = 0; from < entries; from += BATCH) {
            state.apply(event(state.ordinal() + 1, from), settings);
        }

        assertThat(state.size()).isEqualTo(entries);
        double octets = (alive() - before) / (double) entries;
        assertThat(octets).as("octets an entry").isBetween(16.0, 40.0);
        assertThat(state.size()).isEqualTo(entries); // still alive
    }

    private static SrEvent event(long ordinal, int from) {
        List<Mapping> mappings = new ArrayList<>(BATCH);
        for (int i = from; i < from + BATCH; i++) {
            mappings.add(SrFixtures.mapping(Integer.toString(i), i + 1L));
        }
        return new SrEvent(ordinal, 1_763_800_000_000L, ordinal - 1, mappings, List.of(), null);
    }

    /** As the last collection left it: what is in use later counts the allocation buffers of all threads in. */
    private static long alive() {
        for (int i = 0; i < 4; i++) {
            System.gc(); // the serial collector leaves "dead wood" but for every fourth time
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }
}
