// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What is done with a connection, on a thread of the lane. May run again after a serialization failure or deadlock. */
@FunctionalInterface
public interface SqlWork<T> {
    T run(Connection connection) throws SQLException;
}
