// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.requests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.store.Database;

/**
 * Cancels single messages: those in the queue at once, those that were sent by a request to the SMSC, if the account allows it.
 * Thread-safe.
 *
 * <pre>
 * request ──in the queue──► CANCELLED
 *    └─────sent──► row of cancel_request ──take──► CANCEL_SM ──record──► message cancelled, or what the SMSC said
 * </pre>
 */
public final class CancelRequests {
    private static final String PART_OF = "select p.owner is not null from delivery_part p where p.id ="
            + " (select coalesce(m.retry_part, m.id >> 10) from message m where m.id = ?) for update";
    private static final String FIND =
            "select account, status::text, provider_message_id from message where id = ? for update";
    private static final String CANCEL_QUEUED = "update message set status = 'cancelled', final_at = now(),"
            + " error = case when status = 'in_doubt' then 'in doubt, cancelled before it was sent again' else error end"
            + " where id = ?";
    private static final String REQUEST = "insert into cancel_request as r (mt_id, account) values (?, ?)"
            + " on conflict (mt_id) do update set requested_at = now(), due_at = now(), tries = 0,"
            + " answered_at = null, command_status = null, outcome = null where r.answered_at is not null";
    private static final String TOO_LATE = "update cancel_request r set answered_at = now(),"
            + " outcome = 'too late: the message is ' || m.status from message m"
            + " where r.account = any(?) and r.answered_at is null and r.due_at <= now()"
            + " and m.id = r.mt_id and m.status <> 'sent'";
    private static final String TAKE = "with due as (select mt_id from cancel_request where account = any(?)"
            + " and answered_at is null and due_at <= now() order by due_at limit ? for update skip locked)"
            + " update cancel_request r set due_at = now() + ? * interval '1 ms', tries = r.tries + 1"
            + " from due, message m where r.mt_id = due.mt_id and m.id = due.mt_id"
            + " returning r.mt_id, r.account, m.recipient, m.sender, coalesce(m.provider_message_id, ''), r.tries";
    private static final String ANSWERED = "update cancel_request r set answered_at = now(), command_status = u.status,"
            + " outcome = u.outcome from unnest(?::bigint[], ?::bigint[], ?::text[]) as u(id, status, outcome)"
            + " where r.mt_id = u.id";
    private static final String CANCELLED =
            "update message set status = 'cancelled', final_at = now()" + " where id = any(?) and status = 'sent'";

    private final Database database;

    public CancelRequests(Database database) {
        this.database = database;
    }

    /** What a request to cancel has come to. */
    public enum Result {
        /** It was in the queue and will not be sent. */
        CANCELLED,
        /** It was sent: the SMSC is asked; the message's {@code cancellation} tells what came of it. */
        REQUESTED,
        UNKNOWN,
        /** A connection works on it at this moment: it will be sent or in the queue again soon. */
        IN_FLIGHT,
        /** Its account does not allow cancel_sm. */
        NOT_ALLOWED,
        /** The SMSC gave it no message_id. */
        NO_PROVIDER_ID,
        /** Delivered, failed, cancelled or verified. */
        FINAL
    }

    /** A message to be cancelled now. @param tries this one included */
    public record Due(SentMessage message, int tries) {}

    /**
     * What came of a CANCEL_SM.
     *
     * @param commandStatus null without an answer
     * @param outcome for the delivery log
     */
    public record Outcome(
            long mtId, boolean isCancelled, @Nullable Integer commandStatus, String outcome) {}

    /** @param allowed whether an account allows cancel_sm */
    public CompletionStage<Result> request(long mtId, Predicate<String> allowed) {
        return database.traffic().transaction(connection -> request(connection, mtId, allowed));
    }

    /**
     * Requests that are due, for this node alone for a while.
     *
     * @param lease after which another node may take them
     */
    public CompletionStage<List<Due>> take(List<String> accounts, int most, Duration lease) {
        return database.queries().transaction(connection -> {
            try (Bulk late = new Bulk(connection, TOO_LATE).texts(accounts)) {
                late.update();
            }
            List<Due> taken = new ArrayList<>();
            try (Bulk statement = new Bulk(connection, TAKE)
                            .texts(accounts)
                            .integer(most)
                            .number(lease.toMillis());
                    ResultSet rows = statement.query()) {
                while (rows.next()) {
                    taken.add(new Due(
                            new SentMessage(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5)),
                            rows.getInt(6)));
                }
            }
            return taken;
        });
    }

    public CompletionStage<Void> record(List<Outcome> outcomes) {
        List<Outcome> ordered = outcomes.stream()
                .sorted(Comparator.comparingLong(Outcome::mtId))
                .toList();
        return database.queries().transact(connection -> {
            // the answer first: a status report that comes now must find the message still sent, or cancelled for good
            try (Bulk answered = new Bulk(connection, ANSWERED)
                            .longs(ordered.stream().mapToLong(Outcome::mtId).toArray())
                            .nullableNumbers(ordered.stream()
                                    .map(outcome -> outcome.commandStatus() == null
                                            ? null
                                            : Long.valueOf(Integer.toUnsignedLong(outcome.commandStatus())))
                                    .toArray(Long[]::new))
                            .texts(ordered.stream().map(Outcome::outcome).toList());
                    Bulk cancelled = new Bulk(connection, CANCELLED)
                            .longs(ordered.stream()
                                    .filter(Outcome::isCancelled)
                                    .mapToLong(Outcome::mtId)
                                    .toArray())) {
                answered.update();
                cancelled.update();
            }
        });
    }

    private static Result request(Connection connection, long mtId, Predicate<String> allowed) throws SQLException {
        boolean isOwned = false;
        boolean isInQueue = false;
        try (Bulk part = new Bulk(connection, PART_OF).number(mtId);
                ResultSet row = part.query()) {
            if (row.next()) {
                isInQueue = true;
                isOwned = row.getBoolean(1);
            }
        }
        try (Bulk message = new Bulk(connection, FIND).number(mtId);
                ResultSet row = message.query()) {
            return row.next() ? request(connection, mtId, row, isInQueue, isOwned, allowed) : Result.UNKNOWN;
        }
    }

    private static Result request(
            Connection connection,
            long mtId,
            ResultSet row,
            boolean isInQueue,
            boolean isOwned,
            Predicate<String> allowed)
            throws SQLException {
        String account = row.getString(1);
        switch (row.getString(2)) {
            case "queued", "submitting", "in_doubt" -> {
                if (isOwned || !isInQueue) {
                    return Result.IN_FLIGHT;
                }
                update(connection, CANCEL_QUEUED, mtId);
                return Result.CANCELLED;
            }
            case "sent" -> {
                if (!allowed.test(account)) {
                    return Result.NOT_ALLOWED;
                }
                if (row.getString(3) == null) {
                    return Result.NO_PROVIDER_ID;
                }
                try (Bulk statement = new Bulk(connection, REQUEST).number(mtId).text(account)) {
                    statement.update(); // none when one is open already
                }
                return Result.REQUESTED;
            }
            case "held" -> {
                update(connection, CANCEL_QUEUED, mtId);
                return Result.CANCELLED;
            }
            default -> {
                return Result.FINAL;
            }
        }
    }

    private static void update(Connection connection, String sql, long mtId) throws SQLException {
        try (Bulk statement = new Bulk(connection, sql).number(mtId)) {
            statement.update();
        }
    }
}
