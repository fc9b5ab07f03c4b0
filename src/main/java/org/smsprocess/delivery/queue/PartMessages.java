// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.smsprocess.delivery.Bulk;

/** Reads what is still to be sent of parts, in bulk: ranges of the primary key, and the listed ids of retry parts. */
final class PartMessages {
    private static final String COLUMNS = "select part.id, m.id, m.recipient, m.body, m.fields, m.attempts, m.progress,"
            + " exists (select from quarantine q where q.short_code = ? and q.digits = ltrim(m.recipient, '+'))";
    // offset 0 keeps the planner from turning the join round: part after part by key is always the plan that is wanted,
    // and its
    // statistics of a queue cannot know
    private static final String OF_RANGES = COLUMNS + " from unnest(?::bigint[]) as part(id)"
            + " cross join lateral (select id, recipient, body, fields, attempts, progress from message"
            + " where id >= part.id * 1024 and id < part.id * 1024 + 1024"
            + " and status in ('queued', 'submitting') and retry_part is null order by id offset 0) m";
    private static final String OF_RETRIES = COLUMNS
            + " from delivery_part part cross join lateral unnest(part.mt_ids) as listed(id)"
            + " join message m on m.id = listed.id and m.retry_part = part.id"
            + " where part.id = any(?) and m.status in ('queued', 'submitting')";

    private PartMessages() {}

    /** @return the parts in their order, with their messages by id; a part may have none */
    static List<ClaimedPart> attach(Connection connection, List<PartRow> parts, String shortCode) throws SQLException {
        Map<Long, List<QueuedMt>> byPart = new HashMap<>();
        for (PartRow part : parts) {
            byPart.put(part.id(), new ArrayList<>());
        }
        read(connection, OF_RANGES, ids(parts, false), shortCode, byPart);
        read(connection, OF_RETRIES, ids(parts, true), shortCode, byPart);
        return parts.stream()
                .map(part -> part.with(byPart.getOrDefault(part.id(), List.of())))
                .toList();
    }

    private static long[] ids(List<PartRow> parts, boolean isRetry) {
        return parts.stream()
                .filter(part -> part.isRetry() == isRetry)
                .mapToLong(PartRow::id)
                .toArray();
    }

    private static void read(
            Connection connection, String sql, long[] parts, String shortCode, Map<Long, List<QueuedMt>> byPart)
            throws SQLException {
        if (parts.length == 0) {
            return;
        }
        try (Bulk statement = new Bulk(connection, sql).text(shortCode).longs(parts);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                QueuedMt mt = new QueuedMt(
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getInt(6),
                        rows.getBoolean(8),
                        LongMtProgress.parse(rows.getString(7)));
                byPart.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>()).add(mt);
            }
        }
    }
}
