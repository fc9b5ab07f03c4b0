// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smsprocess.delivery.TestQueue.RULES;
import static org.smsprocess.delivery.TestQueue.get;
import static org.smsprocess.delivery.TestQueue.mts;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.DeliveryState;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.QueueFixture;
import org.smsprocess.delivery.intake.Deliveries.WrongState;
import org.smsprocess.delivery.lookup.DeliveryCounters;
import org.smsprocess.delivery.lookup.DeliveryInfo;
import org.smsprocess.delivery.lookup.InDoubtMessages;
import org.smsprocess.delivery.lookup.MessageInfo;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.delivery.upkeep.Upkeep;
import org.smsprocess.delivery.upkeep.UpkeepSettings;

class DeliveriesIT extends QueueFixture {
    @Test
    void aDraftSendsNothingAStartedDeliverySendsAllAndIsCompleted() {
        long id = draft(1200);
        SlotEpoch slot = all.slot("acme", "0");
        assertThat(all.claim(slot)).isEmpty();

        get(all.deliveries.start(id));
        List<ClaimedPart> parts = all.claim(slot);
        upkeep();
        assertThat(state(id)).isEqualTo(DeliveryState.RUNNING);
        parts.forEach(part -> all.settle(slot, part, Kind.SENT, RULES));
        upkeep();

        assertThat(parts).hasSize(3).allMatch(part -> "Hello {{name}}".equals(part.template()));
        assertThat(state(id)).isEqualTo(DeliveryState.COMPLETED);
        assertThat(get(all.queries.counters(id))).isEqualTo(new DeliveryCounters(1200, 0, 0, 1200, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void onlyADraftTakesRecipients() {
        long id = draft(10);
        get(all.deliveries.start(id));

        assertThatThrownBy(() -> get(all.deliveries.addRecipients(id, mts(1))))
                .isInstanceOf(WrongState.class)
                .hasMessageContaining("is running");
        assertThatThrownBy(() -> get(all.deliveries.pause(id + 1000))).isInstanceOf(WrongState.class);
        assertThat(get(all.queries.counters(id)).accepted()).isEqualTo(10);
    }

    @Test
    void aPauseHoldsBackWhatIsQueuedAndWhatComesBack() {
        long id = draft(1000);
        get(all.deliveries.start(id));
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = get(all.queue.claim(slot, 1, 1)).parts().get(0);
        get(all.deliveries.pause(id));
        assertThat(all.claim(slot)).isEmpty();
        all.settle(slot, part, Kind.RETRY, RULES);
        assertThat(all.claim(slot)).isEmpty();

        get(all.deliveries.resume(id));

        assertThat(all.claim(slot)).hasSize(2);
    }

    @Test
    void aCancellationEndsWhatIsQueuedAndKeepsWhatWasSent() {
        long id = draft(3000);
        get(all.deliveries.start(id));
        SlotEpoch slot = all.slot("acme", "0");
        List<ClaimedPart> parts = get(all.queue.claim(slot, 2000, 4)).parts();
        all.settle(slot, parts.get(0), Kind.SENT, RULES);
        all.settle(slot, parts.get(1), Kind.IN_DOUBT, RULES);
        get(all.deliveries.cancel(id));
        assertThat(get(all.queries.counters(id)))
                .isEqualTo(new DeliveryCounters(3000, 0, 1000, 500, 0, 0, 0, 0, 0, 1500));

        all.settle(slot, parts.get(2), Kind.SENT, RULES); // was on its way
        all.settle(slot, parts.get(3), Kind.RETRY, RULES);
        upkeep();

        assertThat(get(all.queries.counters(id)))
                .isEqualTo(new DeliveryCounters(3000, 0, 0, 1000, 0, 0, 0, 0, 0, 2000));
        assertThat(all.claim(slot)).isEmpty();
        assertThat(DB.number("select count(*) from delivery_part")).isZero();
        assertThat(state(id)).isEqualTo(DeliveryState.CANCELLED);
        assertThat(get(all.queries.delivery(id)).orElseThrow().completedAt()).isNotNull();
    }

    @Test
    void whatSmallRequestsShareCannotBeCancelledWhileMoreMayCome() {
        long shared = all.accept("acme", DeliverySettings.DEFAULT, 3).deliveryId();

        assertThatThrownBy(() -> get(all.deliveries.cancel(shared)))
                .isInstanceOf(WrongState.class)
                .hasMessageContaining("shared");
        DB.execute("update delivery set created_at = created_at - interval '3 hours'");
        upkeep();
        get(all.deliveries.cancel(shared));

        assertThat(all.statuses()).containsExactlyInAnyOrder("cancelled 3");
    }

    @Test
    void upkeepFinishesACancellationThatANodeLeft() {
        long id = draft(1000);
        DB.execute("update delivery set state = 'cancelled' where id = ?", id);
        upkeep();
        upkeep();

        assertThat(all.statuses()).containsExactlyInAnyOrder("cancelled 1000");
        assertThat(get(all.queries.delivery(id)).orElseThrow().completedAt()).isNotNull();
    }

    @Test
    void aMessageInNoPartIsFoundAndRequeued() {
        long id = draft(100);
        get(all.deliveries.start(id));
        DB.execute("delete from delivery_part");
        upkeep();

        assertThat(state(id)).isEqualTo(DeliveryState.RUNNING);
        assertThat(all.claim(all.slot("acme", "0")).get(0).messages()).hasSize(100);
    }

    @Test
    void theLogIsReadInPages() {
        long id = draft(1200);
        draft(300);
        List<Long> seen = new ArrayList<>();
        long after = 0;
        List<MessageInfo> page;
        do {
            page = get(all.queries.log(id, after, 500));
            page.forEach(message -> seen.add(message.id()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (!page.isEmpty());

        assertThat(seen).hasSize(1200).doesNotHaveDuplicates().isSorted();
        assertThat(get(all.queries.deliveries("acme", Long.MAX_VALUE, 1))).hasSize(1);
        assertThat(get(all.queries.deliveries(null, Long.MAX_VALUE, 10)))
                .extracting(DeliveryInfo::label)
                .containsExactly("spring", "spring");
    }

    @Test
    void anOperatorResendsOrClosesWhatIsHeldOrInDoubt() {
        InDoubtMessages inDoubt = new InDoubtMessages(DB.database(), all.signal);
        all.accept("acme", 50);
        all.accept("acme", 60);
        SlotEpoch slot = all.slot("acme", "0");
        List<ClaimedPart> parts = all.claim(slot);
        RecordRules hold = new RecordRules(3, RULES.retryDelay(), InDoubtPolicy.HOLD, RULES.inDoubtWait());
        RecordRules later = new RecordRules(3, RULES.retryDelay(), InDoubtPolicy.RESEND, Duration.ofHours(1));
        all.settle(slot, parts.get(0), Kind.IN_DOUBT, hold);
        all.settle(slot, parts.get(1), Kind.IN_DOUBT, later);
        List<MessageInfo> listed = get(inDoubt.list("acme", 0, 1000));
        assertThat(listed).hasSize(110);
        assertThat(get(inDoubt.list("acme", listed.get(9).id(), 10))).isEqualTo(listed.subList(10, 20));

        List<Long> ids = listed.stream().map(MessageInfo::id).toList();
        assertThat(get(inDoubt.close(ids.subList(0, 10), "asked them"))).isEqualTo(10);
        assertThat(get(inDoubt.resend(ids))).isEqualTo(100);

        assertThat(get(inDoubt.list("acme", 0, 1000))).isEmpty();
        List<ClaimedPart> again = all.claim(slot);
        assertThat(again).flatExtracting(ClaimedPart::messages).hasSize(100);
        assertThat(DB.column("select distinct resends || resend_reason from message where status = 'queued'"))
                .containsExactly("1operator");
        assertThat(DB.column("select distinct error from message where status = 'failed'"))
                .containsExactly("in doubt, closed by operator: asked them");
    }

    private static long draft(int recipients) {
        long id = get(all.deliveries.create("acme", "spring", "Hello {{name}}", DeliverySettings.DEFAULT));
        assertThat(get(all.deliveries.addRecipients(id, mts(recipients)))).hasSize(recipients);
        return id;
    }

    private static DeliveryState state(long id) {
        return get(all.queries.delivery(id)).orElseThrow().state();
    }

    private static void upkeep() {
        get(Upkeep.run(DB.database(), UpkeepSettings.from(ConfigFactory.load()), IdBlocks.ofParts()));
    }
}
