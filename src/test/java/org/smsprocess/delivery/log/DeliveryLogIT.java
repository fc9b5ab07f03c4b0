// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.delivery.TestQueue.RULES;

import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.log.DeliveryLog.Logged;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.store.TestDatabase;

class DeliveryLogIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final ActorTestKit KIT = ActorTestKit.create();
    private static TestQueue all;
    private static ActorRef<DeliveryLog.Command> log;
    private final TestProbe<Logged> probe = KIT.createTestProbe(Logged.class);

    @BeforeAll
    static void open() {
        all = new TestQueue(DB, Map.of());
        log = KIT.spawn(DeliveryLog.create(
                DB.database(),
                DeliveryLogSettings.from(ConfigFactory.load(ConfigFactory.parseMap(Map.of(
                        "sms-process.delivery-log.max-waiting",
                        1000,
                        "sms-process.delivery-log.retry-delay",
                        "50ms"))))));
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @BeforeEach
    void clean() {
        all.clean();
    }

    @Test
    void writesTheFirstFinalStatusAndKeepsIt() {
        List<Long> ids = sent(60);
        write(1, delivered(ids.get(0)), failed(ids.get(1), "UNDELIV", "011"));
        write(2, failed(ids.get(0), "EXPIRED", "000"), delivered(ids.get(1)), delivered(ids.get(2)));

        assertThat(all.statuses()).containsExactlyInAnyOrder("sent 57", "delivered 2", "failed 1");
        assertThat(DB.column("select error from message where id = ?", ids.get(1)))
                .containsExactly("SR Acme UNDELIV 011|#MESSAGE#");
        assertThat(DB.column("select error from message where id = ?", ids.get(0)))
                .containsOnlyNulls();
        assertThat(DB.number("select extract(epoch from final_at) from message where id = ?", ids.get(0)))
                .isEqualTo(3);
    }

    @Test
    void settlesWhatIsInDoubtHeldOrQueuedAgainAndTheAnswerAddsWhatItKnows() {
        List<Long> ids = all.accept("acme", 60);
        SlotEpoch slot = all.slot("acme", "0");
        ClaimedPart part = all.claim(slot).get(0);
        long doubtful = ids.get(0);
        long early = ids.get(1);
        all.record(slot, List.of(TestQueue.settlement(part.partId(), doubtful, Kind.IN_DOUBT)), List.of());
        FinalStatus withId = new FinalStatus(doubtful, true, "0A1B", "DELIVRD", "000", 3000);
        write(1, withId, delivered(early));
        assertThat(DB.column("select provider_message_id from message where id = ?", doubtful))
                .containsExactly("0A1B");

        all.settle(slot, part, Kind.SENT, RULES);

        assertThat(all.statuses()).containsExactlyInAnyOrder("sent 58", "delivered 2");
        assertThat(DB.column("select provider_message_id from message where id = ?", early))
                .containsExactly("p" + early);
        assertThat(all.claim(slot)).allMatch(again -> again.messages().isEmpty());
    }

    @Test
    void qualifiesErrorsAndQuarantinesTheHardOnes() {
        List<Long> ids = sent(60);
        write(
                1,
                failed(ids.get(0), "UNDELIV", "011"),
                failed(ids.get(1), "UNDELIV", "011"),
                failed(ids.get(2), "X", ""));
        assertThat(DB.column("select stat || err || kind || occurrences from error_qualification order by stat"))
                .containsExactly("UNDELIV011soft2", "Xsoft1");
        assertThat(DB.number("select count(*) from quarantine")).isZero();
        DB.execute("update error_qualification set kind = 'hard' where stat = 'UNDELIV'");

        write(
                2,
                failed(ids.get(3), "UNDELIV", "011"),
                failed(ids.get(4), "X", ""),
                failed(ids.get(0), "UNDELIV", "011"));

        assertThat(DB.column("select short_code || number from quarantine")).containsExactly("7000+33612341003");
        assertThat(DB.column("select occurrences from error_qualification order by stat"))
                .containsExactly(3L, 2L);
        all.accept("acme", 60);
        assertThat(all.claim(all.slot("acme", "0")).get(0).messages().get(3).quarantined())
                .isTrue();
    }

    @Test
    void triesAgainUntilTheDatabaseIsBackAndAcknowledgesOnlyThen() {
        List<Long> ids = sent(60);
        DB.execute("alter schema sms rename to away");
        log.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(0))), 1, probe.ref()));
        probe.expectNoMessage(Duration.ofMillis(300));

        DB.execute("alter schema away rename to sms");

        assertThat(probe.receiveMessage().tag()).isEqualTo(1);
        assertThat(all.status(ids.get(0))).isEqualTo("delivered");
    }

    @Test
    @Observes("delivery-log.max-waiting")
    void takesNoMoreThanItsLimitWhileItCannotWrite() {
        List<Long> ids = sent(60);
        List<FinalStatus> many =
                LongStream.range(0, 600).mapToObj(i -> delivered(ids.get(0))).toList();
        DB.execute("alter schema sms rename to away");
        log.tell(new DeliveryLog.Record("Acme", "7000", many, 1, probe.ref()));
        log.tell(new DeliveryLog.Record("Acme", "7000", many, 2, probe.ref()));
        probe.expectNoMessage(Duration.ofMillis(200));
        DB.execute("alter schema away rename to sms");

        assertThat(probe.receiveMessage().tag()).isEqualTo(1);
        probe.expectNoMessage(Duration.ofMillis(200)); // the second is its sender's to send again
    }

    @ParameterizedTest
    @Observes("batch-update-size")
    @CsvSource({"1, 20", "5000, 2"})
    void aTransactionHoldsWhatCameMeanwhileUpToTheMicrobatch(int size, int transactions) throws Exception {
        List<Long> ids = sent(60);
        ActorRef<DeliveryLog.Command> own = log("batch-update-size = " + size);
        try (Connection blocker = DB.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select 1 from message where id = " + ids.get(0) + " for update");
            own.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(0))), 0, probe.ref()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> DB.number("select count(*) from pg_locks where not granted") > 0);
            for (int i = 1; i < 20; i++) {
                own.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(i))), i, probe.ref()));
            }
            blocker.rollback();
        }
        probe.receiveSeveralMessages(20);

        assertThat(DB.number("select count(distinct xmin::text) from message where status = 'delivered'"))
                .isEqualTo(transactions);
    }

    @ParameterizedTest
    @Observes("delivery-log.pause")
    @CsvSource({"1s, 900, 1", "0s, 0, 2"})
    void aFewStatusesWaitForMoreUntilThePauseIsOver(String pause, long leastMillis, int transactions) {
        List<Long> ids = sent(60);
        ActorRef<DeliveryLog.Command> own = log("delivery-log.pause = " + pause);
        long start = System.nanoTime();
        own.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(0))), 0, probe.ref()));
        probe.receiveMessage(); // at once: the pause is between two
        for (int i = 1; i <= 2; i++) {
            own.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(i))), i, probe.ref()));
            if (transactions == 2) {
                probe.receiveMessage();
            }
        }
        if (transactions == 1) {
            probe.receiveSeveralMessages(2);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(leastMillis));
        assertThat(DB.number("select count(distinct xmin::text) from message where status = 'delivered'"))
                .isEqualTo(1 + transactions);
    }

    @Test
    @Observes("update-threads")
    void asManyTransactionsRunAtOnceAsThereAreWriters() throws Exception {
        List<Long> ids = sent(60);
        ActorRef<DeliveryLog.Command> two = log("update-threads = 2");
        ActorRef<DeliveryLog.Command> one = log("update-threads = 1");
        try (Connection blocker = DB.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select 1 from message where id = " + ids.get(0) + " for update");
            two.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(0))), 1, probe.ref()));
            two.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(1))), 2, probe.ref()));
            assertThat(probe.receiveMessage().tag()).isEqualTo(2);

            one.tell(new DeliveryLog.Record("Acme", "7000", List.of(failed(ids.get(0), "X", "")), 3, probe.ref()));
            one.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(2))), 4, probe.ref()));
            probe.expectNoMessage(Duration.ofMillis(500));
            blocker.rollback();
        }
        probe.receiveSeveralMessages(3);
    }

    @ParameterizedTest
    @Observes({"delivery-log.retry-delay", "delivery-log.retry-max-delay"})
    @CsvSource({"50ms, 10s, true", "1m, 50ms, true", "1m, 1m, false"})
    void aFailedTransactionIsRepeatedAfterTheDelay(String first, String longest, boolean isSoon) {
        List<Long> ids = sent(60);
        ActorRef<DeliveryLog.Command> own =
                log("delivery-log { retry-delay = " + first + ", retry-max-delay = " + longest + " }");
        DB.execute("alter schema sms rename to away");
        own.tell(new DeliveryLog.Record("Acme", "7000", List.of(delivered(ids.get(0))), 1, probe.ref()));
        probe.expectNoMessage(Duration.ofMillis(200));
        DB.execute("alter schema away rename to sms");

        if (isSoon) {
            probe.receiveMessage();
        } else {
            probe.expectNoMessage(Duration.ofMillis(500));
        }
    }

    private static ActorRef<DeliveryLog.Command> log(String line) {
        return KIT.spawn(DeliveryLog.create(
                DB.database(),
                DeliveryLogSettings.from(ConfigFactory.load(ConfigFactory.parseString("sms-process." + line)))));
    }

    private List<Long> sent(int count) {
        List<Long> ids = all.accept("acme", count);
        SlotEpoch slot = all.slot("acme", "0");
        all.settle(slot, all.claim(slot).get(0), Kind.SENT, RULES);
        return ids;
    }

    private void write(long tag, FinalStatus... statuses) {
        log.tell(new DeliveryLog.Record("Acme", "7000", List.of(statuses), tag, probe.ref()));
        assertThat(probe.receiveMessage().tag()).isEqualTo(tag);
    }

    private static FinalStatus delivered(long id) {
        return new FinalStatus(id, true, null, "DELIVRD", "000", 3000);
    }

    private static FinalStatus failed(long id, String stat, String err) {
        return new FinalStatus(id, false, null, stat, err, 3000);
    }
}
