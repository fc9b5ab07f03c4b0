// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.message.MtId;

/** Moves messages out of owned parts into new parts that list them. What belongs to a cancelled delivery is not tried again. */
final class RetryParts {
    /**
     * How messages move.
     *
     * @param isInDoubt they may have arrived
     * @param attempts 1 if this try counts
     */
    record Move(Duration delay, boolean isInDoubt, int attempts) {
        static Move retry(Duration delay) {
            return new Move(delay, false, 1);
        }

        static Move requeue() {
            return new Move(Duration.ZERO, false, 0);
        }

        static Move inDoubt(Duration wait) {
            return new Move(wait, true, 1);
        }
    }

    // for share: a pause or a cancellation that runs at the same time comes before or after, and is not missed
    private static final String DELIVERY_STATE = "select state::text from delivery where id = ? for share";
    private static final String MOVE =
            "update message m set status = ?::message_status, retry_part = ?, error = coalesce(u.error, m.error),"
                    + " progress = coalesce(u.progress, m.progress),"
                    + " attempts = attempts + ?, final_at = case when ? then now() end,"
                    + " submitted_at = case when u.submitted = 0 then m.submitted_at else to_timestamp(u.submitted / 1000::float8) end"
                    + " from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[])"
                    + " as u(id, part, error, submitted, progress)"
                    + " where m.id = u.id and " + MessageUpdates.STILL_OPEN
                    + " returning m.id";
    private static final String INSERT = "insert into delivery_part"
            + " (id, delivery_id, account, priority, due_at, paused, attempt, messages, mt_ids)"
            + " values (?, ?, ?, ?, now() + ? * interval '1 ms', ?, ?, ?, ?)";

    private record Group(long deliveryId, int attempt) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byDelivery = Long.compare(deliveryId, other.deliveryId);
            return byDelivery != 0 ? byDelivery : Integer.compare(attempt, other.attempt);
        }
    }

    private final Connection connection;
    private final IdBlocks partIds;
    private final OwnedParts owned;

    RetryParts(Connection connection, IdBlocks partIds, OwnedParts owned) {
        this.connection = connection;
        this.partIds = partIds;
        this.owned = owned;
    }

    /** @param all by message id; those of parts that are not owned stay where they are */
    void move(List<Settlement> all, Move move) throws SQLException {
        Map<Group, List<Settlement>> groups = new TreeMap<>();
        for (Settlement settlement : all) {
            if (owned.ids().contains(settlement.partId())) {
                OwnedParts.Part part = owned.get(settlement.partId());
                groups.computeIfAbsent(new Group(part.deliveryId(), part.attempt()), group -> new ArrayList<>())
                        .add(settlement);
            }
        }
        for (List<Settlement> group : groups.values()) {
            for (int from = 0; from < group.size(); from += MtId.PART_CAPACITY) {
                moveTogether(group.subList(from, Math.min(group.size(), from + MtId.PART_CAPACITY)), move);
            }
        }
    }

    private void moveTogether(List<Settlement> some, Move move) throws SQLException {
        OwnedParts.Part from = owned.get(some.get(0).partId());
        String state = state(from.deliveryId());
        boolean isCancelled = state.equals("cancelled");
        long part = partIds.next(connection);
        String status = isCancelled ? "cancelled" : move.isInDoubt() ? "in_doubt" : "queued";
        long[] moved = moveMessages(some, status, isCancelled ? null : part, move.attempts(), isCancelled);
        if (moved.length > 0 && !isCancelled) {
            insert(part, from, moved, move, state.equals("paused"));
        }
    }

    private String state(long deliveryId) throws SQLException {
        try (Bulk statement = new Bulk(connection, DELIVERY_STATE).number(deliveryId);
                ResultSet rows = statement.query()) {
            return rows.next() ? rows.getString(1) : "cancelled";
        }
    }

    private long[] moveMessages(
            List<Settlement> some, String status, @Nullable Long part, int attempts, boolean isFinal)
            throws SQLException {
        long[] ids = some.stream().mapToLong(Settlement::mtId).toArray();
        @Nullable String[] errors = some.stream().map(Settlement::error).toArray(String[]::new);
        try (Bulk statement = new Bulk(connection, MOVE)
                        .text(status)
                        .nullableNumber(part)
                        .integer(attempts)
                        .flag(isFinal)
                        .longs(ids)
                        .longs(some.stream().mapToLong(Settlement::partId).toArray())
                        .texts(errors)
                        .longs(some.stream()
                                .mapToLong(Settlement::submittedAtMillis)
                                .toArray())
                        .texts(some.stream().map(Settlement::progressText).toArray(String[]::new));
                ResultSet rows = statement.query()) {
            return Bulk.longs(rows);
        }
    }

    private void insert(long id, OwnedParts.Part from, long[] mtIds, Move move, boolean isPaused) throws SQLException {
        try (Bulk statement = new Bulk(connection, INSERT)
                .number(id)
                .number(from.deliveryId())
                .text(from.account())
                .integer(from.priority())
                .number(move.delay().toMillis())
                .flag(isPaused)
                .integer(from.attempt() + move.attempts())
                .integer(mtIds.length)
                .longs(mtIds)) {
            statement.update();
        }
    }
}
