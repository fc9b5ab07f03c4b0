// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A prepared statement whose parameters are bound in their order; bulk parameters are arrays, for {@code unnest} and {@code any}. Not
 * thread-safe.
 */
final class Bulk implements AutoCloseable {
    private final PGConnection arrays;
    private final PreparedStatement statement;
    private int index;

    Bulk(Connection connection, String sql) throws SQLException {
        arrays = connection.unwrap(PGConnection.class);
        statement = connection.prepareStatement(sql);
    }

    Bulk longs(long[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int8", values));
        return this;
    }

    Bulk longs(Collection<Long> values) throws SQLException {
        return longs(values.stream().mapToLong(Long::longValue).toArray());
    }

    Bulk integers(int[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int4", values));
        return this;
    }

    Bulk shorts(short[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int2", values));
        return this;
    }

    Bulk flags(boolean[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("bool", values));
        return this;
    }

    Bulk texts(@Nullable String[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("text", values));
        return this;
    }

    /** For what came over SMPP: PostgreSQL's text holds no NUL, and one must not stop a batch. */
    Bulk foreignTexts(@Nullable String[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value != null && value.indexOf('\0') >= 0) {
                values[i] = value.replace('\0', ' ');
            }
        }
        return texts(values);
    }

    Bulk texts(List<String> values) throws SQLException {
        return texts(values.toArray(String[]::new));
    }

    Bulk number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Bulk nullableNumbers(@Nullable Long[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int8", values));
        return this;
    }

    Bulk nullableNumber(@Nullable Long value) throws SQLException {
        statement.setObject(++index, value, Types.BIGINT);
        return this;
    }

    Bulk integer(int value) throws SQLException {
        statement.setInt(++index, value);
        return this;
    }

    Bulk flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Bulk text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    int update() throws SQLException {
        return statement.executeUpdate();
    }

    ResultSet query() throws SQLException {
        return statement.executeQuery();
    }

    /** @return whether there is a row */
    boolean exists() throws SQLException {
        try (ResultSet rows = query()) {
            return rows.next();
        }
    }

    /** First column of all rows. */
    static long[] longs(ResultSet rows) throws SQLException {
        LongStream.Builder values = LongStream.builder();
        while (rows.next()) {
            values.add(rows.getLong(1));
        }
        return values.build().toArray();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
