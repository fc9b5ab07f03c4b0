// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.DeliveryState;
import org.smsprocess.delivery.SettingsJson;
import org.smsprocess.store.Database;

/** What people and programs look up. Runs in the database's lane for queries, so that it never delays traffic. Thread-safe. */
public final class DeliveryQueries {
    /** Rows of a page, whatever is asked for: part of the API, not of an installation. */
    private static final int MOST = 10_000;

    private static final String DELIVERIES = "select id, account, label, template, settings::text, state::text, open,"
            + " created_at, completed_at from delivery where ";

    // in flight: not settled, and in a part that a slot owns
    private static final String COUNT = "with chosen as materialized"
            + " (select part_id, messages from delivery_range where delivery_id = ?) select coalesce((select sum(messages) from chosen), 0),"
            + " count(*) filter (where unsettled and not owned), count(*) filter (where unsettled and owned),"
            + " count(*) filter (where status = 'sent'), count(*) filter (where status = 'verified'),"
            + " count(*) filter (where status = 'delivered'), count(*) filter (where status = 'failed'),"
            + " count(*) filter (where status = 'in_doubt'), count(*) filter (where status = 'held'),"
            + " count(*) filter (where status = 'cancelled') from (select m.status,"
            + " m.status in ('queued', 'submitting') as unsettled,"
            + " m.status in ('queued', 'submitting') and exists (select from delivery_part p"
            + " where p.id = coalesce(m.retry_part, m.id >> 10) and p.owner is not null) as owned"
            + " from chosen cross join lateral (select id, status, retry_part from message"
            + " where id >= chosen.part_id * 1024 and id < chosen.part_id * 1024 + 1024 offset 0) m) counted";
    private static final String MESSAGE = "select " + MessageRows.COLUMNS + " from message m where m.id = ?";
    private static final String LOG = "select " + MessageRows.COLUMNS + " from delivery_range r"
            + " cross join lateral (select * from message"
            + " where id >= r.part_id * 1024 and id < r.part_id * 1024 + 1024 and id > ? order by id offset 0) m where r.delivery_id = ? and r.part_id >= ? order by r.part_id, m.id limit ?";

    private final Database database;

    public DeliveryQueries(Database database) {
        this.database = database;
    }

    /** Costs about a microsecond a message: a look at every row of the delivery. */
    public CompletionStage<DeliveryCounters> counters(long delivery) {
        return database.queries().supply(connection -> {
            try (Bulk statement = new Bulk(connection, COUNT).number(delivery);
                    ResultSet row = statement.query()) {
                row.next();
                return new DeliveryCounters(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10));
            }
        });
    }

    public CompletionStage<Optional<DeliveryInfo>> delivery(long id) {
        return database.queries().supply(connection -> {
            try (Bulk statement = new Bulk(connection, DELIVERIES + "id = ?").number(id)) {
                return deliveries(statement).stream().findFirst();
            }
        });
    }

    /**
     * The newest first.
     *
     * @param account null: of all accounts
     * @param beforeId exclusive; {@link Long#MAX_VALUE} for the first page
     */
    public CompletionStage<List<DeliveryInfo>> deliveries(@Nullable String account, long beforeId, int limit) {
        return database.queries().supply(connection -> {
            String sql = DELIVERIES + (account == null ? "" : "account = ? and ") + "id < ? order by id desc limit ?";
            try (Bulk statement = new Bulk(connection, sql)) {
                if (account != null) {
                    statement.text(account);
                }
                return deliveries(statement.number(beforeId).integer(page(limit)));
            }
        });
    }

    public CompletionStage<Optional<MessageInfo>> message(long id) {
        return database.queries().supply(connection -> {
            try (Bulk statement = new Bulk(connection, MESSAGE).number(id)) {
                return MessageRows.read(statement).stream().findFirst();
            }
        });
    }

    /**
     * The delivery log of one delivery, by message id.
     *
     * @param afterId exclusive; 0 for the first page
     */
    public CompletionStage<List<MessageInfo>> log(long delivery, long afterId, int limit) {
        return database.queries().supply(connection -> log(connection, delivery, afterId, limit));
    }

    private static List<MessageInfo> log(Connection connection, long delivery, long afterId, int limit)
            throws SQLException {
        try (Bulk statement = new Bulk(connection, LOG)
                .number(afterId)
                .number(delivery)
                .number(afterId >> 10)
                .integer(page(limit))) {
            return MessageRows.read(statement);
        }
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, MOST));
    }

    private static List<DeliveryInfo> deliveries(Bulk statement) throws SQLException {
        List<DeliveryInfo> found = new ArrayList<>();
        try (ResultSet row = statement.query()) {
            while (row.next()) {
                found.add(new DeliveryInfo(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        SettingsJson.read(row.getString(5)),
                        DeliveryState.of(row.getString(6)),
                        row.getBoolean(7),
                        row.getTimestamp(8).toInstant(),
                        MessageRows.instant(row, 9)));
            }
        }
        return found;
    }
}
