// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.queue.Settlement.Kind;

/**
 * Writes what a slot learned, in one transaction. Used once.
 *
 * <pre>
 * SENT              a fact: always written, whoever owns the part
 * FAILED, VERIFIED  if the slot owns the message's part, or the message was in doubt
 * RETRY, REQUEUE,   if the slot owns the message's part: the message moves to a retry part,
 * IN_DOUBT          or ends as the policy says
 * </pre>
 *
 * Rows are locked in one order everywhere: parts by id, then messages by id.
 */
final class RecordTransaction {
    private final Connection connection;
    private final SlotEpoch slot;
    private final RecordRules rules;
    private final IdBlocks partIds;

    RecordTransaction(Connection connection, SlotEpoch slot, RecordRules rules, IdBlocks partIds) {
        this.connection = connection;
        this.slot = slot;
        this.rules = rules;
        this.partIds = partIds;
    }

    void run(List<Settlement> settlements, List<Long> doneParts) throws SQLException {
        Map<Kind, List<Settlement>> byKind = byKind(settlements);
        OwnedParts owned = OwnedParts.lock(connection, slot, settlements, doneParts);
        MessageUpdates updates = new MessageUpdates(connection);
        updates.sent(of(byKind, Kind.SENT));
        updates.ended("verified", of(byKind, Kind.VERIFIED), owned.ids());
        updates.ended("failed", of(byKind, Kind.FAILED), owned.ids());
        RetryParts retries = new RetryParts(connection, partIds, owned);
        retries.move(of(byKind, Kind.REQUEUE), RetryParts.Move.requeue());
        retry(retries, updates, of(byKind, Kind.RETRY), owned);
        inDoubt(retries, updates, of(byKind, Kind.IN_DOUBT), owned);
        if (rules.queryAfter() == null) {
            owned.delete(doneParts);
        } else {
            owned.watch(doneParts, rules.queryAfter());
        }
    }

    private void retry(RetryParts retries, MessageUpdates updates, List<Settlement> all, OwnedParts owned)
            throws SQLException {
        List<Settlement> again = new ArrayList<>();
        List<Settlement> spent = new ArrayList<>();
        for (Settlement settlement : all) {
            int attempt = owned.attempt(settlement.partId());
            if (attempt >= rules.maxAttempts()) {
                spent.add(withError(settlement, "gave up after " + attempt + " attempts: " + settlement.error()));
            } else {
                again.add(settlement);
            }
        }
        updates.ended("failed", spent, owned.ids());
        retries.move(again, RetryParts.Move.retry(rules.retryDelay()));
    }

    private void inDoubt(RetryParts retries, MessageUpdates updates, List<Settlement> all, OwnedParts owned)
            throws SQLException {
        if (rules.inDoubt() == InDoubtPolicy.RESEND) {
            retries.move(all, RetryParts.Move.inDoubt(rules.inDoubtWait()));
        } else if (rules.inDoubt() == InDoubtPolicy.HOLD) {
            updates.held(all, slot.account(), owned.ids());
        } else {
            updates.ended("failed", all, owned.ids()); // its error says "in doubt"
        }
    }

    private static Map<Kind, List<Settlement>> byKind(List<Settlement> settlements) {
        Map<Kind, List<Settlement>> byKind = new EnumMap<>(Kind.class);
        for (Settlement settlement : settlements) {
            byKind.computeIfAbsent(settlement.kind(), kind -> new ArrayList<>()).add(settlement);
        }
        byKind.values().forEach(some -> some.sort(Comparator.comparingLong(Settlement::mtId)));
        return byKind;
    }

    private static List<Settlement> of(Map<Kind, List<Settlement>> byKind, Kind kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    private static Settlement withError(Settlement settlement, String error) {
        return new Settlement(
                settlement.mtId(),
                settlement.partId(),
                settlement.kind(),
                settlement.parts(),
                settlement.providerId(),
                error,
                settlement.submittedAtMillis(),
                settlement.settledAtMillis(),
                settlement.progress());
    }

    /** Parts that are only named by facts need no lock. */
    static boolean needsPart(Settlement settlement) {
        return settlement.kind() != Kind.SENT;
    }
}
