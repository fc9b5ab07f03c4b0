// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.delivery.TestQueue.RULES;
import static org.smsprocess.delivery.TestQueue.get;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.delivery.log.DeliveryLog;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.store.TestDatabase;

class UpkeepIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final long PART_OF_NEXT = 1L << 20;
    private static TestQueue all;

    @BeforeAll
    static void open() {
        all = new TestQueue(DB, Map.of());
    }

    @Test
    void partitionsAreMadeAheadBegunByTimeAndDroppedWhenOldAndSettled() {
        List<Long> old = all.accept("acme", 60);
        upkeep();
        assertThat(partitions()).contains("message_0", "message_1", "message_2");
        assertThat(DB.number("select last_value from part_id")).isLessThan(PART_OF_NEXT);

        age(0, "2 days");
        upkeep();
        assertThat(DB.number("select last_value from part_id")).isGreaterThanOrEqualTo(PART_OF_NEXT);
        List<Long> later = acceptByAnotherNode();
        assertThat(later.get(0)).isGreaterThanOrEqualTo(PART_OF_NEXT * 1024);

        age(0, "40 days");
        upkeep();
        age(1, "31 days");
        upkeep();
        assertThat(partitions()).as("not settled yet").contains("message_0");

        SlotEpoch slot = all.slot("acme", "0");
        all.claim(slot).forEach(part -> all.settle(slot, part, Kind.SENT, RULES));
        DB.execute("update delivery set created_at = created_at - interval '40 days', open = false");
        upkeep();
        upkeep();

        assertThat(partitions()).doesNotContain("message_0").contains("message_1", "message_2", "message_3");
        assertThat(get(all.queries.message(old.get(0)))).isEmpty();
        assertThat(get(all.queries.message(later.get(0)))).isPresent();
        assertThat(DB.number("select count(*) from delivery_range")).isEqualTo(1);
        writeFinalStatusOf(old.get(0)); // an SR that comes later than everything is no trouble
    }

    private static void writeFinalStatusOf(long dropped) {
        ActorTestKit kit = ActorTestKit.create();
        TestProbe<DeliveryLog.Logged> probe = kit.createTestProbe(DeliveryLog.Logged.class);
        FinalStatus status = new FinalStatus(dropped, true, null, "DELIVRD", "000", 1);
        kit.spawn(DeliveryLog.create(DB.database(), DeliveryLogSettings.from(ConfigFactory.load())))
                .tell(new DeliveryLog.Record("Acme", "7000", List.of(status), 1, probe.ref()));
        probe.receiveMessage();
        kit.shutdownTestKit();
    }

    private static List<Long> acceptByAnotherNode() {
        PostgresIntake other = new PostgresIntake(DB.database(), all.signal, IntakeSettings.from(ConfigFactory.load()));
        return get(other.accept("acme", DeliverySettings.DEFAULT, TestQueue.mts(60)))
                .ids();
    }

    private static void age(int partition, String time) {
        DB.execute(
                "update message_partition set opened_at = now() - interval '" + time + "' where number = " + partition);
    }

    private static List<Object> partitions() {
        return DB.column("select inhrelid::regclass::text from pg_inherits where inhparent = 'message'::regclass");
    }

    private static void upkeep() {
        get(Upkeep.run(DB.database(), UpkeepSettings.from(ConfigFactory.load()), IdBlocks.ofParts()));
    }
}
