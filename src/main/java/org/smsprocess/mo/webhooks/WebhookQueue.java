// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.webhooks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.smsprocess.mo.inbox.Inbox;
import org.smsprocess.mo.inbox.InboxMo;
import org.smsprocess.store.Database;

/** The MO that webhooks have not taken yet, in PostgreSQL; each is held by one node at a time. */
final class WebhookQueue {
    /** @param attempts including the one that is due */
    record Due(InboxMo mo, int attempts) {}

    private static final String CLAIM = """
            update mo_webhook set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ?)
            where inbox_id in (
                select inbox_id from mo_webhook where account = ? and next_attempt_at <= now()
                order by next_attempt_at, inbox_id limit ? for update skip locked)
            returning inbox_id, attempts""";

    /** Also those whose MO is no longer in the inbox. */
    private static final String GIVE_UP = """
            delete from mo_webhook w where w.account = ? and w.next_attempt_at <= now() and not exists (
                select from inbox i where i.id = w.inbox_id and i.stored_at > now() - make_interval(secs => ?))""";

    private static final String DONE = "delete from mo_webhook where inbox_id = ?";

    private static final String AGAIN =
            "update mo_webhook set next_attempt_at = now() + make_interval(secs => ?), last_error = ? where inbox_id = ?";

    private final Database database;

    WebhookQueue(Database database) {
        this.database = database;
    }

    /** @param hold longest time until {@link #done} or {@link #again}; then others may try */
    CompletionStage<List<Due>> claim(String account, int limit, Duration hold) {
        return database.queries().transaction(connection -> {
            List<Due> due = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                statement.setDouble(1, hold.toMillis() / 1000.0);
                statement.setString(2, account);
                statement.setInt(3, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        add(connection, rows.getLong(1), rows.getInt(2), due);
                    }
                }
            }
            return due;
        });
    }

    private static void add(Connection connection, long inboxId, int attempts, List<Due> due) throws SQLException {
        for (InboxMo mo : Inbox.find(connection, inboxId)) {
            due.add(new Due(mo, attempts));
        }
    }

    /** @return how many were given up */
    CompletionStage<Integer> giveUp(String account, Duration after) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(GIVE_UP)) {
                statement.setString(1, account);
                statement.setDouble(2, after.toSeconds());
                return statement.executeUpdate();
            }
        });
    }

    CompletionStage<Integer> done(long inboxId) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(DONE)) {
                statement.setLong(1, inboxId);
                return statement.executeUpdate();
            }
        });
    }

    CompletionStage<Integer> again(long inboxId, Duration after, String error) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(AGAIN)) {
                statement.setDouble(1, after.toMillis() / 1000.0);
                statement.setString(2, error);
                statement.setLong(3, inboxId);
                return statement.executeUpdate();
            }
        });
    }
}
