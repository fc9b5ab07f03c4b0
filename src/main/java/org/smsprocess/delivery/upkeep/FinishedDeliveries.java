// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.message.MtId;

/**
 * Completes deliveries that have no part left in the queue, and looks at all their messages when it does: one that is still to be sent
 * and in no part goes back to the queue, and the log says so. So a message cannot be forgotten.
 */
final class FinishedDeliveries {
    private static final Logger LOG = LoggerFactory.getLogger(FinishedDeliveries.class);
    /** Of one round of upkeep; what is left is looked at in the next. */
    private static final int AT_ONCE = 2000;

    private static final int MESSAGES_AT_ONCE = 2_000_000;
    private static final String CLOSE_SHARED =
            "update delivery set open = false where open and created_at < now() - ? * interval '1 ms'";
    private static final String WITHOUT_PARTS = "select id, coalesce((select sum(messages) from delivery_range r"
            + " where r.delivery_id = d.id), 0) from delivery d where completed_at is null and not open"
            + " and state = '%s' and not exists (select from delivery_part p where p.delivery_id = d.id)"
            + " order by id limit " + AT_ONCE;
    private static final String FORGOTTEN = "select r.delivery_id, m.id from delivery_range r"
            + " cross join lateral (select id, retry_part from message"
            + " where id >= r.part_id * 1024 and id < r.part_id * 1024 + 1024"
            + " and status in ('queued', 'submitting', 'in_doubt') offset 0) m where r.delivery_id = any(?)"
            + " and not exists (select from delivery_part p where p.id = coalesce(m.retry_part, r.part_id))"
            + " order by 1, 2";
    private static final String COMPLETE = "update delivery set completed_at = now(),"
            + " state = case when state = 'running' then 'completed' else state end"
            + " where id = any(?) and completed_at is null";
    private static final String REQUEUE_PART = "insert into delivery_part"
            + " (id, delivery_id, account, priority, due_at, messages, mt_ids)"
            + " select ?, id, account, coalesce((settings ->> 'priority')::smallint, 0), now(), ?, ? from delivery where id = ?";
    private static final String REQUEUE = "update message m set status = 'queued', retry_part = ?,"
            + " resends = resends + 1, resend_reason = 'was in no part' from unnest(?::bigint[]) as u(id) where m.id = u.id";

    private final Connection connection;
    private final IdBlocks partIds;

    FinishedDeliveries(Connection connection, IdBlocks partIds) {
        this.connection = connection;
        this.partIds = partIds;
    }

    /** @return how many were completed */
    int run(UpkeepSettings settings) throws SQLException {
        try (Bulk statement = new Bulk(connection, CLOSE_SHARED)
                .number(2 * settings.sharedDeliveryPeriod().toMillis())) {
            statement.update();
        }
        long[] running = withoutParts("running");
        List<Long> forgotten = forgotten(running);
        complete(Arrays.stream(running).filter(id -> !forgotten.contains(id)).toArray());
        complete(withoutParts("cancelled"));
        return running.length - forgotten.size();
    }

    /** The first, as many as can be looked through in seconds. */
    private long[] withoutParts(String state) throws SQLException {
        LongStream.Builder found = LongStream.builder();
        try (Bulk statement = new Bulk(connection, WITHOUT_PARTS.formatted(state));
                ResultSet rows = statement.query()) {
            long messages = 0;
            while (messages < MESSAGES_AT_ONCE && rows.next()) {
                found.add(rows.getLong(1));
                messages += rows.getLong(2);
            }
        }
        return found.build().toArray();
    }

    /** @return the deliveries that had such messages */
    private List<Long> forgotten(long[] deliveries) throws SQLException {
        List<Long> found = new ArrayList<>();
        if (deliveries.length == 0) {
            return found;
        }
        List<Long> messages = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, FORGOTTEN).longs(deliveries);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                long delivery = rows.getLong(1);
                boolean isNext = !found.isEmpty() && found.get(found.size() - 1) != delivery;
                if (isNext || messages.size() == MtId.PART_CAPACITY) {
                    requeue(found.get(found.size() - 1), messages);
                    messages.clear();
                }
                if (found.isEmpty() || isNext) {
                    found.add(delivery);
                }
                messages.add(rows.getLong(2));
            }
        }
        if (!messages.isEmpty()) {
            requeue(found.get(found.size() - 1), messages);
        }
        return found;
    }

    private void requeue(long delivery, List<Long> messages) throws SQLException {
        LOG.error(
                "{} messages of delivery {} were in no part, first {}; requeued",
                messages.size(),
                delivery,
                messages.get(0));
        long part = partIds.next(connection);
        try (Bulk insert = new Bulk(connection, REQUEUE_PART)
                        .number(part)
                        .integer(messages.size())
                        .longs(messages)
                        .number(delivery);
                Bulk update = new Bulk(connection, REQUEUE).number(part).longs(messages)) {
            insert.update();
            update.update();
        }
    }

    private void complete(long[] deliveries) throws SQLException {
        if (deliveries.length == 0) {
            return;
        }
        try (Bulk statement = new Bulk(connection, COMPLETE).longs(deliveries)) {
            statement.update();
        }
    }
}
