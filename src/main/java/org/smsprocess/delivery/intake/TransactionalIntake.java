// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.smsprocess.delivery.DeliverySettings;

/** Accepts messages in a transaction of the caller: exactly when what they answer is stored, even if the process dies meanwhile. */
public interface TransactionalIntake {
    /**
     * @return wakes those who send; to be run after the commit, and not without it
     */
    Runnable accept(Connection connection, List<Wanted> wanted) throws SQLException;

    /** Messages of one account with the same settings; at least one. */
    record Wanted(String account, DeliverySettings settings, List<NewMt> messages) {}
}
