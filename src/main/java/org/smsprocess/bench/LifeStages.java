// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.smsprocess.bench.plant.PostgresServer;

/**
 * How long the stages of a message's life took.
 *
 * @param peakMemory octets of the node's resident memory
 */
record LifeStages(Map<String, Millis> millis, double peakMemory) {
    /** Of one stage. */
    record Millis(double p50, double p99) {}

    static LifeStages read(Installation installation, Load load, long base) {
        Map<String, Millis> millis = new LinkedHashMap<>();
        Histogram accept = load.latency();
        millis.put(
                "POST to 202",
                new Millis(accept.getValueAtPercentile(50) / 1e6, accept.getValueAtPercentile(99) / 1e6));
        PostgresServer postgres = installation.postgres();
        millis.put("accept to SUBMIT_SM", between(postgres, "created_at", "submitted_at", base));
        millis.put("SUBMIT_SM to answer", between(postgres, "submitted_at", "sent_at", base));
        millis.put("answer to SR", between(postgres, "sent_at", "final_at", base));
        if (postgres.keepsCommitTimes()) {
            // the last change of a row is its final status, committed then
            millis.put("SR to delivery log", between(postgres, "final_at", "pg_xact_commit_timestamp(xmin)", base));
        }
        JsonNode sr = installation.simulator().stats().at("/systemIds/0/traffic/sr");
        if (sr.has("answerMillisP50")) {
            millis.put(
                    "SR to DELIVER_SM_RESP",
                    new Millis(
                            sr.path("answerMillisP50").asDouble(),
                            sr.path("answerMillisP99").asDouble()));
        }
        return new LifeStages(millis, installation.node().peakMemory());
    }

    private static Millis between(PostgresServer postgres, String from, String to, long base) {
        double[] both = postgres.numbers("""
                select (p)[1], (p)[2] from (
                  select percentile_disc(array[0.5, 0.99]) within group
                         (order by extract(epoch from %s - %s)::float8 * 1000) as p
                    from message where id > ?) percentiles
                """.formatted(to, from), base);
        return new Millis(both[0], both[1]);
    }
}
