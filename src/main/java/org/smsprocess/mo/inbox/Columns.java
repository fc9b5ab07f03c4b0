// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement that takes its rows as one array for each column. Not thread-safe. */
final class Columns<R> {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<R> rows;
    private int columns;

    Columns(Connection connection, PreparedStatement statement, List<R> rows) {
        this(connection, statement, rows, 0);
    }

    /** @param before parameters already set */
    Columns(Connection connection, PreparedStatement statement, List<R> rows, int before) {
        this.columns = before;
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
    }

    /** The next column; {@code type} as PostgreSQL names it. */
    Columns<R> add(String type, Function<R, @Nullable Object> value) throws SQLException {
        Object[] values = type.equals("bytea") ? new byte[rows.size()][] : new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        statement.setArray(++columns, connection.createArrayOf(type, values));
        return this;
    }
}
