// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smsprocess.delivery.TestQueue.RULES;
import static org.smsprocess.delivery.TestQueue.get;
import static org.smsprocess.delivery.TestQueue.settlement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.QueueFixture;
import org.smsprocess.delivery.queue.PostgresMtQueue.LeaseLost;
import org.smsprocess.delivery.queue.Settlement.Kind;

class RecoveryIT extends QueueFixture {
    @Test
    void theNextOwnerGetsWhatMayHaveBeenSubmittedAndTheLogSaysWhenItIsSentAgain() {
        all.accept("acme", 50);
        SlotEpoch crashed = all.slot("acme", "0");
        ClaimedPart part = all.claim(crashed).get(0);
        long sent = part.messages().get(0).id();
        all.record(crashed, List.of(settlement(part.partId(), sent, Kind.SENT)), List.of());
        SlotEpoch next = all.slot("acme", "0");

        List<ClaimedPart> recovered = get(all.queue.recover(next));
        assertThat(recovered).hasSize(1);
        assertThat(recovered.get(0).messages())
                .hasSize(49)
                .extracting(QueuedMt::id)
                .doesNotContain(sent);
        assertThat(get(all.queue.recover(next))).isEmpty();
        assertThat(DB.number("select count(*) from message where resends <> 0")).isZero();
        all.settle(next, recovered.get(0), Kind.IN_DOUBT, RULES);
        DB.execute("update delivery_part set due_at = now()");
        ClaimedPart again = all.claim(next).get(0);
        all.settle(next, again, Kind.SENT, RULES);

        assertThat(all.statuses()).containsExactlyInAnyOrder("sent 50");
        assertThat(DB.number("select count(*) from message where resends = 1 and resend_reason = 'answer lost'"))
                .isEqualTo(49);
        assertThat(DB.number("select count(*) from delivery_part")).isZero();
    }

    @Test
    void whatTheCorrelatorsKnowWasNotSentAgain() {
        all.accept("acme", 50);
        SlotEpoch crashed = all.slot("acme", "0");
        long known = all.claim(crashed).get(0).messages().get(3).id();
        SlotEpoch next = all.slot("acme", "0");
        ClaimedPart part = get(all.queue.recover(next)).get(0);

        Settlement notSubmittedAgain = new Settlement(known, part.partId(), Kind.SENT, 1, "p", null, 0, 2000);
        all.record(next, List.of(notSubmittedAgain), List.of());

        assertThat(DB.column("select status::text || resends from message where id = ?", known))
                .containsExactly("sent0");
    }

    @Test
    void onlyMarkedMessagesAreHandedOutWhereSlotsMarkThem() {
        all.policy = InDoubtPolicy.HOLD;
        all.accept("acme", 60);
        all.accept("acme", 70);
        SlotEpoch crashed = all.slot("acme", "0");
        ClaimedPart part = all.claim(crashed).get(0);
        long[] marked = {part.messages().get(5).id(), part.messages().get(2).id()};
        get(all.queue.submitting(crashed, marked));
        SlotEpoch next = all.slot("acme", "0");

        List<ClaimedPart> recovered = get(all.queue.recover(next));
        RecordRules hold = new RecordRules(3, Duration.ZERO, InDoubtPolicy.HOLD, Duration.ZERO);
        all.settle(next, recovered.get(0), Kind.IN_DOUBT, hold);
        List<QueuedMt> rest = new ArrayList<>();
        all.claim(next).forEach(again -> rest.addAll(again.messages()));

        assertThat(recovered).hasSize(1);
        assertThat(recovered.get(0).messages())
                .extracting(QueuedMt::id)
                .containsExactlyInAnyOrder(marked[0], marked[1]);
        assertThat(rest).hasSize(128);
        assertThat(all.statuses()).containsExactlyInAnyOrder("queued 128", "held 2");
        assertThat(DB.number("select sum(resends) from message where status = 'queued'"))
                .isZero();
    }

    @Test
    void nothingIsMarkedWithoutTheLease() {
        all.accept("acme", 50);
        SlotEpoch zombie = all.slot("acme", "0");
        ClaimedPart part = all.claim(zombie).get(0);
        all.slot("acme", "0");

        long[] ids = {part.messages().get(0).id()};
        assertThatThrownBy(() -> get(all.queue.submitting(zombie, ids))).isInstanceOf(LeaseLost.class);
        assertThat(all.statuses()).containsExactlyInAnyOrder("queued 50");
    }

    @Test
    void partsOfASlotThatIsNoMoreAreAdopted() {
        all.accept("acme", 50);
        all.accept("acme", 51);
        all.accept("acme", 52);
        SlotEpoch gone = all.slot("acme", "7", "node:1", Duration.ofMinutes(5));
        SlotEpoch leased = all.slot("acme", "8");
        SlotEpoch live = all.slot("acme", "1");
        get(all.queue.claim(gone, 1, 1)).parts();
        get(all.queue.claim(leased, 1, 1)).parts();
        get(all.queue.claim(live, 1, 1)).parts();
        SlotEpoch heir = all.slot("acme", "0");

        assertThat(get(all.queue.adopt(heir, List.of("acme/0/0", "acme/0/1")))).isZero();
        DB.execute("update slot_lease set expires_at = now() where slot = ?", gone.slot());
        assertThat(get(all.queue.adopt(heir, List.of("acme/0/0", "acme/0/1")))).isEqualTo(1);

        assertThat(get(all.queue.recover(heir))).hasSize(1);
        assertThat(get(all.queue.adopt(heir, List.of("acme/0/0", "acme/0/1")))).isZero();
    }

    @Test
    void aClaimWhoseAnswerWasLostIsNotForgotten() {
        all.accept("acme", 50);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart known = all.claim(slot).get(0);
        all.accept("acme", 60);
        // what a commit leaves whose answer never came
        DB.execute("update delivery_part set owner = ?, epoch = ? where owner is null", slot.slot(), slot.epoch());
        DB.execute("alter table delivery_part rename to away");
        assertThatThrownBy(() -> all.claim(slot)).hasMessageContaining("delivery_part");
        DB.execute("alter table away rename to delivery_part");

        List<ClaimedPart> claimed = all.claim(slot);

        assertThat(claimed).hasSize(1);
        assertThat(claimed.get(0).messages()).hasSize(60);
        assertThat(claimed.get(0).partId()).isNotEqualTo(known.partId());
    }
}
