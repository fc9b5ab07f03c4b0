// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smsprocess.delivery.TestQueue.get;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.Observes;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.intake.Intake.Accepted;
import org.smsprocess.delivery.intake.Intake.IntakeFull;
import org.smsprocess.message.MtId;
import org.smsprocess.store.TestDatabase;

class IntakeIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static TestQueue all;

    @BeforeAll
    static void open() {
        all = new TestQueue(DB, Map.of("sms-process.intake.max-waiting", 2000, "sms-process.intake.max-batch", 600));
    }

    @BeforeEach
    void clean() {
        all.clean();
    }

    @Test
    void bigRequestIsADeliveryOfItsOwnInPartsOf500() {
        Accepted accepted = all.accept("acme", DeliverySettings.DEFAULT, 1201);

        assertThat(DB.column(
                        "select messages from delivery_part where delivery_id = ? order by id", accepted.deliveryId()))
                .containsExactly(500, 500, 201);
        assertThat(DB.column("select id from message order by id")).isEqualTo(accepted.ids());
        long third = accepted.ids().get(1001);
        assertThat(MtId.of(MtId.partOf(third), 1)).isEqualTo(third);
        assertThat(DB.column("select body from message where id = ?", third)).containsExactly("text 1001");
        assertThat(DB.column("select reference from message where id = ?", third))
                .containsExactly("ref-1001");
    }

    @Test
    void smallRequestsOfTheSameSettingsShareADeliveryAndThoseOfOthersDoNot() {
        DeliverySettings urgent = new DeliverySettings("acme", 3, 0, null, true, WireSettings.NONE);
        List<CompletionStage<Accepted>> stages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add(all.intake.accept("acme", DeliverySettings.DEFAULT, TestQueue.mts(1)));
            stages.add(all.intake.accept("acme", urgent, TestQueue.mts(2)));
            stages.add(all.intake.accept("other", DeliverySettings.DEFAULT, TestQueue.mts(1)));
        }
        Set<Long> ids = new HashSet<>();
        stages.forEach(stage -> ids.addAll(get(stage).ids()));

        assertThat(ids).hasSize(400);
        assertThat(DB.number("select count(*) from message")).isEqualTo(400);
        assertThat(DB.number("select count(distinct delivery_id) from message where account = 'other'"))
                .isLessThanOrEqualTo(2); // two writers may each begin one
        assertThat(DB.number("select count(*) from delivery_part")).isLessThan(150);
        assertThat(DB.column("select distinct sender from message m join delivery_part p on p.id = m.id >> 10"
                        + " where p.priority = 3"))
                .containsExactly("acme");
    }

    @Test
    @Observes("intake.max-waiting")
    void refusesWhenTooMuchWaitsAndTakesAgainLater() {
        List<CompletionStage<Accepted>> stages = new ArrayList<>();
        int refused = 0;
        for (int i = 0; i < 50; i++) {
            CompletionStage<Accepted> stage = all.intake.accept("acme", DeliverySettings.DEFAULT, TestQueue.mts(500));
            if (stage.toCompletableFuture().isCompletedExceptionally()) {
                assertThatThrownBy(() -> get(stage)).isInstanceOf(IntakeFull.class);
                refused++;
            } else {
                stages.add(stage);
            }
        }
        stages.forEach(TestQueue::get);

        assertThat(refused).isPositive();
        assertThat(all.accept("acme", 500)).hasSize(500);
        assertThat(DB.number("select count(*) from message")).isEqualTo(500L * (51 - refused));
        assertThat(all.intake.waitingMessages()).isZero();
    }

    @Test
    void badTextOfOneRequestDoesNotRefuseTheOthers() {
        List<CompletionStage<Accepted>> good = new ArrayList<>();
        CompletionStage<Accepted> bad = null;
        for (int i = 0; i < 40; i++) {
            good.add(all.intake.accept("acme", DeliverySettings.DEFAULT, TestQueue.mts(1)));
            if (i == 20) {
                NewMt nul = new NewMt("+33612345678", "a\0b", null, null);
                bad = all.intake.accept("acme", DeliverySettings.DEFAULT, List.of(nul));
            }
        }
        good.forEach(TestQueue::get);
        CompletionStage<Accepted> refused = bad;

        assertThatThrownBy(() -> get(refused)).hasStackTraceContaining("0x00");
        assertThat(DB.number("select count(*) from message")).isEqualTo(40);
    }

    @Test
    void failsWhatItCannotStoreAndTakesAgainAfterwards() {
        DB.execute("alter schema sms rename to away");
        List<CompletionStage<Accepted>> failing = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            failing.add(all.intake.accept("acme", DeliverySettings.DEFAULT, TestQueue.mts(1)));
        }
        failing.forEach(stage -> assertThatThrownBy(() -> get(stage)).hasStackTraceContaining("does not exist"));
        assertThat(all.intake.waitingMessages()).isZero();
        DB.execute("alter schema away rename to sms");

        assertThat(all.accept("acme", 10)).hasSize(10);
        assertThat(DB.number("select count(*) from message")).isEqualTo(10);
    }

    @Test
    void scheduledMessagesAreNotDueBefore() {
        Instant later = Instant.now().plusSeconds(3600);
        all.accept("acme", new DeliverySettings(null, 0, 0, later, true, WireSettings.NONE), 3);

        assertThat(all.claim(all.slot("acme", "0"))).isEmpty();
        assertThat(DB.number("select count(*) from delivery_part where due_at > now() + interval '59 minutes'"))
                .isEqualTo(1);
    }
}
