// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import org.smsprocess.delivery.Bulk;

/** Is the slot's lease still this epoch's? */
final class Fence {
    // for share: who takes the lease over waits until this transaction has ended, and then sees what it did
    private static final String HOLDS =
            "select from slot_lease where slot = ? and epoch = ? and expires_at > clock_timestamp() for share";

    private Fence() {}

    /** Within a transaction: true holds until its end. */
    static boolean holds(Connection connection, SlotEpoch slot) throws SQLException {
        try (Bulk statement = new Bulk(connection, HOLDS).text(slot.slot()).number(slot.epoch())) {
            return statement.exists();
        }
    }
}
