// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.smsprocess.store.SqlLane;

/**
 * The live nodes of this database, table {@code cluster_node}. All that have the same cluster number are one cluster; only a node that sees
 * no live one, while it holds the lock of the table's beginners, begins a new one.
 */
public final class NodeTable {
    /**
     * Another node.
     *
     * @param address {@code host:port}
     * @param board what it last said of its connections
     */
    public record LiveNode(String address, String incarnation, long cluster, String board) {}

    /**
     * What a starting node finds.
     *
     * @param begun number of the cluster that it is to begin; empty: it is to join the others
     */
    record Entrance(OptionalLong begun, List<LiveNode> others) {}

    private static final long BEGINNERS = 0x736d732d70726f63L;
    private static final String LIVE = "select address, incarnation, cluster, board from cluster_node"
            + " where incarnation <> ? and expires_at > clock_timestamp() order by cluster, address";
    private static final String BEAT =
            "insert into cluster_node as n (incarnation, address, cluster, board, expires_at)"
                    + " values (?, ?, ?, ?, clock_timestamp() + ? * interval '1 ms')"
                    + " on conflict (incarnation) do update set cluster = excluded.cluster, board = excluded.board,"
                    + " expires_at = excluded.expires_at";

    private final SqlLane lane;
    private final String incarnation;
    private final Duration ttl;

    public NodeTable(SqlLane lane, String incarnation, Duration ttl) {
        this.lane = lane;
        this.incarnation = incarnation;
        this.ttl = ttl;
    }

    /** @param address of this node; whoever was there before is gone */
    CompletionStage<Entrance> enter(String address) {
        return lane.transaction(connection -> {
            update(connection, "select pg_advisory_xact_lock(?)", BEGINNERS);
            update(connection, "delete from cluster_node where address = ? and incarnation <> ?", address, incarnation);
            update(connection, "delete from cluster_node where expires_at < clock_timestamp() - interval '1 min'");
            List<LiveNode> others = live(connection);
            if (!others.isEmpty()) {
                return new Entrance(OptionalLong.empty(), others);
            }
            long number = next(connection);
            beat(connection, address, number, "");
            return new Entrance(OptionalLong.of(number), others);
        });
    }

    /** Shows that this node lives. @return the others */
    CompletionStage<List<LiveNode>> beat(String address, long cluster, String board) {
        return lane.supply(connection -> {
            beat(connection, address, cluster, board);
            return live(connection);
        });
    }

    /** A node that is known to be gone need not expire. */
    CompletionStage<Void> remove(String gone) {
        return lane.execute(connection -> update(connection, "delete from cluster_node where incarnation = ?", gone));
    }

    /** This node ends in good order. */
    public CompletionStage<Void> leave() {
        return remove(incarnation);
    }

    private void beat(Connection connection, String address, long cluster, String board) throws SQLException {
        update(connection, BEAT, incarnation, address, cluster, board, ttl.toMillis());
    }

    private List<LiveNode> live(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIVE)) {
            statement.setString(1, incarnation);
            List<LiveNode> nodes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    nodes.add(new LiveNode(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4)));
                }
            }
            return nodes;
        }
    }

    private static long next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select nextval('cluster_number')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
