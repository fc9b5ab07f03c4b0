// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.MessageTable;
import org.smsprocess.delivery.log.DeliveryLog.Record;

/** Writes final statuses in bulk. A status that is final stays; used once, within one transaction. */
final class FinalStatusTransaction {
    private static final String UPDATE = "with changed as (update %s m set"
            + " status = case when u.delivered then 'delivered'::message_status else 'failed' end,"
            + " error = u.error, final_at = to_timestamp(u.received / 1000::float8),"
            + " provider_message_id = coalesce(m.provider_message_id, u.provider_id)"
            + " from unnest(?::bigint[], ?::boolean[], ?::text[], ?::text[], ?::bigint[])"
            + " as u(id, delivered, provider_id, error, received)"
            + " where m.id = u.id"
            + " and m.status in ('queued', 'submitting', 'sent', 'in_doubt', 'held', 'cancelled')"
            // cancelled by the SMSC: its report says DELETED, which is no news, but it may have been delivered all the
            // same
            + " and (u.delivered or m.status <> 'cancelled' or m.sent_at is null)"
            + " returning case when not u.delivered then m.id end as failed_id)"
            + " select failed_id from changed where failed_id is not null";
    private static final String QUALIFY = "insert into error_qualification as q (smsc_name, stat, err, occurrences)"
            + " select * from unnest(?::text[], ?::text[], ?::text[], ?::bigint[])"
            + " on conflict (smsc_name, stat, err) do update set"
            + " occurrences = q.occurrences + excluded.occurrences, last_seen = now()"
            + " returning smsc_name, stat, err, kind::text";
    private static final String QUARANTINE = "insert into quarantine (short_code, digits, number, reason)"
            + " select distinct on (1, 2) u.short_code, ltrim(m.recipient, '+'), '+' || ltrim(m.recipient, '+'), m.error"
            + " from unnest(?::bigint[], ?::text[]) as u(id, short_code) join message m on m.id = u.id"
            + " on conflict do nothing";

    private record Entry(FinalStatus status, Record record) {
        long mtId() {
            return status.mtId();
        }

        Reason reason() {
            return new Reason(record.smscName(), clean(status.stat()), clean(status.err()));
        }
    }

    private static String clean(String text) {
        return text.replace('\0', ' ');
    }

    private record Reason(String smscName, String stat, String err) implements Comparable<Reason> {
        @Override
        public int compareTo(Reason other) {
            return Comparator.comparing(Reason::smscName)
                    .thenComparing(Reason::stat)
                    .thenComparing(Reason::err)
                    .compare(this, other);
        }

        String text() {
            return "SR " + smscName + " " + stat + " " + err + "|#MESSAGE#";
        }
    }

    private final Connection connection;
    private final boolean isRepeat;

    /** @param isRepeat it failed before: perhaps the partition of very old messages has been dropped, so no partition is named */
    FinalStatusTransaction(Connection connection, boolean isRepeat) {
        this.connection = connection;
        this.isRepeat = isRepeat;
    }

    void run(List<Record> records) throws SQLException {
        List<Entry> entries = ordered(records);
        if (entries.isEmpty()) {
            return;
        }
        long[] failed = update(entries);
        if (failed.length > 0) {
            Map<Long, Entry> byId = new HashMap<>();
            entries.forEach(entry -> byId.put(entry.mtId(), entry));
            qualify(failed, byId);
        }
    }

    /** By id, so that concurrent transactions lock rows in one order; the first of two for one message counts. */
    private static List<Entry> ordered(List<Record> records) {
        List<Entry> all = new ArrayList<>();
        for (Record record : records) {
            for (FinalStatus status : record.statuses()) {
                all.add(new Entry(status, record));
            }
        }
        all.sort(Comparator.comparingLong(Entry::mtId)); // stable, and quick because most of it is in order already
        List<Entry> once = new ArrayList<>(all.size());
        for (Entry entry : all) {
            if (once.isEmpty() || once.get(once.size() - 1).mtId() != entry.mtId()) {
                once.add(entry);
            }
        }
        return once;
    }

    private long[] update(List<Entry> entries) throws SQLException {
        int count = entries.size();
        long[] ids = new long[count];
        boolean[] delivered = new boolean[count];
        @Nullable String[] providerIds = new String[count];
        @Nullable String[] errors = new String[count];
        long[] received = new long[count];
        for (int i = 0; i < count; i++) {
            FinalStatus status = entries.get(i).status();
            ids[i] = status.mtId();
            delivered[i] = status.delivered();
            providerIds[i] = status.providerId();
            errors[i] = status.delivered() ? null : entries.get(i).reason().text();
            received[i] = status.receivedAtMillis();
        }
        try (Bulk statement = new Bulk(
                                connection,
                                UPDATE.formatted(isRepeat ? "message" : MessageTable.holding(ids[0], ids[count - 1])))
                        .longs(ids)
                        .flags(delivered)
                        .foreignTexts(providerIds)
                        .foreignTexts(errors)
                        .longs(received);
                var rows = statement.query()) {
            return Bulk.longs(rows);
        }
    }

    private void qualify(long[] failed, Map<Long, Entry> byId) throws SQLException {
        Map<Reason, Long> counts = new TreeMap<>();
        for (long id : failed) {
            counts.merge(entry(byId, id).reason(), 1L, Long::sum);
        }
        Set<Reason> hard = new HashSet<>();
        try (Bulk statement = new Bulk(connection, QUALIFY)
                        .texts(counts.keySet().stream().map(Reason::smscName).toList())
                        .texts(counts.keySet().stream().map(Reason::stat).toList())
                        .texts(counts.keySet().stream().map(Reason::err).toList())
                        .longs(counts.values());
                var rows = statement.query()) {
            while (rows.next()) {
                if (rows.getString(4).equals("hard")) {
                    hard.add(new Reason(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        if (!hard.isEmpty()) {
            quarantine(failed, byId, hard);
        }
    }

    private void quarantine(long[] failed, Map<Long, Entry> byId, Set<Reason> hard) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<String> shortCodes = new ArrayList<>();
        for (long id : failed) {
            Entry entry = entry(byId, id);
            if (hard.contains(entry.reason())) {
                ids.add(id);
                shortCodes.add(entry.record().shortCode());
            }
        }
        try (Bulk statement = new Bulk(connection, QUARANTINE).longs(ids).texts(shortCodes)) {
            statement.update();
        }
    }

    private static Entry entry(Map<Long, Entry> byId, long id) {
        return Objects.requireNonNull(byId.get(id));
    }
}
