// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import static org.smsprocess.delivery.MessageTable.name;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.MessageTable;

/**
 * The partitions of {@code message}, each a {@link MessageTable}. A new one is begun by setting the sequence of part ids to its start,
 * so the log can be dropped by time although its key is an id.
 */
final class Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final int AHEAD = 2;
    private static final String OPENED = "insert into message_partition (number) values (?) on conflict do nothing";
    private static final String IS_OLD = "select from message_partition where number = ?"
            + " and (opened_at < now() - ? * interval '1 ms' or pg_relation_size(?::regclass) >= ?)";
    private static final String BEGIN = "select setval('part_id', ?) from part_id where last_value < ?";
    private static final String EXPIRED =
            "select number from (select number, lead(opened_at) over (order by number) as closed_at"
                    + " from message_partition) p where closed_at < now() - ? * interval '1 ms' order by number";

    private final UpkeepSettings settings;

    Partitions(UpkeepSettings settings) {
        this.settings = settings;
    }

    void run(Connection connection) throws SQLException {
        long present = present(connection);
        for (long number = present; number <= present + AHEAD; number++) {
            create(connection, number);
        }
        try (Bulk statement = new Bulk(connection, OPENED).number(present)) {
            statement.update();
        }
        if (isOld(connection, present)) {
            begin(connection, present + 1);
        }
        for (long number : expired(connection)) {
            if (isSettled(connection, number)) {
                drop(connection, number);
            }
        }
    }

    private static long present(Connection connection) throws SQLException {
        return MessageTable.numberOf(number(connection, "select last_value from part_id"));
    }

    /** Attaching locks out nobody who reads or writes messages; creating it in place would. */
    private static void create(Connection connection, long number) throws SQLException {
        try (Bulk exists = new Bulk(connection, "select from pg_class where oid = to_regclass(?)").text(name(number))) {
            if (exists.exists()) {
                return;
            }
        }
        long first = MessageTable.firstMessage(number);
        long end = MessageTable.firstMessage(number + 1);
        execute(connection, "create table " + name(number) + " (like message including all) with (fillfactor = 40)");
        execute(
                connection,
                "alter table message attach partition " + name(number) + " for values from (" + first + ") to (" + end
                        + ")");
        LOG.info("Made partition {} of the delivery log", name(number));
    }

    private boolean isOld(Connection connection, long number) throws SQLException {
        try (Bulk rows = new Bulk(connection, "select from " + name(number) + " limit 1")) {
            if (!rows.exists()) {
                return false;
            }
        }
        try (Bulk statement = new Bulk(connection, IS_OLD)
                .number(number)
                .number(settings.partitionPeriod().toMillis())
                .text(name(number))
                .number(settings.partitionSize())) {
            return statement.exists();
        }
    }

    private static void begin(Connection connection, long number) throws SQLException {
        long first = MessageTable.firstPart(number);
        try (Bulk statement = new Bulk(connection, BEGIN).number(first).number(first)) {
            if (statement.exists()) {
                LOG.info("Began partition {} of the delivery log", name(number));
            }
        }
    }

    private List<Long> expired(Connection connection) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, EXPIRED)
                        .number(settings.retention().toMillis());
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private static boolean isSettled(Connection connection, long number) throws SQLException {
        String sql = "select id from " + name(number)
                + " where status in ('queued', 'submitting', 'in_doubt', 'held') limit 1";
        try (Bulk statement = new Bulk(connection, sql);
                ResultSet rows = statement.query()) {
            if (!rows.next()) {
                return true;
            }
            LOG.warn(
                    "Partition {} of the delivery log is older than the retention, but message {} is not settled",
                    name(number),
                    rows.getLong(1));
            return false;
        }
    }

    private void drop(Connection connection, long number) throws SQLException {
        execute(connection, "set local lock_timeout = '2s'"); // then again at the next run
        execute(connection, "drop table " + name(number));
        execute(connection, "delete from message_partition where number = " + number);
        execute(connection, "delete from delivery_range where part_id < " + MessageTable.firstPart(number + 1));
        execute(
                connection,
                "delete from delivery d where state in ('completed', 'cancelled') and completed_at is not null"
                        + " and created_at < now() - " + settings.retention().toMillis() + " * interval '1 ms'"
                        + " and not exists (select from delivery_range r where r.delivery_id = d.id)");
        LOG.info("Dropped partition {} of the delivery log: older than {}", name(number), settings.retention());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Bulk statement = new Bulk(connection, sql);
                ResultSet rows = statement.query()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
