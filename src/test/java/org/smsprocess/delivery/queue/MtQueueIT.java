// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.delivery.TestQueue.RULES;
import static org.smsprocess.delivery.TestQueue.get;
import static org.smsprocess.delivery.TestQueue.settlement;
import static org.smsprocess.delivery.TestQueue.settlements;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.QueueFixture;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.lookup.MessageInfo;
import org.smsprocess.delivery.queue.Settlement.Kind;

class MtQueueIT extends QueueFixture {
    @Test
    void claimsByPriorityAndWithinTheLimits() {
        all.accept("acme", new DeliverySettings(null, 0, 0, null, true, WireSettings.NONE), 200);
        all.accept("acme", new DeliverySettings(null, 3, 0, null, true, WireSettings.NONE), 300);
        all.accept("acme", new DeliverySettings(null, 1, 0, null, true, WireSettings.NONE), 400);
        all.accept("other", DeliverySettings.DEFAULT, 100);
        SlotEpoch slot = all.slot("acme", "0");

        List<ClaimedPart> first = get(all.queue.claim(slot, 10, 10)).parts();
        List<ClaimedPart> rest = get(all.queue.claim(slot, 1000, 10)).parts();

        assertThat(first).hasSize(1); // one part at least, although it has more than 10
        assertThat(first.get(0).settings().priority()).isEqualTo(3);
        assertThat(first.get(0).messages()).hasSize(300);
        assertThat(rest).extracting(part -> part.messages().size()).containsExactlyInAnyOrder(400, 200);
        assertThat(all.claim(slot)).isEmpty();
    }

    @Test
    void maxPartsAndMaxMessagesEndAClaim() {
        for (int i = 0; i < 5; i++) {
            all.accept("acme", 100);
        }
        SlotEpoch slot = all.slot("acme", "0");

        assertThat(get(all.queue.claim(slot, 1000, 2)).parts()).hasSize(2);
        assertThat(get(all.queue.claim(slot, 250, 10)).parts()).hasSize(2);
        assertThat(get(all.queue.claim(slot, 250, 10)).parts()).hasSize(1);
    }

    @Test
    void twoClaimersNeverShareAPart() {
        for (int i = 0; i < 60; i++) {
            all.accept("acme", 50);
        }
        List<SlotEpoch> slots = List.of(all.slot("acme", "0"), all.slot("acme", "1"), all.slot("acme", "2"));
        List<CompletionStage<MtQueue.Claim>> claims = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            claims.add(all.queue.claim(slots.get(i % 3), 100, 2));
        }
        Set<Long> seen = new HashSet<>();
        int claimed = 0;
        for (CompletionStage<MtQueue.Claim> claim : claims) {
            for (ClaimedPart part : get(claim).parts()) {
                part.messages().forEach(mt -> seen.add(mt.id()));
                claimed += part.messages().size();
            }
        }

