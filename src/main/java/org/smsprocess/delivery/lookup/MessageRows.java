// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;

/** Reads rows of {@code message} as people see them. */
final class MessageRows {
    static final String COLUMNS =
            "m.id, m.account, m.delivery_id, m.recipient, m.sender, m.body, m.fields, m.reference,"
                    + " m.status::text, m.parts, m.attempts, m.resends, m.resend_reason, m.provider_message_id, m.error,"
                    + " m.created_at, m.submitted_at, m.sent_at, m.final_at,"
                    + " (select coalesce(r.outcome, 'requested') from cancel_request r where r.mt_id = m.id)";

    private MessageRows() {}

    static List<MessageInfo> read(Bulk statement) throws SQLException {
        List<MessageInfo> found = new ArrayList<>();
        try (ResultSet rows = statement.query()) {
            while (rows.next()) {
                found.add(row(rows));
            }
        }
        return found;
    }

    private static MessageInfo row(ResultSet row) throws SQLException {
        return new MessageInfo(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                MessageInfo.Status.valueOf(row.getString(9).toUpperCase(Locale.ROOT)),
                row.getInt(10),
                row.getInt(11),
                row.getInt(12),
                row.getString(13),
                row.getString(14),
                row.getString(15),
                row.getTimestamp(16).toInstant(),
                instant(row, 17),
                instant(row, 18),
                instant(row, 19),
                row.getString(20));
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }
}
