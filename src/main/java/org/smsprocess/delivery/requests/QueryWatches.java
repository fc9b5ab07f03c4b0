// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.requests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.store.Database;

/**
 * Parts that were sent by accounts with query-sm, to be looked at again after a while: one row for up to 1024 messages, so that traffic
 * pays next to nothing. Thread-safe.
 */
public final class QueryWatches {
    private static final String TAKE = "with due as (select part_id from query_watch where account = any(?)"
            + " and due_at <= now() order by due_at limit ? for update skip locked)"
            + " update query_watch w set due_at = now() + ? * interval '1 ms', tries = w.tries + 1"
            + " from due where w.part_id = due.part_id returning w.part_id, w.account, w.tries";
    // a message that moved on to another part is that part's, unless it waits there in doubt; without a report there is
    // nothing to ask for
    private static final String OPEN = "select w.part_id, m.id, m.recipient, m.sender, m.provider_message_id"
            + " from query_watch w cross join lateral ("
            + " select * from message where w.mt_ids is null and id >= w.part_id * 1024 and id < w.part_id * 1024 + 1024"
            + " union all select * from message where id = any(w.mt_ids) offset 0) m"
            + " join delivery d on d.id = m.delivery_id"
            + " where w.part_id = any(?) and m.status in ('sent', 'in_doubt', 'held')"
            + " and m.provider_message_id is not null"
            + " and (m.status <> 'sent' or coalesce(m.retry_part, m.id >> 10) = w.part_id)"
            + " and coalesce((d.settings ->> 'statusReport')::boolean, true) order by w.part_id, m.id";
    private static final String FORGET = "delete from query_watch where part_id = any(?)";
    private static final String AGAIN =
            "update query_watch set due_at = now() + ? * interval '1 ms' where part_id = any(?)";

    private final Database database;

    public QueryWatches(Database database) {
        this.database = database;
    }

    /**
     * A part that is due.
     *
     * @param tries this one included
     * @param open messages without final status, never empty
     */
    public record Watch(long partId, String account, int tries, List<SentMessage> open) {}

    /**
     * Parts that are due, for this node alone for a while; those of which nothing is open any more are forgotten.
     *
     * @param lease after which another node may take them
     */
    public CompletionStage<List<Watch>> take(List<String> accounts, int most, Duration lease) {
        return database.queries().transaction(connection -> {
            Map<Long, Watch> taken = new LinkedHashMap<>();
            try (Bulk statement = new Bulk(connection, TAKE)
                            .texts(accounts)
                            .integer(most)
                            .number(lease.toMillis());
                    ResultSet rows = statement.query()) {
                while (rows.next()) {
                    taken.put(
                            rows.getLong(1),
                            new Watch(rows.getLong(1), rows.getString(2), rows.getInt(3), new ArrayList<>()));
                }
            }
            if (!taken.isEmpty()) {
                open(connection, taken);
                forget(
                        connection,
                        taken.values().stream()
                                .filter(watch -> watch.open().isEmpty())
                                .map(Watch::partId)
                                .toList());
                taken.values().removeIf(watch -> watch.open().isEmpty());
            }
            return List.copyOf(taken.values());
        });
    }

    /** Keeps these parts for this node for so long, or puts them off: the same. */
    public CompletionStage<Void> after(Collection<Long> partIds, Duration delay) {
        return database.queries().execute(connection -> {
            try (Bulk statement =
                    new Bulk(connection, AGAIN).number(delay.toMillis()).longs(partIds)) {
                statement.update();
            }
        });
    }

    /** These have been asked for often enough. */
    public CompletionStage<Void> giveUp(Collection<Long> partIds) {
        return database.queries().execute(connection -> forget(connection, partIds));
    }

    private static void open(Connection connection, Map<Long, Watch> taken) throws SQLException {
        try (Bulk statement = new Bulk(connection, OPEN).longs(taken.keySet());
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                Watch watch = taken.get(rows.getLong(1));
                if (watch != null) {
                    watch.open()
                            .add(new SentMessage(
                                    rows.getLong(2),
                                    watch.account(),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5)));
                }
            }
        }
    }

    private static void forget(Connection connection, Collection<Long> partIds) throws SQLException {
        if (!partIds.isEmpty()) {
            try (Bulk statement = new Bulk(connection, FORGET).longs(partIds)) {
                statement.update();
            }
        }
    }
}
