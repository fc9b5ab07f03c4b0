// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;

/**
 * Takes over what earlier epochs of a slot left. Where messages were marked before they reached the socket, only the marked ones may
 * have been submitted: the others go back to the queue. What is handed out is settled by the recovery, which sends nothing again, so it
 * gets no mark here. Used once, within one transaction.
 */
final class RecoverTransaction {
    private static final String TAKE = "update delivery_part p set epoch = ? from delivery d"
            + " where p.account = ? and p.owner = ? and p.epoch <= ? and p.id <> all(?) and d.id = p.delivery_id"
            + " returning p.id, p.delivery_id, p.attempt, p.mt_ids is not null, d.settings::text, d.template, p.marked";
    private static final String OPEN = "select part.id, m.id, m.status = 'submitting' from delivery_part part"
            + " cross join lateral (select m.id, m.status from message m where part.mt_ids is null"
            + " and m.id >= part.id * 1024 and m.id < part.id * 1024 + 1024 and m.retry_part is null"
            + " union all select m.id, m.status from unnest(part.mt_ids) as listed(id)"
            + " join message m on m.id = listed.id and m.retry_part = part.id offset 0) m"
            + " where part.id = any(?) and m.status in ('queued', 'submitting') order by m.id";

    private record Open(long partId, long mtId, boolean isSubmitting) {}

    private final Connection connection;
    private final SlotEpoch slot;
    private final long lastEpoch;
    private final IdBlocks partIds;
    private final Set<Long> known;
    private final Set<Long> markedParts = new HashSet<>();

    /**
     * @param lastEpoch the last whose parts are taken over
     * @param known parts that this epoch has claimed or recovered before
     */
    RecoverTransaction(Connection connection, SlotEpoch slot, long lastEpoch, IdBlocks partIds, Set<Long> known) {
        this.known = known;
        this.connection = connection;
        this.slot = slot;
        this.lastEpoch = lastEpoch;
        this.partIds = partIds;
    }

    List<ClaimedPart> run(String shortCode) throws SQLException {
        if (!Fence.holds(connection, slot)) {
            return List.of();
        }
        List<PartRow> parts = take();
        if (parts.isEmpty()) {
            return List.of();
        }
        List<Settlement> neverSubmitted = new ArrayList<>();
        for (Open open : open(parts)) {
            if (markedParts.contains(open.partId()) && !open.isSubmitting()) {
                neverSubmitted.add(requeue(open));
            }
        }
        OwnedParts owned = OwnedParts.lock(connection, slot, neverSubmitted, List.of());
        new RetryParts(connection, partIds, owned).move(neverSubmitted, RetryParts.Move.requeue());
        return closeEmpty(PartMessages.attach(connection, parts, shortCode), owned);
    }

    private List<PartRow> take() throws SQLException {
        List<PartRow> taken = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, TAKE)
                        .number(slot.epoch())
                        .text(slot.account())
                        .text(slot.slot())
                        .number(lastEpoch)
                        .longs(known);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                PartRow part = PartRow.read(rows);
                taken.add(part);
                if (rows.getBoolean(7)) {
                    markedParts.add(part.id());
                }
            }
        }
        return taken;
    }

    private List<Open> open(List<PartRow> parts) throws SQLException {
        List<Open> found = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, OPEN)
                        .longs(parts.stream().mapToLong(PartRow::id).toArray());
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                found.add(new Open(rows.getLong(1), rows.getLong(2), rows.getBoolean(3)));
            }
        }
        return found;
    }

    private List<ClaimedPart> closeEmpty(List<ClaimedPart> parts, OwnedParts owned) throws SQLException {
        owned.delete(parts.stream()
                .filter(part -> part.messages().isEmpty())
                .map(ClaimedPart::partId)
                .toList());
        return parts.stream().filter(part -> !part.messages().isEmpty()).toList();
    }

    private static Settlement requeue(Open open) {
        return new Settlement(open.mtId(), open.partId(), Settlement.Kind.REQUEUE, 0, null, null, 0, 0);
    }
}
