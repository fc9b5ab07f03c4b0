// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.smsprocess.bench.plant.BenchFailure;

/**
 * What one run of messages gave.
 *
 * @param used by message
 * @param accept from request to 202, nanoseconds
 */
record GrowthRun(int messages, double seconds, Usage used, Histogram accept) {
    private static final int BATCH = 500;
    private static final int CLIENTS = 4;

    /** @throws BenchFailure if a message was lost or doubled */
    static GrowthRun of(Installation installation, Messages texts, int messages) {
        installation.simulator().reset();
        Finals finals = new Finals(installation);
        Load load = new Load(installation.node().port(), texts, messages, BATCH);
        Usage before = Usage.now(installation);
        long start = System.nanoTime();
        load.start(CLIENTS);
        double seconds = (finals.await(load) - start) / 1e9;
        Usage used = Usage.now(installation).since(before, messages);
        JsonNode received = installation.simulator().stats().path("messages");
        long distinct = received.path("distinct").asLong();
        long doubled = received.path("duplicates").asLong();
        if (distinct != messages || doubled != 0) {
            throw new BenchFailure((messages - distinct) + " messages lost, " + doubled + " doubled");
        }
        return new GrowthRun(messages, seconds, used, load.latency());
    }

    /** The one whose CPU of node and PostgreSQL is in the middle, the upper of two. */
    static GrowthRun median(List<GrowthRun> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(GrowthRun::micros))
                .toList()
                .get(runs.size() / 2);
    }

    double rate() {
        return messages / seconds;
    }

    /** CPU of node and PostgreSQL for a message; of the node alone if the database is elsewhere. */
    double micros() {
        return used.node() + (Double.isNaN(used.postgres()) ? 0 : used.postgres());
    }

    double acceptMillisP99() {
        return accept.getValueAtPercentile(99) / 1e6;
    }

    double acceptMillisMost() {
        return accept.getMaxValue() / 1e6;
    }
}
