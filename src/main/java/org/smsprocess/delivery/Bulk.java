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
public final class Bulk implements AutoCloseable {
    private final PGConnection arrays;
    private final PreparedStatement statement;
    private int index;

    public Bulk(Connection connection, String sql) throws SQLException {
        arrays = connection.unwrap(PGConnection.class);
        statement = connection.prepareStatement(sql);
    }

    public Bulk longs(long[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int8", values));
        return this;
    }

    public Bulk longs(Collection<Long> values) throws SQLException {
        return longs(values.stream().mapToLong(Long::longValue).toArray());
    }

    public Bulk integers(int[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int4", values));
        return this;
    }

    public Bulk shorts(short[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int2", values));
        return this;
    }

    public Bulk flags(boolean[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("bool", values));
        return this;
    }

    public Bulk texts(@Nullable String[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("text", values));
        return this;
    }

    /** For what came over SMPP: PostgreSQL's text holds no NUL, and one must not stop a batch. */
    public Bulk foreignTexts(@Nullable String[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            if (value != null && value.indexOf('\0') >= 0) {
                values[i] = value.replace('\0', ' ');
            }
        }
        return texts(values);
    }

    public Bulk texts(List<String> values) throws SQLException {
        return texts(values.toArray(String[]::new));
    }

    public Bulk number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    public Bulk nullableNumbers(@Nullable Long[] values) throws SQLException {
        statement.setArray(++index, arrays.createArrayOf("int8", values));
        return this;
    }

    public Bulk nullableNumber(@Nullable Long value) throws SQLException {
        statement.setObject(++index, value, Types.BIGINT);
        return this;
    }

    public Bulk integer(int value) throws SQLException {
        statement.setInt(++index, value);
        return this;
    }

    public Bulk flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    public Bulk text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    public int update() throws SQLException {
        return statement.executeUpdate();
    }

    public ResultSet query() throws SQLException {
        return statement.executeQuery();
    }

    /** @return whether there is a row */
    public boolean exists() throws SQLException {
        try (ResultSet rows = query()) {
            return rows.next();
        }
    }

    /** First column of all rows. */
    public static long[] longs(ResultSet rows) throws SQLException {
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
