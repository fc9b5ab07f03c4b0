// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.util.List;
import org.smsprocess.bench.plant.BenchFailure;

/**
 * What {@code bench growth} is asked to do. An empty list leaves that part out.
 *
 * @param messages of a run
 * @param warmUp messages sent after each start of a node, not counted
 * @param runs of each row; their median counts
 * @param rows in the delivery log
 * @param connections of one account
 * @param accounts of one connection each
 * @param autovacuum whether to measure beside it
 * @param retention whether to measure while partitions are dropped
 */
public record GrowthSettings(
        BenchSetup bench,
        int messages,
        int warmUp,
        int runs,
        List<Integer> rows,
        List<Integer> connections,
        List<Integer> accounts,
        boolean autovacuum,
        boolean retention) {

    /** @throws BenchFailure if a number makes no sense */
    public GrowthSettings {
        rows = List.copyOf(rows);
        connections = List.copyOf(connections);
        accounts = List.copyOf(accounts);
        BenchFailure.check("--messages", messages, 1, 100_000_000);
        BenchFailure.check("--warm-up", warmUp, 0, 100_000_000);
        BenchFailure.check("--runs", runs, 1, 100);
        rows.forEach(number -> BenchFailure.check("--rows", number, 1, FilledLog.MOST_ROWS));
        connections.forEach(number -> BenchFailure.check("--connections", number, 1, 1000));
        accounts.forEach(number -> BenchFailure.check("--accounts", number, 1, 1000));
    }
}
