// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.store.SqlLane;

/**
 * Prunes the tables of pekko-persistence-jdbc directly. Its own deletion goes by numbers of events (ours carry one mapping or
 * thousands, so snapshots go by mappings), and writes each row once more before it deletes it. Thread-safe.
 */
public final class SqlHistoryPruner implements HistoryPruner {
    private static final Logger LOG = LoggerFactory.getLogger(SqlHistoryPruner.class);

    /** Sequence number of the second newest snapshot. Events after it stay, so the highest sequence number does. */
    private static final String SECOND_NEWEST = "(select sequence_number from snapshot where persistence_id = ? "
            + "order by sequence_number desc offset 1 limit 1)";

    private static final String EVENTS =
            "delete from event_journal where persistence_id = ? and sequence_number <= " + SECOND_NEWEST;
    private static final String SNAPSHOTS =
            "delete from snapshot where persistence_id = ? and sequence_number < " + SECOND_NEWEST;

    private final SqlLane lane;

    public SqlHistoryPruner(SqlLane lane) {
        this.lane = lane;
    }

    @Override
    public void prune(String persistenceId) {
        lane.transaction(connection ->
                        delete(connection, EVENTS, persistenceId) + delete(connection, SNAPSHOTS, persistenceId))
                .whenComplete((rows, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "History of {} not pruned, done after its next snapshot: {}",
                                persistenceId,
                                failure.toString());
                    }
                });
    }

    @Override
    public String snapshotStore() {
        return BackgroundSnapshotStore.PLUGIN_ID;
    }

    private static int delete(Connection connection, String sql, String persistenceId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, persistenceId);
            statement.setString(2, persistenceId);
            return statement.executeUpdate();
        }
    }
}
