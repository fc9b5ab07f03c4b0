// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.message.MtId;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;

/** What an operator does about messages whose answer was lost. Thread-safe. */
public final class InDoubtMessages {
    /** Rows of a page, whatever is asked for: part of the API, not of an installation. */
    private static final int MOST = 10_000;

    private static final String LIST = "select " + MessageRows.COLUMNS + " from ("
            + "select mt_id as id from held_message where account = ? and mt_id > ?"
            + " union select listed.id from delivery_part p, unnest(p.mt_ids) as listed(id)"
            + " where p.account = ? and p.mt_ids is not null and listed.id > ?"
            + ") open join message m on m.id = open.id and m.status in ('held', 'in_doubt') order by m.id limit ?";
    private static final String FIND = "select m.delivery_id, m.account, m.id from message m"
            + " where m.id = any(?) and m.status in ('held', 'in_doubt') order by m.id for update";
    private static final String RESEND = "update message set status = 'queued', retry_part = ?,"
            + " resends = resends + 1, resend_reason = 'operator' where id = any(?)";
    private static final String PART = "insert into delivery_part"
            + " (id, delivery_id, account, priority, due_at, paused, messages, mt_ids)"
            + " select ?, id, account, coalesce((settings ->> 'priority')::smallint, 0), now(), state = 'paused', ?, ?"
            + " from delivery where id = ? for share";
    private static final String CLOSE = "update message set status = 'failed', final_at = now(), error = ?"
            + " where id = any(?) and status in ('held', 'in_doubt')";

    private final Database database;
    private final WorkSignal signal;
    private final IdBlocks partIds = IdBlocks.ofParts();

    public InDoubtMessages(Database database, WorkSignal signal) {
        this.database = database;
        this.signal = signal;
    }

    /**
     * Held messages, and those that wait to be sent again, by id.
     *
     * @param afterId exclusive; 0 for the first page
     */
    public CompletionStage<List<MessageInfo>> list(String account, long afterId, int limit) {
        return database.queries().supply(connection -> {
            try (Bulk statement = new Bulk(connection, LIST)
                    .text(account)
                    .number(afterId)
                    .text(account)
                    .number(afterId)
                    .integer(Math.max(1, Math.min(limit, MOST)))) {
                return MessageRows.read(statement);
            }
        });
    }

    /**
     * Sends them again at once, marked as resends by an operator.
     *
     * @return how many were held or in doubt
     */
    public CompletionStage<Integer> resend(Collection<Long> mtIds) {
        Set<String> accounts = new HashSet<>();
        return database.traffic()
                .transaction(connection -> resend(connection, mtIds, accounts))
                .thenApply(count -> {
                    accounts.forEach(signal::publish);
                    return count;
                });
    }

    /**
     * Ends them as failed.
     *
     * @param reason goes to the delivery log
     * @return how many were held or in doubt
     */
    public CompletionStage<Integer> close(Collection<Long> mtIds, String reason) {
        return database.traffic().supply(connection -> {
            try (Bulk statement = new Bulk(connection, CLOSE)
                    .text("in doubt, closed by operator: " + reason)
                    .longs(new TreeSet<>(mtIds))) {
                return statement.update();
            }
        });
    }

    private int resend(Connection connection, Collection<Long> mtIds, Set<String> accounts) throws SQLException {
        Map<Long, List<Long>> byDelivery = new TreeMap<>();
        try (Bulk statement = new Bulk(connection, FIND).longs(new TreeSet<>(mtIds));
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                byDelivery
                        .computeIfAbsent(rows.getLong(1), delivery -> new ArrayList<>())
                        .add(rows.getLong(3));
                accounts.add(rows.getString(2));
            }
        }
        int count = 0;
        for (Map.Entry<Long, List<Long>> group : byDelivery.entrySet()) {
            List<Long> ids = group.getValue();
            for (int from = 0; from < ids.size(); from += MtId.PART_CAPACITY) {
                List<Long> some = ids.subList(from, Math.min(ids.size(), from + MtId.PART_CAPACITY));
                count += resend(connection, group.getKey(), some);
            }
        }
        return count;
    }

    private int resend(Connection connection, long delivery, List<Long> mtIds) throws SQLException {
        long part = partIds.next(connection);
        try (Bulk insert = new Bulk(connection, PART)
                        .number(part)
                        .integer(mtIds.size())
                        .longs(mtIds)
                        .number(delivery);
                Bulk update = new Bulk(connection, RESEND).number(part).longs(mtIds)) {
            return insert.update() == 0 ? 0 : update.update();
        }
    }
}
