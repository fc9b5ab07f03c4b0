// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.SettingsJson;
import org.smsprocess.message.MtId;

/**
 * Deliveries, delivery parts and messages that are to be inserted, with one statement: so they are there together or not at all, at the
 * price of one round trip. Not thread-safe.
 */
final class NewRows {
    /** A part and its messages, at most {@link MtId#PART_CAPACITY}. */
    record Part(long id, long deliveryId, String account, DeliverySettings settings, boolean paused, List<NewMt> mts) {}

    private record Delivery(long id, String account, DeliverySettings settings, boolean open) {}

    private static final String INSERT = "with new_delivery as ("
            + "insert into delivery (id, account, settings, state, open)"
            + " select id, account, settings::jsonb, 'running', open"
            + " from unnest(?::bigint[], ?::text[], ?::text[], ?::boolean[]) as d(id, account, settings, open)"
            + "), new_part as ("
            + "insert into delivery_part (id, delivery_id, account, priority, due_at, paused, messages)"
            + " select id, delivery_id, account, priority,"
            + " case when due = 0 then now() else to_timestamp(due / 1000::float8) end, paused, messages"
            + " from unnest(?::bigint[], ?::bigint[], ?::text[], ?::smallint[], ?::bigint[], ?::boolean[], ?::integer[])"
            + " as p(id, delivery_id, account, priority, due, paused, messages)"
            + "), new_range as ("
            + "insert into delivery_range (delivery_id, part_id, messages)"
            + " select * from unnest(?::bigint[], ?::bigint[], ?::integer[])"
            + ") insert into message (id, account, delivery_id, sender, recipient, body, fields, reference)"
            + " select id, (?::text[])[part], (?::bigint[])[part], (?::text[])[part], recipient, body, fields, reference"
            + " from unnest(?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[])"
            + " as m(id, part, recipient, body, fields, reference)";

    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private int messages;

    void delivery(long id, String account, DeliverySettings settings, boolean open) {
        deliveries.add(new Delivery(id, account, settings, open));
    }

    void part(Part part) {
        parts.add(part);
        messages += part.mts().size();
    }

    int messages() {
        return messages;
    }

    void insert(Connection connection) throws SQLException {
        try (Bulk statement = new Bulk(connection, INSERT)) {
            bindDeliveries(statement);
            bindParts(statement);
            bindMessages(statement);
            statement.update();
        }
    }

    private void bindDeliveries(Bulk statement) throws SQLException {
        int count = deliveries.size();
        long[] ids = new long[count];
        String[] accounts = new String[count];
        String[] settings = new String[count];
        boolean[] open = new boolean[count];
        for (int i = 0; i < count; i++) {
            Delivery delivery = deliveries.get(i);
            ids[i] = delivery.id();
            accounts[i] = delivery.account();
            settings[i] = SettingsJson.write(delivery.settings());
            open[i] = delivery.open();
        }
        statement.longs(ids).texts(accounts).texts(settings).flags(open);
    }

    private void bindParts(Bulk statement) throws SQLException {
        int count = parts.size();
        long[] ids = new long[count];
        long[] deliveryIds = new long[count];
        String[] accounts = new String[count];
        @Nullable String[] senders = new String[count];
        short[] priorities = new short[count];
        long[] due = new long[count];
        boolean[] paused = new boolean[count];
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            Part part = parts.get(i);
            DeliverySettings settings = part.settings();
            ids[i] = part.id();
            deliveryIds[i] = part.deliveryId();
            accounts[i] = part.account();
            senders[i] = settings.sender();
            priorities[i] = (short) settings.priority();
            due[i] = settings.sendAt() == null ? 0 : settings.sendAt().toEpochMilli();
            paused[i] = part.paused();
            sizes[i] = part.mts().size();
        }
        statement
                .longs(ids)
                .longs(deliveryIds)
                .texts(accounts)
                .shorts(priorities)
                .longs(due)
                .flags(paused);
        statement.integers(sizes).longs(deliveryIds).longs(ids).integers(sizes);
        statement.texts(accounts).longs(deliveryIds).texts(senders);
    }

    private void bindMessages(Bulk statement) throws SQLException {
        long[] ids = new long[messages];
        int[] partNumbers = new int[messages];
        String[] recipients = new String[messages];
        @Nullable String[] bodies = new String[messages];
        @Nullable String[] fields = new String[messages];
        @Nullable String[] references = new String[messages];
        int row = 0;
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            for (int i = 0; i < part.mts().size(); i++, row++) {
                NewMt mt = part.mts().get(i);
                ids[row] = MtId.of(part.id(), i);
                partNumbers[row] = p + 1; // arrays in SQL begin with 1
                recipients[row] = mt.to();
                bodies[row] = mt.text();
                fields[row] = mt.fields();
                references[row] = mt.reference();
            }
        }
        statement.longs(ids).integers(partNumbers).texts(recipients).texts(bodies);
        statement.texts(fields).texts(references);
    }
}
