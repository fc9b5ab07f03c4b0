// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads SQLSTATE classes (PostgreSQL documentation, appendix A). */
public final class SqlErrors {
    private SqlErrors() {}

    /**
     * The database could not be reached, went away, or can't take anything now: class 08, 57P01 to 57P03 (shutdown), class 53 (out of
     * disk, memory or connections), class 58 (input or output failed), 25006 (a standby that is not promoted yet).
     */
    public static boolean isAway(Throwable error) {
        SQLException cause = sqlCause(error);
        if (cause == null) {
            return false;
        }
        String state = state(cause);
        return cause instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("57P0")
                || state.equals("25P03") // the session was ended: this node stood still in the middle of a transaction
                || state.startsWith("53")
                || state.startsWith("58")
                || state.equals("25006");
    }

    /** It works, but did not get this done in time: 57014 (statement-timeout), or a conflict that came back at each attempt. */
    public static boolean isOverloaded(Throwable error) {
        SQLException cause = sqlCause(error);
        return cause != null && (state(cause).equals("57014") || isRepeatable(cause));
    }

    /** Wrong user or password (class 28), or no such database (3D000): asking again cannot help. */
    public static boolean isLoginRefused(Throwable error) {
        SQLException cause = sqlCause(error);
        return cause != null && (state(cause).startsWith("28") || state(cause).equals("3D000"));
    }

    /** The key below {@code datastore} that says what the database refuses, or where it should be; none of errors of SQL. */
    static Optional<String> keyToLookAt(Throwable error) {
        SQLException cause = sqlCause(error);
        if (cause == null) {
            return Optional.empty();
        }
        return switch (state(cause)) {
            case "28P01" -> Optional.of("password");
            case "28000" -> Optional.of("user");
            case "3D000" -> Optional.of("url");
            default -> state(cause).startsWith("08") ? Optional.of("url") : Optional.empty();
        };
    }

    /** The same transaction may succeed at once: serialization failure or deadlock. */
    public static boolean isRepeatable(Throwable error) {
        SQLException cause = sqlCause(error);
        return cause != null && (state(cause).equals("40001") || state(cause).equals("40P01"));
    }

    /** The data itself is refused (class 22 data exception, 23 integrity): trying again cannot help. */
    public static boolean isBadData(Throwable error) {
        SQLException cause = sqlCause(error);
        return cause != null && (state(cause).startsWith("22") || state(cause).startsWith("23"));
    }

    private static @Nullable SQLException sqlCause(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }
}
