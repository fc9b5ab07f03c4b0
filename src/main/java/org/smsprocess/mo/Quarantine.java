// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.smsprocess.store.Database;

/** Numbers not to be written to, per short code. Compared by their digits, so that {@code +} and blanks make no difference. */
public final class Quarantine {
    private static final String ADD = """
            insert into quarantine (short_code, digits, number, reason)
            select short_code, digits, number, ? from unnest(?::text[], ?::text[], ?::text[]) as added (short_code, digits, number)
            on conflict (short_code, digits) do nothing""";

    private static final String REMOVE = """
            delete from quarantine where (short_code, digits) in (select * from unnest(?::text[], ?::text[]))""";

    private static final String CONTAINS =
            "select number from unnest(?::text[], ?::text[]) as asked (number, digits) where"
                    + " exists (select from quarantine q where q.short_code = ? and q.digits = asked.digits)";

    private final Database database;

    /** A number in the scope of a short code. */
    public record Entry(String shortCode, String number) {
        String digits() {
            String digits = number.replaceAll("[^0-9]", "");
            return digits.isEmpty() ? number : digits;
        }
    }

    public Quarantine(Database database) {
        this.database = database;
    }

    /** @param reason for people, e.g. who did it */
    public CompletionStage<Integer> add(Collection<Entry> entries, String reason) {
        return database.queries().transaction(connection -> add(connection, entries, reason));
    }

    public CompletionStage<Integer> remove(Collection<Entry> entries) {
        return database.queries().transaction(connection -> remove(connection, entries));
    }

    /** @return those of the numbers that are in quarantine */
    public CompletionStage<Set<String>> contains(String shortCode, Collection<String> numbers) {
        List<Entry> asked =
                numbers.stream().map(number -> new Entry(shortCode, number)).toList();
        return database.queries().supply(connection -> {
            Set<String> found = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(CONTAINS)) {
                new Columns<>(connection, statement, asked)
                        .add("text", Entry::number)
                        .add("text", Entry::digits);
                statement.setString(3, shortCode);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
            return found;
        });
    }

    static int add(Connection connection, Collection<Entry> entries, String reason) throws SQLException {
        if (entries.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setString(1, reason);
            List<Entry> rows = sorted(entries);
            new Columns<>(connection, statement, rows, 1)
                    .add("text", Entry::shortCode)
                    .add("text", Entry::digits)
                    .add("text", Entry::number);
            return statement.executeUpdate();
        }
    }

    static int remove(Connection connection, Collection<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return 0;
        }
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            new Columns<>(connection, statement, sorted(entries))
                    .add("text", Entry::shortCode)
                    .add("text", Entry::digits);
            return statement.executeUpdate();
        }
    }

    /** Locks are taken in one order, so that two transactions never wait for each other. */
    private static List<Entry> sorted(Collection<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(Entry::shortCode).thenComparing(Entry::digits))
                .toList();
    }
}
