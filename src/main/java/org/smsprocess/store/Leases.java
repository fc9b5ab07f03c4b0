// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;

/**
 * The right to act for a slot, as rows of {@code slot_lease}. The database's clock alone decides about expiry. The epoch rises with every
 * acquire, also by the same owner, so that whoever held the slot before is fenced out of everything that carries its epoch.
 *
 * <p>The owner's name must include the incarnation of the process: a restarted node is another owner.
 */
public final class Leases {
    private static final String ACQUIRE = "insert into slot_lease as l (slot, owner, epoch, expires_at)"
            + " select wanted.slot, ?, 1, clock_timestamp() + ? * interval '1 ms' from unnest(?::text[]) as wanted(slot)"
            + " on conflict (slot) do update set owner = excluded.owner, expires_at = excluded.expires_at, epoch = l.epoch + 1"
            + " where l.owner = excluded.owner or l.expires_at <= clock_timestamp()"
            + " returning slot, epoch";
    // no owner writes a time so far ahead: the server's clock went back, and nobody should wait for it to come there
    // again. An owner
    // that lives renews long before; one that does not loses its lease a little later than usual
    private static final String CAP = "update slot_lease set expires_at = clock_timestamp() + ? * interval '1 ms'"
            + " where slot = any(?) and expires_at > clock_timestamp() + ? * interval '1 ms'";
    private static final int MOST_TTLS = 3;
    private static final String RENEW = "update slot_lease l set expires_at = clock_timestamp() + ? * interval '1 ms'"
            + " from unnest(?::text[], ?::bigint[]) as mine(slot, epoch)"
            + " where l.slot = mine.slot and l.epoch = mine.epoch and l.owner = ? and l.expires_at > clock_timestamp()"
            + " returning l.slot";
    private static final String RELEASE = "update slot_lease l set expires_at = clock_timestamp() - interval '1 ms'"
            + " from unnest(?::text[], ?::bigint[]) as mine(slot, epoch)"
            + " where l.slot = mine.slot and l.epoch = mine.epoch and l.owner = ? and l.expires_at > clock_timestamp()"
            + " returning l.slot";
    private final SqlLane lane;

    Leases(SqlLane lane) {
        this.lane = lane;
    }

    /** @return the epoch, or empty while another owner's lease has not expired */
    public CompletionStage<OptionalLong> acquire(String slot, String owner, Duration ttl) {
        return acquire(Set.of(slot), owner, ttl).thenApply(epochs -> {
            Long epoch = epochs.get(slot);
            return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
        });
    }

    /**
     * Takes all of these that are free, in one statement: a node that starts takes hundreds at once.
     *
     * @return the epochs of those taken
     */
    public CompletionStage<Map<String, Long>> acquire(Set<String> slots, String owner, Duration ttl) {
        Set<String> ordered =
                new TreeSet<>(slots); // nodes that take the same ones never wait for each other in a circle
        return lane.supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
                statement.setString(1, owner);
                statement.setLong(2, ttl.toMillis());
                statement.setArray(3, connection.createArrayOf("text", ordered.toArray()));
                Map<String, Long> epochs = epochs(statement);
                if (epochs.size() < ordered.size()) {
                    cap(connection, ordered, ttl.toMillis() * MOST_TTLS);
                }
                return epochs;
            }
        });
    }

    private static void cap(Connection connection, Set<String> slots, long millis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CAP)) {
            statement.setLong(1, millis);
            statement.setArray(2, connection.createArrayOf("text", slots.toArray()));
            statement.setLong(3, millis);
            statement.executeUpdate();
        }
    }

    /**
     * Renews all of an owner's leases in one statement. What was lost (expired, taken over) is not renewed and not returned.
     *
     * @return the slots still held
     */
    public CompletionStage<Set<String>> renew(String owner, Map<String, Long> slotEpochs, Duration ttl) {
        Map<String, Long> ordered = new TreeMap<>(slotEpochs);
        return lane.supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
                statement.setLong(1, ttl.toMillis());
                setSlotEpochs(statement, 2, ordered);
                statement.setString(4, owner);
                return strings(statement);
            }
        });
    }

    /** Lets the next owner in at once; without effect if the lease is no longer this owner's. */
    public CompletionStage<Boolean> release(String slot, String owner, long epoch) {
        return release(owner, Map.of(slot, epoch)).thenApply(released -> !released.isEmpty());
    }

    /**
     * Gives back all of these in one statement.
     *
     * @return those that still were this owner's
     */
    public CompletionStage<Set<String>> release(String owner, Map<String, Long> slotEpochs) {
        Map<String, Long> ordered = new TreeMap<>(slotEpochs);
        return lane.supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                setSlotEpochs(statement, 1, ordered);
                statement.setString(3, owner);
                return strings(statement);
            }
        });
    }

    private static void setSlotEpochs(PreparedStatement statement, int first, Map<String, Long> slotEpochs)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(
                first, connection.createArrayOf("text", slotEpochs.keySet().toArray()));
        statement.setArray(
                first + 1,
                connection.createArrayOf("bigint", slotEpochs.values().toArray()));
    }

    private static Map<String, Long> epochs(PreparedStatement statement) throws SQLException {
        Map<String, Long> found = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getLong(2));
            }
        }
        return found;
    }

    private static Set<String> strings(PreparedStatement statement) throws SQLException {
        Set<String> found = new HashSet<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
