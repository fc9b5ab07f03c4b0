// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.Connection;
import java.sql.SQLException;

/** {@link SqlWork} without a result. */
@FunctionalInterface
public interface SqlAction {
    void run(Connection connection) throws SQLException;
}
