// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import org.smsprocess.bench.plant.PostgresServer;

/**
 * What PostgreSQL did so far, as its statistics tell; they lag by about a second.
 *
 * @param walSyncs fsyncs of the WAL; NaN from PostgreSQL 18 on, which counts them elsewhere
 */
record DatabaseWork(double commits, double walWrites, double walSyncs, double hotUpdates, double updates) {
    private static final String TABLES = "select sum(n_tup_hot_upd), sum(n_tup_upd) from pg_stat_user_tables"
            + " where schemaname = 'sms' and relname like 'message%'";

    static DatabaseWork now(PostgresServer postgres) {
        double[] wal = postgres.numbers("show server_version_num")[0] >= 180_000
                ? new double[] {Double.NaN, Double.NaN}
                : postgres.numbers("select wal_write, wal_sync from pg_stat_wal");
        double[] tables = postgres.numbers(TABLES);
        return new DatabaseWork(
                postgres.numbers("select xact_commit from pg_stat_database where datname = current_database()")[0],
                wal[0],
                wal[1],
                tables[0],
                tables[1]);
    }

    /** Per thousand messages; updates as they are. */
    DatabaseWork since(DatabaseWork before, long messages) {
        double thousands = messages / 1000.0;
        return new DatabaseWork(
                (commits - before.commits) / thousands,
                (walWrites - before.walWrites) / thousands,
                (walSyncs - before.walSyncs) / thousands,
                hotUpdates - before.hotUpdates,
                updates - before.updates);
    }
}