        assertThat(claimed).isEqualTo(3000);
        assertThat(seen).hasSize(3000);
    }

    @Test
    void anOldEpochClaimsNothing() {
        all.accept("acme", 100);
        SlotEpoch old = all.slot("acme", "0");
        SlotEpoch expired = all.slot("acme", "1", "node:1", Duration.ofMillis(-1));
        SlotEpoch present = all.slot("acme", "0");

        assertThat(all.claim(old)).isEmpty();
        assertThat(all.claim(expired)).isEmpty();
        assertThat(all.claim(present)).hasSize(1);
    }

    @Test
    void recordsSentAndFailedAndClosesTheParts() {
        all.accept("acme", 100);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        List<Settlement> settlements = new ArrayList<>(settlements(part, Kind.SENT));
        long failed = part.messages().get(7).id();
        settlements.set(7, settlement(part.partId(), failed, Kind.FAILED));
        all.record(slot, settlements, List.of(part.partId()));

        assertThat(all.statuses()).containsExactlyInAnyOrder("failed 1", "sent 99");
        assertThat(DB.number("select count(*) from delivery_part")).isZero();
        MessageInfo message = get(all.queries.message(failed)).orElseThrow();
        assertThat(message.error()).isEqualTo("because");
        assertThat(message.finalAt()).isNotNull();
        MessageInfo sent = get(all.queries.message(part.messages().get(8).id())).orElseThrow();
        assertThat(sent.providerId()).isEqualTo("p" + sent.id());
        assertThat(sent.submittedAt()).hasToString("1970-01-01T00:00:01Z");
        assertThat(sent.sentAt()).hasToString("1970-01-01T00:00:02Z");
    }

    @Test
    void recordingTwiceChangesNothing() {
        all.accept("acme", 60);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        List<Settlement> settlements = new ArrayList<>(settlements(part, Kind.SENT));
        for (int i = 0; i < 10; i++) {
            settlements.set(i, settlement(part.partId(), part.messages().get(i).id(), Kind.RETRY));
        }
        all.record(slot, settlements, List.of());
        List<Object> before = DB.column("select m::text from message m order by id");
        all.record(slot, settlements, List.of());
        all.record(slot, settlements, List.of(part.partId()));
        all.record(slot, settlements, List.of(part.partId()));

        assertThat(DB.column("select m::text from message m order by id")).isEqualTo(before);
        assertThat(DB.column("select messages from delivery_part")).containsExactly(10);
    }

    @Test
    void retriesUntilTheAttemptsAreSpent() {
        List<Long> ids = all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        for (int attempt = 1; attempt <= 3; attempt++) {
            List<ClaimedPart> claimed = all.claim(slot);
            assertThat(claimed).hasSize(1);
            ClaimedPart part = claimed.get(0);
            int tried = attempt - 1;
            assertThat(part.attempt()).isEqualTo(attempt);
            assertThat(part.messages()).extracting(QueuedMt::id).isEqualTo(ids);
            assertThat(part.messages()).allMatch(mt -> mt.attempts() == tried);
            all.settle(slot, part, Kind.RETRY, RULES);
        }

        assertThat(all.claim(slot)).isEmpty();
        assertThat(all.statuses()).containsExactlyInAnyOrder("failed 50");
        assertThat(DB.column("select distinct error from message"))
                .containsExactly("gave up after 3 attempts: because");
    }

    @Test
    void aRetryWaitsForItsDelay() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        RecordRules slow = new RecordRules(3, Duration.ofMinutes(1), InDoubtPolicy.RESEND, Duration.ofMinutes(2));
        ClaimedPart part = all.claim(slot).get(0);
        all.settle(slot, part, Kind.RETRY, slow);

        assertThat(all.claim(slot)).isEmpty();
        assertThat(DB.number("select extract(epoch from due_at - now()) from delivery_part"))
                .isBetween(50L, 60L);
    }

    @Test
    void requeueIsTakenAtOnceAndSpendsNoAttempt() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        all.settle(slot, all.claim(slot).get(0), Kind.REQUEUE, RULES);

        ClaimedPart again = all.claim(slot).get(0);

        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.messages()).hasSize(50).allMatch(mt -> mt.attempts() == 0);
    }

    @Test
    void inDoubtIsSentAgainAndMarked() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        all.settle(slot, all.claim(slot).get(0), Kind.IN_DOUBT, RULES);
        assertThat(all.statuses()).containsExactlyInAnyOrder("in_doubt 50");

        ClaimedPart again = all.claim(slot).get(0);
        all.settle(slot, again, Kind.SENT, RULES);

        assertThat(again.messages()).hasSize(50);
        assertThat(DB.column("select distinct status::text || resends || resend_reason from message"))
                .containsExactly("sent1answer lost");
    }

    @Test
    void thePartsOfALongMessageThatWereAcceptedAreRememberedUntilItIsSent() {
        all.accept("acme", 3);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        LongMtProgress progress = new LongMtProgress(65_535, 4, 8, List.of(4, 2));
        Kind[] kinds = {Kind.RETRY, Kind.REQUEUE, Kind.IN_DOUBT};
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++) {
            long id = part.messages().get(i).id();
            settlements.add(new Settlement(id, part.partId(), kinds[i], 4, null, "why", 0, 1, progress));
        }
        all.record(slot, settlements, List.of(part.partId()));

        List<QueuedMt> again = all.claim(slot).stream()
                .flatMap(claimed -> claimed.messages().stream())
                .toList();

        assertThat(again).hasSize(3).extracting(QueuedMt::progress).containsOnly(progress);
    }

    @Test
    void aLateAnswerSettlesWhatIsInDoubt() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        all.settle(slot, part, Kind.IN_DOUBT, RULES);
        long sent = part.messages().get(0).id();
        long failed = part.messages().get(1).id();
        all.record(
                slot,
                List.of(settlement(part.partId(), sent, Kind.SENT), settlement(part.partId(), failed, Kind.FAILED)),
                List.of());

        ClaimedPart again = all.claim(slot).get(0);

        assertThat(again.messages()).hasSize(48).extracting(QueuedMt::id).doesNotContain(sent, failed);
        assertThat(all.status(sent)).isEqualTo("sent");
        assertThat(all.status(failed)).isEqualTo("failed");
        assertThat(DB.number("select resends from message where id = ?", sent)).isZero();
    }

    @Test
    void holdAndFailEndWhatIsInDoubt() {
        all.accept("acme", 50);
        all.accept("acme", 60);
        SlotEpoch slot = all.slot("acme", "0");
        List<ClaimedPart> parts = all.claim(slot);
        all.settle(slot, parts.get(0), Kind.IN_DOUBT, rules(InDoubtPolicy.HOLD));
        all.settle(slot, parts.get(1), Kind.IN_DOUBT, rules(InDoubtPolicy.FAIL));

        assertThat(all.statuses()).containsExactlyInAnyOrder("held 50", "failed 60");
        assertThat(DB.number("select count(*) from held_message")).isEqualTo(50);
        assertThat(all.claim(slot)).isEmpty();
    }

    @Test
    void aLiveSlotRecoversWhatAVanishedSlotLeftAndNothingOfItsOwn() {
        all.accept("acme", 50);
        SlotEpoch dead = all.slot("acme", "1");
        ClaimedPart left = all.claim(dead).get(0);
        get(DB.database().leases().release(dead.slot(), "node:1", dead.epoch()));
        all.accept("acme", 60);
        SlotEpoch lives = all.slot("acme", "0");
        all.claim(lives);

        assertThat(get(all.queue.adopt(lives, List.of("acme/0/0")))).isEqualTo(1);
        List<ClaimedPart> found = get(new TestQueue(DB, Map.of()).queue.recoverEarlier(lives)); // knows of no claim

        assertThat(found).extracting(ClaimedPart::partId).containsExactly(left.partId());
        assertThat(get(all.queue.recoverEarlier(lives))).isEmpty();
    }

    @Test
    void aZombieRecordsFactsAndNothingElse() {
        all.accept("acme", 50);
        SlotEpoch zombie = all.slot("acme", "0");
        ClaimedPart part = all.claim(zombie).get(0);
        SlotEpoch next = all.slot("acme", "0");
        assertThat(get(all.queue.recover(next))).hasSize(1);

        long sent = part.messages().get(0).id();
        List<Settlement> settlements = List.of(
                settlement(part.partId(), sent, Kind.SENT),
                settlement(part.partId(), part.messages().get(1).id(), Kind.FAILED),
                settlement(part.partId(), part.messages().get(2).id(), Kind.RETRY),
                settlement(part.partId(), part.messages().get(3).id(), Kind.IN_DOUBT));
        all.record(zombie, settlements, List.of(part.partId()));
        get(all.queue.release(zombie, List.of(part.partId())));

        assertThat(all.statuses()).containsExactlyInAnyOrder("queued 49", "sent 1");
        assertThat(DB.column("select owner || epoch from delivery_part")).containsExactly("acme/0/0" + next.epoch());
    }

    @Test
    void releasedPartsAreClaimedAgain() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        get(all.queue.release(slot, List.of(part.partId())));

        assertThat(all.claim(all.slot("acme", "1"))).isEqualTo(List.of(part));
    }

    @Test
    void numbersInQuarantineAreFlagged() {
        DB.execute("insert into quarantine values ('7000', '33612341001', '+33612341001', 'stop'),"
                + " ('8000', '33612341002', '+33612341002', 'stop')");
        all.accept("acme", 50);

        List<QueuedMt> messages = all.claim(all.slot("acme", "0")).get(0).messages();

        assertThat(messages)
                .filteredOn(QueuedMt::quarantined)
                .extracting(QueuedMt::recipient)
                .containsExactly("+33612341001");
    }

    private static RecordRules rules(InDoubtPolicy policy) {
        return new RecordRules(3, Duration.ZERO, policy, Duration.ZERO);
    }
}
