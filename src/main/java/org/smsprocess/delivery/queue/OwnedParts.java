// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.smsprocess.delivery.Bulk;

/** The parts of a recording that the slot still owns in this epoch, locked until the transaction ends. */
final class OwnedParts {
    private static final String LOCK = "select id, delivery_id, account, priority, attempt from delivery_part"
            + " where id = any(?) and owner = ? and epoch = ? order by id for update";
    private static final String DELETE = "delete from delivery_part where id = any(?) and owner = ? and epoch = ?";
    private static final String WATCH = "with done as (" + DELETE + " returning id, account, mt_ids)"
            + " insert into query_watch (part_id, account, mt_ids, due_at)"
            + " select id, account, mt_ids, now() + ? * interval '1 ms' from done on conflict do nothing";

    /** What a retry part takes over. */
    record Part(long id, long deliveryId, String account, int priority, int attempt) {}

    private final Connection connection;
    private final SlotEpoch slot;
    private final Map<Long, Part> byId;

    static OwnedParts lock(Connection connection, SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts)
            throws SQLException {
        Set<Long> wanted = new TreeSet<>();
        for (Settlement settlement : settlements) {
            if (RecordTransaction.needsPart(settlement)) {
                wanted.add(settlement.partId());
            }
        }
        if (wanted.isEmpty()) {
            return new OwnedParts(connection, slot, Map.of());
        }
        wanted.addAll(doneParts);
        Map<Long, Part> byId = new HashMap<>();
        try (Bulk statement = new Bulk(connection, LOCK)
                        .longs(wanted)
                        .text(slot.slot())
                        .number(slot.epoch());
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                Part part =
                        new Part(rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getInt(4), rows.getInt(5));
                byId.put(part.id(), part);
            }
        }
        return new OwnedParts(connection, slot, byId);
    }

    private OwnedParts(Connection connection, SlotEpoch slot, Map<Long, Part> byId) {
        this.connection = connection;
        this.slot = slot;
        this.byId = byId;
    }

    Set<Long> ids() {
        return byId.keySet();
    }

    /** @throws NullPointerException unless the part is owned */
    Part get(long partId) {
        return Objects.requireNonNull(byId.get(partId));
    }

    /** @return 0 for a part that is not owned */
    int attempt(long partId) {
        Part part = byId.get(partId);
        return part == null ? 0 : part.attempt();
    }

    void delete(List<Long> doneParts) throws SQLException {
        if (doneParts.isEmpty()) {
            return;
        }
        try (Bulk statement = new Bulk(connection, DELETE)
                .longs(new TreeSet<>(doneParts))
                .text(slot.slot())
                .number(slot.epoch())) {
            statement.update();
        }
    }

    /** Deletes them too, and notes that the SMSC is to be asked for what is open of them then. */
    void watch(List<Long> doneParts, Duration after) throws SQLException {
        if (doneParts.isEmpty()) {
            return;
        }
        try (Bulk statement = new Bulk(connection, WATCH)
                .longs(new TreeSet<>(doneParts))
                .text(slot.slot())
                .number(slot.epoch())
                .number(after.toMillis())) {
            statement.update();
        }
    }
}
