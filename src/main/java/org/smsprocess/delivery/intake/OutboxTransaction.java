// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.intake.AcceptBatch.Key;
import org.smsprocess.message.MtId;

/** Moves waiting rows of the outbox to messages; a row that cannot be one is told why. Used once, within one transaction. */
final class OutboxTransaction {
    /** Of one transaction: large enough to be cheap, small enough to hold nobody up. */
    static final int ROWS = 5000;

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,20}");
    private static final String TAKE =
            "select id, account, recipient, body, sender, priority, max_parts, send_at, reference"
                    + " from outbox where taken_at is null order by id limit " + ROWS + " for update skip locked";
    private static final String DONE =
            "update outbox o set taken_at = now(), message_id = nullif(u.message_id, 0), error = u.error"
                    + " from unnest(?::bigint[], ?::bigint[], ?::text[]) as u(id, message_id, error) where o.id = u.id";

    private record Row(long id, NewMt mt) {}

    private final Connection connection;
    private final Predicate<String> isAccount;
    private final int partSize;
    private final IdBlocks partIds;
    private final IdBlocks deliveryIds;
    private final Map<Key, List<Row>> groups = new LinkedHashMap<>();
    private final List<Long> doneIds = new ArrayList<>();
    private final List<Long> messageIds = new ArrayList<>();
    private final List<@Nullable String> errors = new ArrayList<>();

    OutboxTransaction(
            Connection connection, Predicate<String> isAccount, int partSize, IdBlocks partIds, IdBlocks deliveryIds) {
        this.connection = connection;
        this.isAccount = isAccount;
        this.partSize = partSize;
        this.partIds = partIds;
        this.deliveryIds = deliveryIds;
    }

    /** @param accounts filled with those that have new messages @return rows taken */
    int run(Set<String> accounts) throws SQLException {
        int taken = take();
        if (taken == 0) {
            return 0;
        }
        NewRows rows = new NewRows();
        for (Map.Entry<Key, List<Row>> group : groups.entrySet()) {
            place(group.getKey(), group.getValue(), rows);
            accounts.add(group.getKey().account());
        }
        rows.insert(connection);
        try (Bulk statement =
                new Bulk(connection, DONE).longs(doneIds).longs(messageIds).texts(errors.toArray(String[]::new))) {
            statement.update();
        }
        return taken;
    }

    private int take() throws SQLException {
        int taken = 0;
        try (Bulk statement = new Bulk(connection, TAKE);
                ResultSet row = statement.query()) {
            while (row.next()) {
                taken++;
                String error = error(row);
                if (error != null) {
                    done(row.getLong(1), 0, error);
                } else {
                    NewMt mt = new NewMt(row.getString(3), row.getString(4), null, row.getString(9));
                    groups.computeIfAbsent(key(row), key -> new ArrayList<>()).add(new Row(row.getLong(1), mt));
                }
            }
        }
        return taken;
    }

    private static Key key(ResultSet row) throws SQLException {
        Timestamp sendAt = row.getTimestamp(8);
        Instant at = sendAt == null ? null : sendAt.toInstant();
        DeliverySettings settings =
                new DeliverySettings(row.getString(5), row.getInt(6), row.getInt(7), at, true, WireSettings.NONE);
        return new Key(row.getString(2), settings);
    }

    /** @return the column and what is wrong with it, or null */
    private @Nullable String error(ResultSet row) throws SQLException {
        String sender = row.getString(5);
        if (!isAccount.test(row.getString(2))) {
            return "account: " + row.getString(2) + " is not an account";
        }
        if (!NUMBER.matcher(row.getString(3)).matches()) {
            return "recipient: " + row.getString(3) + " is not a number (3 to 20 digits, + before them or not)";
        }
        if (row.getString(4).isEmpty()) {
            return "body: is empty";
        }
        if (sender != null && (sender.isEmpty() || sender.length() > 20)) {
            return "sender: " + sender + " is not 1 to 20 characters long";
        }
        if (sender != null && !sender.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return "sender: " + sender + " holds other characters than ASCII";
        }
        if (row.getInt(6) < 0 || row.getInt(6) > 3) {
            return "priority: " + row.getInt(6) + " is out of range (0 to 3)";
        }
        if (row.getInt(7) < 0 || row.getInt(7) > 255) {
            return "max_parts: " + row.getInt(7) + " is out of range (0 to 255)";
        }
        Timestamp sendAt = row.getTimestamp(8);
        int year = sendAt == null
                ? DeliverySettings.FIRST_YEAR
                : sendAt.toInstant().atOffset(ZoneOffset.UTC).getYear();
        if (year < DeliverySettings.FIRST_YEAR || year > DeliverySettings.LAST_YEAR) { // infinity is one too
            return "send_at: is out of range (years " + DeliverySettings.FIRST_YEAR + " to "
                    + DeliverySettings.LAST_YEAR + ")";
        }
        return null;
    }

    private void place(Key key, List<Row> some, NewRows rows) throws SQLException {
        long delivery = deliveryIds.next(connection);
        rows.delivery(delivery, key.account(), key.settings(), false);
        for (int from = 0; from < some.size(); from += partSize) {
            List<Row> inPart = some.subList(from, Math.min(some.size(), from + partSize));
            long part = partIds.next(connection);
            List<NewMt> mts = inPart.stream().map(Row::mt).toList();
            rows.part(new NewRows.Part(part, delivery, key.account(), key.settings(), false, mts));
            for (int i = 0; i < inPart.size(); i++) {
                done(inPart.get(i).id(), MtId.of(part, i), null);
            }
        }
    }

    private void done(long id, long messageId, @Nullable String error) {
        doneIds.add(id);
        messageIds.add(messageId);
        errors.add(error);
    }
}
