// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.SettingsJson;

/**
 * A delivery part with what its delivery says, without its messages.
 *
 * @param isRetry lists message ids instead of being a range
 * @param settings as JSON
 */
record PartRow(
        long id,
        long deliveryId,
        int attempt,
        boolean isRetry,
        String settings,
        @Nullable String template) {

    /** Columns in this order: id, delivery_id, attempt, is retry, settings, template. */
    static PartRow read(ResultSet row) throws SQLException {
        return new PartRow(
                row.getLong(1), row.getLong(2), row.getInt(3), row.getBoolean(4), row.getString(5), row.getString(6));
    }

    ClaimedPart with(List<QueuedMt> messages) {
        return new ClaimedPart(id, deliveryId, SettingsJson.read(settings), template, attempt, messages);
    }
}
