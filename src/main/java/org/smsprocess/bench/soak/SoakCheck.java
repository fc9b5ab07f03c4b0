// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.smsprocess.bench.plant.SimulatorProcess;

/** Invariants that hold at any moment under load, each read in one statement. */
final class SoakCheck {
    private static final String BY_STATUS = "select m.status::text, count(*) from message m group by 1"
            + " union all select 'accepted', coalesce(sum(messages), 0) from delivery_range"
            // what is not settled must belong to a part, or nobody would ever send it
            + " union all select 'orphans', count(*) from message m where m.status in ('queued', 'submitting', 'in_doubt')"
            + " and not exists (select from delivery_part p where p.id = coalesce(m.retry_part, m.id >> 10))";

    private final SoakDatabase database;
    private final SimulatorProcess simulator;
    private final List<String> violations = new ArrayList<>();
    private int checks;

    SoakCheck(SoakDatabase database, SimulatorProcess simulator) {
        this.database = database;
        this.simulator = simulator;
    }

    /** @return how many messages are in each state, for people; empty while the database is away */
    Map<String, Long> check() {
        Map<String, Long> counts = new TreeMap<>();
        try {
            database.query(BY_STATUS, row -> counts.put(row.getString(1), row.getLong(2)));
        } catch (SQLException away) {
            return Map.of();
        }
        long distinct = simulator.stats().at("/messages/distinct").asLong(); // later: can only be more
        long accepted = take(counts, "accepted");
        long orphans = take(counts, "orphans");
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        expect(accepted == sum, "accepted " + accepted + ", in some state " + sum);
        expect(orphans == 0, orphans + " messages wait in no part");
        long arrived = counts.getOrDefault("sent", 0L) + counts.getOrDefault("delivered", 0L);
        expect(arrived <= distinct, arrived + " are sent, " + distinct + " arrived");
        checks++;
        return counts;
    }

    private void expect(boolean isSo, String otherwise) {
        if (!isSo) {
            violations.add(otherwise);
        }
    }

    private static long take(Map<String, Long> counts, String key) {
        Long count = counts.remove(key);
        return count == null ? 0 : count;
    }

    List<String> violations() {
        return List.copyOf(violations);
    }

    int checks() {
        return checks;
    }
}
