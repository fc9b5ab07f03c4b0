// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.smsprocess.store.Database;

/** What people wrote, for programs to read. */
public final class Inbox {
    private static final String COLUMNS = """
            select id, account, sender, short_code, text, encode(octets, 'hex') as octets, encode(udh, 'hex') as udh, data_coding,
                parts, total, complete, remarks, received_at, linked_sms, alias, provider_id, large_account
            from inbox\s""";

    private static final String PAGE = COLUMNS + "where account = ? and id > ? order by id limit ?";

    private static final String ONE = COLUMNS + "where id = ?";

    private static final String PAGE_OF_ALL = COLUMNS + "where id > ? order by id limit ?";

    private static final String LATEST = COLUMNS + "order by id desc limit ?";

    private final Database database;

    public Inbox(Database database) {
        this.database = database;
    }

    /**
     * The next MO of an account. An id never becomes visible after a greater one, so a program that goes on from the last id it saw
     * misses none.
     *
     * @param afterId 0 for the first page
     * @param limit 1 or more
     */
    public CompletionStage<List<InboxMo>> page(String account, long afterId, int limit) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setString(1, account);
                statement.setLong(2, afterId);
                statement.setInt(3, limit);
                return rows(statement);
            }
        });
    }

    /** The same over all accounts; that none is missed holds for each account, not for all of them together. */
    public CompletionStage<List<InboxMo>> page(long afterId, int limit) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE_OF_ALL)) {
                statement.setLong(1, afterId);
                statement.setInt(2, limit);
                return rows(statement);
            }
        });
    }

    /** The newest of all accounts, newest first; for people. */
    public CompletionStage<List<InboxMo>> latest(int limit) {
        return database.queries().supply(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LATEST)) {
                statement.setInt(1, limit);
                return rows(statement);
            }
        });
    }

    /** Empty when it has been deleted. */
    public static List<InboxMo> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setLong(1, id);
            return rows(statement);
        }
    }

    private static List<InboxMo> rows(PreparedStatement statement) throws SQLException {
        List<InboxMo> page = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                page.add(read(rows));
            }
        }
        return page;
    }

    private static InboxMo read(ResultSet row) throws SQLException {
        return new InboxMo(
                row.getLong("id"),
                row.getString("account"),
                row.getString("sender"),
                row.getString("short_code"),
                row.getString("text"),
                row.getString("octets"),
                row.getString("udh"),
                row.getInt("data_coding"),
                row.getInt("parts"),
                row.getInt("total"),
                row.getBoolean("complete"),
                row.getString("remarks"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("linked_sms"),
                row.getString("alias"),
                row.getString("provider_id"),
                row.getString("large_account"));
    }
}
