// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.smsprocess.delivery.Bulk;

/** Takes due parts: one row update per part, none per message. Used once, within one transaction. */
final class ClaimTransaction {
    // By priority, each with its own walk over the index: a heap of parts that are not due yet at a high priority costs
    // nothing.
    // The lease is locked for share: who takes it over waits until this has ended, and then recovers what was claimed.
    // Only if there is something: a lock has to be written to disk, and all slots of an account look when something
    // comes.
    private static final String CLAIM = "with something as materialized ("
            + "select from (values (3::smallint), (2::smallint), (1::smallint), (0::smallint)) as level(priority)"
            + " cross join lateral (select from delivery_part p"
            + " where p.account = ? and p.priority = level.priority and p.due_at <= now() and p.owner is null and not p.paused"
            + " order by p.due_at limit 1) as part limit 1"
            + "), lease as materialized ("
            + "select from slot_lease where slot = ? and epoch = ? and expires_at > clock_timestamp()"
            + " and exists (select from something) for share"
            + "), due as materialized ("
            + "select part.id, part.priority, part.due_at, part.messages"
            + " from (values (3::smallint), (2::smallint), (1::smallint), (0::smallint)) as level(priority)"
            + " cross join lateral (select id, priority, due_at, messages from delivery_part p"
            + " where p.account = ? and p.priority = level.priority and p.due_at <= now() and p.owner is null and not p.paused"
            + " and exists (select from lease)"
            + " order by p.due_at, p.id limit ? for update skip locked) as part limit ?"
            + "), counted as ("
            + "select id, messages, sum(messages) over (order by priority desc, due_at, id) as upto from due"
            + ") update delivery_part p set owner = ?, epoch = ?, claimed_at = now(), marked = ?"
            + " from counted, delivery d"
            + " where p.id = counted.id and (counted.upto <= ? or counted.upto = counted.messages) and d.id = p.delivery_id"
            + " returning p.id, p.delivery_id, p.attempt, p.mt_ids is not null, d.settings::text, d.template,"
            + " (select count(*) from due)";

    private final Connection connection;
    private final SlotEpoch slot;
    private int due;

    ClaimTransaction(Connection connection, SlotEpoch slot) {
        this.connection = connection;
        this.slot = slot;
    }

    /** @param marked messages will be marked submitting before they reach the socket */
    MtQueue.Claim run(int maxMessages, int maxParts, boolean marked, String shortCode) throws SQLException {
        List<PartRow> rows = claim(maxMessages, maxParts, marked);
        if (rows.isEmpty()) {
            return MtQueue.Claim.NOTHING;
        }
        markResends(rows);
        boolean isAll = due < maxParts && due == rows.size();
        return new MtQueue.Claim(PartMessages.attach(connection, rows, shortCode), isAll);
    }

    private List<PartRow> claim(int maxMessages, int maxParts, boolean marked) throws SQLException {
        List<PartRow> claimed = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, CLAIM)
                        .text(slot.account())
                        .text(slot.slot())
                        .number(slot.epoch())
                        .text(slot.account())
                        .integer(maxParts)
                        .integer(maxParts)
                        .text(slot.slot())
                        .number(slot.epoch())
                        .flag(marked)
                        .number(maxMessages);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                claimed.add(PartRow.read(rows));
                due = rows.getInt(7);
            }
        }
        return claimed;
    }

    /** What waited in doubt is now sent again, and says so. */
    private void markResends(List<PartRow> rows) throws SQLException {
        long[] retries =
                rows.stream().filter(PartRow::isRetry).mapToLong(PartRow::id).toArray();
        if (retries.length == 0) {
            return;
        }
        String sql = "update message m set status = 'queued', resends = resends + 1, resend_reason = 'answer lost'"
                + " from delivery_part p, unnest(p.mt_ids) as u(id)"
                + " where p.id = any(?) and m.id = u.id and m.retry_part = p.id and m.status = 'in_doubt'";
        try (Bulk statement = new Bulk(connection, sql).longs(retries)) {
            statement.update();
        }
    }
}
