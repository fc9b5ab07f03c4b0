// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;

/** The queue in PostgreSQL: parts are rows that slots take and delete, messages are only read and settled in bulk. Thread-safe. */
public final class PostgresMtQueue implements MtQueue {
    private static final String SUBMITTING =
            "update message m set status = 'submitting' from unnest(?::bigint[]) as u(id)"
                    + " where m.id = u.id and m.status = 'queued'";
    private static final String RELEASE =
            "update delivery_part set owner = null, epoch = null" + " where id = any(?) and owner = ? and epoch = ?";
    private static final String RELEASE_UNKNOWN = "update delivery_part set owner = null, epoch = null"
            + " where account = ? and owner = ? and epoch = ? and id <> all(?)";
    private static final String ADOPT = "update delivery_part p set owner = ?, epoch = 0"
            + " where p.account = ? and p.owner is not null and p.owner <> all(?) and p.owner <> ?"
            + " and not exists (select from slot_lease l where l.slot = p.owner and l.expires_at > clock_timestamp())";

    private final Database database;
    private final WorkSignal signal;
    private final Function<String, Optional<AccountSettings>> accounts;
    private final IdBlocks partIds = IdBlocks.ofParts();
    private final KnownParts known = new KnownParts();
    private final Set<SlotEpoch> uncertain = ConcurrentHashMap.newKeySet();

    /** @param accounts present settings by account name: in-doubt policy and short code */
    public PostgresMtQueue(Database database, WorkSignal signal, Function<String, Optional<AccountSettings>> accounts) {
        this.database = database;
        this.signal = signal;
        this.accounts = accounts;
    }

    @Override
    public CompletionStage<Claim> claim(SlotEpoch slot, int maxMessages, int maxParts) {
        Optional<AccountSettings> account = accounts.apply(slot.account());
        boolean marked = account.map(settings -> settings.throughput().inDoubt() != InDoubtPolicy.RESEND)
                .orElse(false);
        String shortCode = shortCode(account);
        return database.traffic()
                .transaction(connection -> {
                    if (uncertain.contains(slot)) {
                        releaseUnknown(connection, slot);
                    }
                    return new ClaimTransaction(connection, slot).run(maxMessages, maxParts, marked, shortCode);
                })
                .whenComplete((claim, error) -> {
                    if (error == null) {
                        uncertain.remove(slot);
                        known.add(slot, claim.parts());
                    } else {
                        uncertain.add(slot); // the commit may have taken place: nobody knows of those parts
                    }
                });
    }

    private void releaseUnknown(Connection connection, SlotEpoch slot) throws SQLException {
        try (Bulk statement = new Bulk(connection, RELEASE_UNKNOWN)
                .text(slot.account())
                .text(slot.slot())
                .number(slot.epoch())
                .longs(known.of(slot))) {
            statement.update();
        }
    }

    @Override
    public CompletionStage<Void> submitting(SlotEpoch slot, long[] mtIds) {
        long[] ordered = mtIds.clone();
        Arrays.sort(ordered);
        return database.traffic().transact(connection -> {
            if (!Fence.holds(connection, slot)) {
                throw new LeaseLost(slot);
            }
            try (Bulk statement = new Bulk(connection, SUBMITTING).longs(ordered)) {
                statement.update();
            }
        });
    }

    @Override
    public CompletionStage<Void> record(
            SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts, RecordRules rules) {
        return database.traffic()
                .transact(connection -> {
                    new RecordTransaction(connection, slot, rules, partIds).run(settlements, doneParts);
                })
                .whenComplete((done, error) -> {
                    if (error == null) {
                        known.remove(slot, doneParts);
                        if (settlements.stream().anyMatch(each -> each.kind() == Settlement.Kind.REQUEUE)) {
                            signal.publish(slot.account());
                        }
                    }
                });
    }

    @Override
    public CompletionStage<List<ClaimedPart>> recover(SlotEpoch slot) {
        return recover(slot, slot.epoch());
    }

    @Override
    public CompletionStage<List<ClaimedPart>> recoverEarlier(SlotEpoch slot) {
        return recover(slot, slot.epoch() - 1);
    }

    private CompletionStage<List<ClaimedPart>> recover(SlotEpoch slot, long lastEpoch) {
        String shortCode = shortCode(accounts.apply(slot.account()));
        return database.traffic()
                .transaction(connection ->
                        new RecoverTransaction(connection, slot, lastEpoch, partIds, known.of(slot)).run(shortCode))
                .whenComplete((parts, error) -> {
                    if (error == null) {
                        known.add(slot, parts);
                    }
                });
    }

    @Override
    public CompletionStage<Void> release(SlotEpoch slot, List<Long> partIdsToRelease) {
        return database.traffic().execute(connection -> {
            try (Bulk statement = new Bulk(connection, RELEASE)
                    .longs(partIdsToRelease)
                    .text(slot.slot())
                    .number(slot.epoch())) {
                statement.update();
            }
            known.remove(slot, partIdsToRelease);
            signal.publish(slot.account());
        });
    }

    @Override
    public CompletionStage<Integer> adopt(SlotEpoch slot, List<String> liveSlots) {
        return database.traffic().transaction(connection -> {
            if (!Fence.holds(connection, slot)) {
                return 0;
            }
            try (Bulk statement = new Bulk(connection, ADOPT)
                    .text(slot.slot())
                    .text(slot.account())
                    .texts(liveSlots)
                    .text(slot.slot())) {
                return statement.update();
            }
        });
    }

    private static String shortCode(Optional<AccountSettings> account) {
        return account.map(settings -> settings.channel().shortCode()).orElse("");
    }

    /** The slot's lease is another's by now, or has run out: nothing was written. */
    public static final class LeaseLost extends RuntimeException {
        LeaseLost(SlotEpoch slot) {
            super("slot " + slot.slot() + " no longer holds its lease in epoch " + slot.epoch());
        }
    }
}
