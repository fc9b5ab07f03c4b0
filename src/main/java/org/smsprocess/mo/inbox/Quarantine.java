// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.store.Database;

/**
 * Numbers not to be written to, per short code. Compared by their digits, so that {@code +} and blanks make no difference; a
 * name (alphanumeric sender) by all of it, so that it is no number that happens to have its digits. A change holds for the messages that
 * are claimed after it. Thread-safe.
 */
public final class Quarantine {
    private static final String ADD = """
            insert into quarantine (short_code, digits, number, reason)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as added (short_code, digits, number, reason)
            on conflict (short_code, digits) do nothing""";

    private static final String REMOVE = """
            delete from quarantine where (short_code, digits) in (select * from unnest(?::text[], ?::text[]))""";

    private static final String COLUMNS = "select q.short_code, q.digits, q.number, q.reason, q.created_at from ";

    private static final String OF_ALL =
            COLUMNS + "quarantine q where (short_code, digits) > (?, ?) order by short_code, digits limit ?";

    private static final String OF_CODE =
            COLUMNS + "quarantine q where short_code = ? and digits > ? order by digits limit ?";

    /** The key begins with the short code, and there are few: from one to the next, and in each by key. */
    private static final String OF_NUMBER = """
            with recursive code (short_code) as (
                select min(short_code) from quarantine
                union all
                select (select min(q.short_code) from quarantine q where q.short_code > code.short_code)
                from code where code.short_code is not null)
            """ + COLUMNS
            + "code cross join lateral (select * from quarantine where short_code = code.short_code and digits = ? offset 0) q"
            + " where (q.short_code, q.digits) > (?, ?) order by q.short_code limit ?";

    private static final String ONE =
            COLUMNS + "quarantine q where short_code = ? and digits = ? and digits > ? limit ?";

    /** Locks are taken in one order, so that two transactions never wait for each other. */
    private static final Comparator<Entry> IN_ORDER =
            Comparator.comparing(Entry::shortCode).thenComparing(Entry::digits);

    private final Database database;

    /** A number in the scope of a short code. */
    public record Entry(String shortCode, String number) {
        String digits() {
            if (number.codePoints().anyMatch(Character::isLetter)) {
                return number;
            }
            String digits = number.replaceAll("[^0-9]", "");
            return digits.isEmpty() ? number : digits;
        }
    }

    /** @param reason for people, e.g. who did it */
    public record Addition(Entry entry, String reason) {}

    /** Where a list stands: all up to here has been seen. */
    public record Position(String shortCode, String digits) {
        /** Before the first. */
        public static final Position START = new Position("", "");
    }

    /** One that is in quarantine. */
    public record Listed(Position position, String number, String reason, Instant since) {
        public String shortCode() {
            return position.shortCode();
        }
    }

    public Quarantine(Database database) {
        this.database = database;
    }

    /**
     * Adds those that are not there; the others keep their reason.
     *
     * @return how many were not there
     */
    public CompletionStage<Integer> add(Collection<Addition> additions) {
        return database.queries().transaction(connection -> add(connection, additions));
    }

    /** @return how many were there */
    public CompletionStage<Integer> remove(Collection<Entry> entries) {
        return database.queries().transaction(connection -> remove(connection, entries));
    }

    /**
     * The next of a list by short code and digits.
     *
     * @param shortCode null: of all
     * @param number null: all of them
     * @param limit 1 or more
     */
    public CompletionStage<List<Listed>> page(
            @Nullable String shortCode, @Nullable String number, Position after, int limit) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = list(connection, shortCode, number, after, limit);
                    ResultSet rows = statement.executeQuery()) {
                List<Listed> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(new Listed(
                            new Position(rows.getString(1), rows.getString(2)),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getObject(5, OffsetDateTime.class).toInstant()));
                }
                return page;
            }
        });
    }

    private static PreparedStatement list(
            Connection connection, @Nullable String shortCode, @Nullable String number, Position after, int limit)
            throws SQLException {
        String digits = number == null ? "" : new Entry("", number).digits();
        if (shortCode != null) {
            return number == null
                    ? prepare(connection, OF_CODE, limit, shortCode, after.digits())
                    : prepare(connection, ONE, limit, shortCode, digits, after.digits());
        }
        return number == null
                ? prepare(connection, OF_ALL, limit, after.shortCode(), after.digits())
                : prepare(connection, OF_NUMBER, limit, digits, after.shortCode(), after.digits());
    }

    /** The limit is the last parameter. */
    private static PreparedStatement prepare(Connection connection, String sql, int limit, String... texts)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < texts.length; i++) {
            statement.setString(i + 1, texts[i]);
        }
        statement.setInt(texts.length + 1, limit);
        return statement;
    }

    static int add(Connection connection, Collection<Addition> additions) throws SQLException {
        if (additions.isEmpty()) {
            return 0;
        }
        List<Addition> rows = additions.stream()
                .sorted(Comparator.comparing(Addition::entry, IN_ORDER))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            new Columns<>(connection, statement, rows)
                    .add("text", row -> row.entry().shortCode())
                    .add("text", row -> row.entry().digits())
                    .add("text", row -> row.entry().number())
                    .add("text", Addition::reason);
            return statement.executeUpdate();
        }
    }

    static int remove(Connection connection, Collection<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            new Columns<>(
                            connection,
                            statement,
                            entries.stream().sorted(IN_ORDER).toList())
                    .add("text", Entry::shortCode)
                    .add("text", Entry::digits);
            return statement.executeUpdate();
        }
    }
}
