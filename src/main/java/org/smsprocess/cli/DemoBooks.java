// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.smsprocess.simulator.Record;

/**
 * Both sides' books of a demo, counted message by message: the node's delivery log and the simulator's record.
 *
 * @param sent handed to the SMSC, which answered, whatever it answered
 * @param failures by reason
 */
record DemoBooks(
        long accepted,
        long sent,
        long delivered,
        long failed,
        long inDoubt,
        Map<String, Long> failures,
        long mo,
        Record.Comparison comparison,
        double seconds) {

    /** @param log the delivery log, a message an element */
    static DemoBooks of(long accepted, Stream<JsonNode> log, long mo, Record.Comparison comparison, double seconds) {
        long[] counts = new long[4];
        Map<String, Long> failures = new TreeMap<>();
        log.forEach(message -> {
            String status = message.path("status").asText();
            counts[0] += message.has("submittedAt") ? 1 : 0;
            counts[1] += status.equals("delivered") ? 1 : 0;
            counts[3] += status.equals("in_doubt") || status.equals("held") ? 1 : 0;
            if (status.equals("failed")) {
                counts[2]++;
                failures.merge(message.path("error").asText(), 1L, Long::sum);
            }
        });
        return new DemoBooks(accepted, counts[0], counts[1], counts[2], counts[3], failures, mo, comparison, seconds);
    }

    /** Every message arrived, none twice, and each has its final status. */
    boolean isClean() {
        return comparison.lost() == 0 && comparison.duplicates() == 0 && delivered + failed == accepted;
    }

    void print(PrintWriter out) {
        out.println();
        line(out, "accepted over HTTP, committed", accepted);
        line(out, "sent to the SMSC", sent);
        line(out, "delivered", delivered);
        line(out, "failed", failed);
        failures.forEach((reason, count) -> line(out, "  " + reason, count));
        line(out, "in doubt", inDoubt);
        line(out, "MO in the inbox", mo);
        line(out, "lost", comparison.lost());
        line(out, "duplicates", comparison.duplicates());
        out.printf(
                Locale.ROOT,
                "  %-48s %10.1f s = %.0f msg/s%n",
                "from the upload to the last status report",
                seconds,
                accepted / seconds);
        out.println();
    }

    private static void line(PrintWriter out, String name, long count) {
        out.printf(Locale.ROOT, "  %-48s %,10d%n", name, count);
    }

    ObjectNode json() {
        return NodeClient.JSON
                .createObjectNode()
                .put("accepted", accepted)
                .put("sent", sent)
                .put("delivered", delivered)
                .put("failed", failed)
                .put("inDoubt", inDoubt)
                .put("mo", mo)
                .put("lost", comparison.lost())
                .put("duplicates", comparison.duplicates())
                .put("seconds", Math.round(seconds * 1000) / 1000.0);
    }
}
