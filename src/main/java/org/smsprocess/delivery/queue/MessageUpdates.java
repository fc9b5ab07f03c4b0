// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.MessageTable;

/** Bulk updates of messages within a recording. The lists are ordered by message id. */
final class MessageUpdates {
    // The final status may have come before (an SR is quick): then only what the answer adds is filled in.
    private static final String SENT = "update %s m set"
            + " status = case when m.status in ('queued', 'submitting', 'in_doubt', 'held', 'cancelled') then 'sent' else m.status end,"
            + " parts = u.parts, provider_message_id = coalesce(u.provider_id, m.provider_message_id),"
            + " submitted_at = case when u.submitted = 0 then m.submitted_at else to_timestamp(u.submitted / 1000::float8) end,"
            + " sent_at = to_timestamp(u.settled / 1000::float8),"
            + " error = case when m.status in ('delivered', 'failed') then m.error end,"
            + " final_at = case when m.status in ('delivered', 'failed') then m.final_at end"
            + " from unnest(?::bigint[], ?::smallint[], ?::text[], ?::bigint[], ?::bigint[])"
            + " as u(id, parts, provider_id, submitted, settled)"
            + " where m.id = u.id and m.sent_at is null and m.status <> 'verified'";

    /** The message is not settled and belongs to the part that the settlement names, or is in doubt. */
    static final String STILL_OPEN =
            "(m.status in ('queued', 'submitting') and coalesce(m.retry_part, m.id >> 10) = u.part)";

    private static final String ENDED =
            "update message m set status = ?::message_status, parts = u.parts, error = u.error,"
                    + " submitted_at = case when u.submitted = 0 then m.submitted_at else to_timestamp(u.submitted / 1000::float8) end,"
                    + " final_at = to_timestamp(u.settled / 1000::float8)"
                    + " from unnest(?::bigint[], ?::bigint[], ?::boolean[], ?::smallint[], ?::text[], ?::bigint[], ?::bigint[])"
                    + " as u(id, part, owned, parts, error, submitted, settled)"
                    + " where m.id = u.id"
                    + " and (u.owned and " + STILL_OPEN + " or m.status in ('in_doubt', 'held'))";

    private static final String HELD = "with held as (update message m set status = 'held', error = u.error,"
            + " attempts = attempts + 1, submitted_at = to_timestamp(u.submitted / 1000::float8),"
            + " progress = coalesce(u.progress, m.progress)"
            + " from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::text[])"
            + " as u(id, part, error, submitted, progress)"
            + " where m.id = u.id and " + STILL_OPEN + " returning m.id)"
            + " insert into held_message (mt_id, account) select id, ? from held on conflict do nothing";

    private final Connection connection;

    MessageUpdates(Connection connection) {
        this.connection = connection;
    }

    void sent(List<Settlement> all) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        Columns columns = new Columns(all);
        try (Bulk statement = new Bulk(connection, SENT.formatted(columns.table()))
                .longs(columns.ids)
                .shorts(columns.parts)
                .foreignTexts(columns.providerIds)
                .longs(columns.submitted)
                .longs(columns.settled)) {
            statement.update();
        }
    }

    /** @param status failed or verified */
    void ended(String status, List<Settlement> all, Set<Long> ownedParts) throws SQLException {
        if (all.isEmpty()) {
            return;
        }
        Columns columns = new Columns(all);
        boolean[] owned = new boolean[all.size()];
        for (int i = 0; i < owned.length; i++) {
            owned[i] = ownedParts.contains(columns.partIds[i]);
        }
        try (Bulk statement = new Bulk(connection, ENDED)
                .text(status)
                .longs(columns.ids)
                .longs(columns.partIds)
                .flags(owned)
                .shorts(columns.parts)
                .foreignTexts(columns.errors)
                .longs(columns.submitted)
                .longs(columns.settled)) {
            statement.update();
        }
    }

    void held(List<Settlement> all, String account, Set<Long> ownedParts) throws SQLException {
        List<Settlement> owned = all.stream()
                .filter(settlement -> ownedParts.contains(settlement.partId()))
                .toList();
        if (owned.isEmpty()) {
            return;
        }
        Columns columns = new Columns(owned);
        try (Bulk statement = new Bulk(connection, HELD)
                .longs(columns.ids)
                .longs(columns.partIds)
                .foreignTexts(columns.errors)
                .longs(columns.submitted)
                .texts(owned.stream().map(Settlement::progressText).toArray(String[]::new))
                .text(account)) {
            statement.update();
        }
    }

    /** The settlements by column. */
    private static final class Columns {
        final long[] ids;
        final long[] partIds;
        final short[] parts;
        final @Nullable String[] providerIds;
        final @Nullable String[] errors;
        final long[] submitted;
        final long[] settled;

        Columns(List<Settlement> all) {
            int count = all.size();
            ids = new long[count];
            partIds = new long[count];
            parts = new short[count];
            providerIds = new String[count];
            errors = new String[count];
            submitted = new long[count];
            settled = new long[count];
            for (int i = 0; i < count; i++) {
                Settlement settlement = all.get(i);
                ids[i] = settlement.mtId();
                partIds[i] = settlement.partId();
                parts[i] = (short) settlement.parts();
                providerIds[i] = settlement.providerId();
                errors[i] = settlement.error();
                submitted[i] = settlement.submittedAtMillis();
                settled[i] = settlement.settledAtMillis();
            }
        }

        String table() {
            return MessageTable.holding(ids[0], ids[ids.length - 1]);
        }
    }
}
