// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.delivery.TestQueue.get;
import static org.smsprocess.delivery.TestQueue.mts;
import static org.smsprocess.delivery.TestQueue.settlement;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.log.DeliveryLog;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.delivery.lookup.DeliveryCounters;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.delivery.upkeep.Upkeep;
import org.smsprocess.delivery.upkeep.UpkeepSettings;
import org.smsprocess.store.TestDatabase;

/** The first invariant: whatever happens in whatever order, the books balance at every moment and everything ends in a final state. */
class BooksIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Kind[] KINDS = Kind.values();

    private TestQueue all;
    private Random random;
    private final List<SlotEpoch> slots = new ArrayList<>();
    private final Map<SlotEpoch, List<ClaimedPart>> claimed = new HashMap<>();
    private final List<Long> deliveries = new ArrayList<>();
    private long accepted;

    @BeforeEach
    void open() {
        all = new TestQueue(DB, Map.of("sms-process.part-size", 7));
        all.clean();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void balanceUnderRandomOperations(long seed) {
        random = new Random(seed);
        ActorTestKit kit = ActorTestKit.create();
        try {
            ActorRef<DeliveryLog.Command> log =
                    kit.spawn(DeliveryLog.create(DB.database(), DeliveryLogSettings.from(ConfigFactory.load())));
            for (int child = 0; child < 3; child++) {
                slots.add(all.slot("acme", Integer.toString(child)));
            }
            for (int step = 0; step < 150; step++) {
                step(log, kit);
                balance();
            }
            drain();
        } finally {
            kit.shutdownTestKit();
        }
        balance();
        for (Object id : DB.column("select id from delivery")) {
            DeliveryCounters end = get(all.queries.counters((Long) id));
            assertThat(end.queued() + end.inFlight() + end.inDoubt()).isZero();
            assertThat(inEveryState(end)).isEqualTo(end.accepted());
        }
    }

    private void step(ActorRef<DeliveryLog.Command> log, ActorTestKit kit) {
        int slot = random.nextInt(slots.size());
        switch (random.nextInt(10)) {
            case 0, 1 -> accept();
            case 2, 3, 4 -> claim(slot);
            case 5, 6, 7 -> settle(slot);
            case 8 -> operate(slot);
            default -> finals(log, kit);
        }
    }

    private void accept() {
        int count = 1 + random.nextInt(40);
        accepted += count;
        if (random.nextBoolean()) {
            deliveries.add(all.accept(
                            "acme",
                            new DeliverySettings(null, random.nextInt(4), 0, null, true, WireSettings.NONE),
                            count)
                    .deliveryId());
            return;
        }
        long draft = get(all.deliveries.create("acme", null, "t", DeliverySettings.DEFAULT));
        get(all.deliveries.addRecipients(draft, mts(count)));
        get(all.deliveries.start(draft));
        deliveries.add(draft);
    }

    private void claim(int slot) {
        claimed.computeIfAbsent(slots.get(slot), key -> new ArrayList<>())
                .addAll(get(all.queue.claim(slots.get(slot), 20, 3)).parts());
    }

    private void settle(int slot) {
        List<ClaimedPart> mine = claimed.getOrDefault(slots.get(slot), List.of());
        if (mine.isEmpty()) {
            return;
        }
        ClaimedPart part = mine.remove(random.nextInt(mine.size()));
        List<Settlement> settlements = part.messages().stream()
                .map(mt -> settlement(part.partId(), mt.id(), KINDS[random.nextInt(KINDS.length)]))
                .toList();
        RecordRules rules = rules();
        get(all.queue.record(slots.get(slot), settlements, List.of(part.partId()), rules));
        if (random.nextInt(4) == 0) {
            get(all.queue.record(slots.get(slot), settlements, List.of(part.partId()), rules)); // repeated
        }
    }

    private void operate(int slot) {
        long delivery = deliveries.isEmpty() ? 0 : deliveries.get(random.nextInt(deliveries.size()));
        switch (random.nextInt(6)) {
            case 0 -> attempt(() -> get(all.deliveries.pause(delivery)));
            case 1 -> attempt(() -> get(all.deliveries.resume(delivery)));
            case 2 -> attempt(() -> get(all.deliveries.cancel(delivery)));
            case 3 -> crash(slot);
            case 4 -> {
                List<ClaimedPart> mine = claimed.computeIfAbsent(slots.get(slot), key -> new ArrayList<>());
                get(all.queue.release(
                        slots.get(slot), mine.stream().map(ClaimedPart::partId).toList()));
                mine.clear();
            }
            default -> upkeep();
        }
    }

    /** The slot's owner is another from now on; the old one goes on recording what it knows. */
    private void crash(int slot) {
        SlotEpoch old = slots.get(slot);
        SlotEpoch next = all.slot("acme", Integer.toString(slot));
        slots.set(slot, next);
        List<ClaimedPart> recovered = new ArrayList<>(get(all.queue.recover(next)));
        for (ClaimedPart part : claimed.getOrDefault(old, List.of())) {
            get(all.queue.record(
                    old,
                    TestQueue.settlements(part, KINDS[random.nextInt(KINDS.length)]),
                    List.of(part.partId()),
                    rules()));
        }
        claimed.remove(old);
        claimed.put(next, recovered);
    }

    private void finals(ActorRef<DeliveryLog.Command> log, ActorTestKit kit) {
        List<FinalStatus> statuses = new ArrayList<>();
        for (Object id : DB.column("select id from message order by md5(id::text || ?) limit 20", random.nextInt())) {
            statuses.add(new FinalStatus((Long) id, random.nextBoolean(), null, "S", "0", 1));
        }
        TestProbe<DeliveryLog.Logged> probe = kit.createTestProbe(DeliveryLog.Logged.class);
        log.tell(new DeliveryLog.Record("Acme", "7000", statuses, 1, probe.ref()));
        probe.receiveMessage();
    }

    private void balance() {
        assertThat(DB.number("select coalesce(sum(messages), 0) from delivery_range"))
                .isEqualTo(accepted);
        assertThat(DB.number("select count(*) from message")).isEqualTo(accepted);
        if (!deliveries.isEmpty()) {
            DeliveryCounters one = get(all.queries.counters(deliveries.get(random.nextInt(deliveries.size()))));
            assertThat(inEveryState(one)).as("%s", one).isEqualTo(one.accepted());
        }
    }

    private static long inEveryState(DeliveryCounters counters) {
        return counters.queued()
                + counters.inFlight()
                + counters.sent()
                + counters.verified()
                + counters.delivered()
                + counters.failed()
                + counters.inDoubt()
                + counters.held()
                + counters.cancelled();
    }

    private void drain() {
        deliveries.forEach(delivery -> attempt(() -> get(all.deliveries.resume(delivery))));
        for (int slot = 0; slot < slots.size(); slot++) {
            crash(slot);
        }
        for (int round = 0; round < 300; round++) {
            for (int slot = 0; slot < slots.size(); slot++) {
                claim(slot);
                for (ClaimedPart part : claimed.getOrDefault(slots.get(slot), List.of())) {
                    all.settle(slots.get(slot), part, Kind.SENT, rules());
                }
                claimed.remove(slots.get(slot));
            }
            upkeep();
            if (DB.number("select count(*) from delivery_part") == 0) {
                return;
            }
        }
    }

    private RecordRules rules() {
        return new RecordRules(3, Duration.ZERO, InDoubtPolicy.values()[random.nextInt(3)], Duration.ZERO);
    }

    private void upkeep() {
        get(Upkeep.run(DB.database(), UpkeepSettings.from(ConfigFactory.load()), IdBlocks.ofParts()));
    }

    /** Not every operation fits every state. */
    private static void attempt(Runnable operation) {
        try {
            operation.run();
        } catch (Deliveries.WrongState refused) {
            assertThat(refused).hasMessageContaining("delivery");
        }
    }
}
