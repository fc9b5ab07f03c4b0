// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.intake.NewMt;
import org.smsprocess.delivery.intake.TransactionalIntake;
import org.smsprocess.delivery.intake.TransactionalIntake.Wanted;
import org.smsprocess.mo.inbox.InboxWriter.Outcome;
import org.smsprocess.mo.parts.Segment;

/** The transaction that stores MO: what is new of them, into the inbox, with replies and changes of the quarantine. */
final class InboxSql {
    /** Held to the commit, so that ids rise in the order of commits. Any number that no one else takes. */
    private static final String LOCK = "select pg_advisory_xact_lock(7300620)";

    private static final String REMEMBER = """
            insert into mo_seen as seen (key, until)
            select key, now() + make_interval(secs => seconds) from unnest(?::uuid[], ?::float8[]) as arrived (key, seconds)
            on conflict (key) do update set until = excluded.until where seen.until < now()
            returning key""";

    private static final String STORE = """
            with stored as (
                insert into inbox (account, sender, short_code, text, octets, udh, data_coding, parts, total, complete, remarks,
                    received_at, linked_sms, alias, provider_id, large_account)
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::smallint[],
                    ?::smallint[], ?::smallint[], ?::boolean[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
                    ?::text[])
                returning id, account)
            insert into mo_webhook (inbox_id, account)
            select id, account from stored where account = any (?::text[])""";

    /**
     * What the transaction has done.
     *
     * @param outcomes one for each MO, in their order
     * @param afterCommit to be run then
     */
    record Written(List<Outcome> outcomes, Runnable afterCommit) {}

    private InboxSql() {}

    static Written write(Connection connection, List<NewMo> news, TransactionalIntake intake) throws SQLException {
        Set<UUID> unseen = remember(connection, news);
        List<NewMo> fresh = new ArrayList<>(news.size());
        List<Outcome> outcomes = new ArrayList<>(news.size());
        for (NewMo mo : news) {
            boolean isFresh = mo.remember().isZero() || unseen.remove(mo.key());
            outcomes.add(isFresh ? Outcome.STORED : Outcome.DUPLICATE);
            if (isFresh) {
                fresh.add(mo);
            }
        }
        changeQuarantine(connection, fresh);
        Runnable afterCommit = reply(connection, fresh, intake);
        store(connection, fresh.stream().filter(NewMo::store).toList());
        return new Written(outcomes, afterCommit);
    }

    private static Set<UUID> remember(Connection connection, List<NewMo> news) throws SQLException {
        // in the order of keys: two nodes that remember the same ones must not wait for each other
        Map<UUID, Double> seconds = new TreeMap<>();
        for (NewMo mo : news) {
            if (!mo.remember().isZero()) {
                seconds.put(mo.key(), (double) mo.remember().toSeconds());
            }
        }
        Set<UUID> fresh = new HashSet<>();
        if (!seconds.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(REMEMBER)) {
                statement.setArray(
                        1, connection.createArrayOf("uuid", seconds.keySet().toArray()));
                statement.setArray(
                        2, connection.createArrayOf("float8", seconds.values().toArray()));
                try (ResultSet keys = statement.executeQuery()) {
                    while (keys.next()) {
                        fresh.add(keys.getObject(1, UUID.class));
                    }
                }
            }
        }
        return fresh;
    }

    private static void store(Connection connection, List<NewMo> news) throws SQLException {
        if (news.isEmpty()) {
            return;
        }
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            Columns<NewMo> columns = new Columns<>(connection, statement, news);
            columns.add("text", NewMo::account)
                    .add("text", NewMo::sender)
                    .add("text", NewMo::shortCode)
                    .add("text", mo -> mo.content().text())
                    .add("bytea", InboxSql::octets)
                    .add(
                            "bytea",
                            mo -> first(mo).udh().length == 0 ? null : first(mo).udh())
                    .add("int2", mo -> (short) first(mo).dataCoding())
                    .add("int2", mo -> (short) mo.segments().size())
                    .add("int2", mo -> (short) mo.total())
                    .add("bool", NewMo::isComplete)
                    .add("text", mo -> mo.content().remarks())
                    .add(
                            "timestamptz",
                            mo -> Instant.ofEpochMilli(mo.receivedAtMillis()).toString())
                    .add("text", mo -> mo.tlvs().linkedSms())
                    .add("text", mo -> mo.tlvs().alias())
                    .add("text", mo -> mo.tlvs().providerId())
                    .add("text", mo -> mo.tlvs().largeAccount());
            Object[] told = news.stream()
                    .filter(NewMo::tell)
                    .map(NewMo::account)
                    .distinct()
                    .toArray();
            statement.setArray(17, connection.createArrayOf("text", told));
            statement.executeUpdate();
        }
    }

    private static Runnable reply(Connection connection, List<NewMo> news, TransactionalIntake intake)
            throws SQLException {
        Map<Sending, List<NewMt>> replies = new LinkedHashMap<>();
        for (NewMo mo : news) {
            NewMo.Reply reply = mo.reply();
            if (reply != null) {
                replies.computeIfAbsent(new Sending(mo.account(), reply.from()), sending -> new ArrayList<>())
                        .add(new NewMt(reply.to(), reply.text(), null, null));
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        replies.forEach((sending, mts) -> wanted.add(new Wanted(sending.account(), sending.settings(), mts)));
        return wanted.isEmpty() ? () -> {} : intake.accept(connection, wanted);
    }

    /** What replies have in common that may go together. */
    private record Sending(String account, @Nullable String sender) {
        DeliverySettings settings() {
            DeliverySettings usual = DeliverySettings.DEFAULT;
            return new DeliverySettings(
                    sender, usual.priority(), usual.maxParts(), usual.sendAt(), false, WireSettings.NONE);
        }
    }

    /** The last change of each number counts. */
    private static void changeQuarantine(Connection connection, List<NewMo> news) throws SQLException {
        Map<Quarantine.Entry, Boolean> last = new LinkedHashMap<>();
        for (NewMo mo : news) {
            NewMo.QuarantineChange change = mo.change();
            if (change != null) {
                last.put(new Quarantine.Entry(change.shortCode(), change.number()), change.add());
            }
        }
        Quarantine.add(
                connection,
                having(last, true).stream()
                        .map(entry -> new Quarantine.Addition(entry, "MO"))
                        .toList());
        Quarantine.remove(connection, having(last, false));
    }

    private static List<Quarantine.Entry> having(Map<Quarantine.Entry, Boolean> changes, boolean add) {
        return changes.entrySet().stream()
                .filter(change -> change.getValue() == add)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Segment first(NewMo mo) {
        return mo.segments().get(0);
    }

    static byte[] octets(NewMo mo) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        mo.segments().forEach(segment -> all.writeBytes(segment.octets()));
        return all.toByteArray();
    }
}
