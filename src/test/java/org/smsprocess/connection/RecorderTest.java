// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.MtQueue;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.text.ConcatReference;

/** When outcomes reach the delivery log; the correlators of this test answer at once. */
class RecorderTest {
    private static final Config CONFIG = ConfigFactory.parseString("pekko { actor.provider = local, loglevel = OFF }")
            .withFallback(ConfigFactory.load());
    private static final SlotEpoch SLOT = new SlotEpoch("acme", "acme/0/1", 2);
    private static final AccountSettings ACME = TestAccounts.account("acme");
    private static final SmppAddress NUMBER = new SmppAddress(1, 1, "41791234567");
    private static final Submit.Fields FIELDS = new Submit.Fields("", 0, true, 0, 0, null, null, 0);
    private static final long PART = 7;

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final TestProbe<Recorder.Event> session = kit.createTestProbe();
    private final Log log = new Log();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    @Observes("connection.record-pause")
    void aFewOutcomesWaitForMoreUntilThePauseIsOver() throws InterruptedException {
        ActorRef<Recorder.Command> recorder = recorder("record-pause = 1s");
        long start = System.nanoTime();
        accept(recorder, 0);
        assertThat(log.next()).hasSize(1); // at once: the pause is between two
        accept(recorder, 1);
        accept(recorder, 2);

        assertThat(log.next()).hasSize(2);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    @Observes("connection.record-pause")
    void withoutAPauseEachIsWrittenWhenItIsThere() throws InterruptedException {
        ActorRef<Recorder.Command> recorder = recorder("record-pause = 0s");
        for (int i = 0; i < 3; i++) {
            accept(recorder, i);

            assertThat(log.next()).hasSize(1);
        }
    }

    @Test
    void whatHoldsUpTheWindowIsWrittenAtOnce() throws InterruptedException {
        ActorRef<Recorder.Command> recorder = recorder("record-pause = 1m");
        accept(recorder, 0);
        assertThat(log.next()).hasSize(1);

        answer(recorder, 1, CommandStatus.ESME_RINVDSTADR, null); // refused: no mapping tells of it

        assertThat(log.next()).extracting(Settlement::kind).containsExactly(Settlement.Kind.FAILED);
    }

    @Test
    void thoseThatEndWithTheLinkAreWrittenAtOnce() throws InterruptedException {
        ActorRef<Recorder.Command> recorder = recorder("record-pause = 1m");
        accept(recorder, 0);
        assertThat(log.next()).hasSize(1);
        accept(recorder, 1);

        recorder.tell(Recorder.Drain.INSTANCE);

        assertThat(log.next()).hasSize(1);
        session.expectMessage(Recorder.Drained.INSTANCE);
    }

    private static void accept(ActorRef<Recorder.Command> recorder, int message) {
        answer(recorder, message, CommandStatus.ESME_ROK, "id" + message);
    }

    @SuppressWarnings("NullAway") // a refused one has no id
    private static void answer(ActorRef<Recorder.Command> recorder, int message, int status, String id) {
        Submit submit = new Submit(PART * 1024 + message, 1, 1, NUMBER, NUMBER, FIELDS, 1, new byte[0], List.of());
        recorder.tell(
                new Recorder.Outcomes(List.of(new SubmitOutcome(submit, SubmitOutcome.Kind.ANSWERED, status, id, 0))));
    }

    private ActorRef<Recorder.Command> recorder(String line) {
        ActorRef<Recorder.Command> recorder =
                kit.spawn(Recorder.create(SLOT, ACME, services(line), new AtomicLong(), session.ref()));
        List<QueuedMt> mts = List.of(mt(0), mt(1), mt(2), mt(3));
        recorder.tell(new Recorder.Opened(new ClaimedPart(PART, 1, DeliverySettings.DEFAULT, null, 1, mts)));
        return recorder;
    }

    private static QueuedMt mt(int number) {
        return new QueuedMt(PART * 1024 + number, "+41791234567", "Hello", null, 0, false);
    }

    @SuppressWarnings("NullAway") // a recorder needs no more than these
    private ConnectionServices services(String line) {
        ConnectionServices.SrRoute sr = new ConnectionServices.SrRoute() {
            @Override
            public int buckets() {
                return 2;
            }

            @Override
            public void tell(String account, int bucket, SrProtocol.Command command) {
                SrProtocol.Submitted submitted = (SrProtocol.Submitted) command;
                submitted.replyTo().tell(new SrProtocol.Persisted(submitted.batch()));
            }
        };
        return new ConnectionServices(
                name -> null,
                null,
                log,
                sr,
                null,
                null,
                account -> new IdNormaliser(
                        "acme", account.sr().mtIdFormat(), account.sr().srIdFormat()),
                null,
                null,
                Runnable::run,
                new ConcatReference(16),
                new LiveBoard(() -> "node", Clock.systemUTC()),
                null,
                ClusterSize.ONE,
                ConnectionLimits.from(ConfigFactory.parseString("sms-process.connection." + line)
                        .withFallback(CONFIG)),
                System::nanoTime,
                Clock.systemUTC());
    }

    /** Takes settlements, transaction by transaction. */
    private static final class Log implements MtQueue {
        private final BlockingQueue<List<Settlement>> transactions = new LinkedBlockingQueue<>();

        List<Settlement> next() throws InterruptedException {
            List<Settlement> next = transactions.poll(10, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        @Override
        public CompletionStage<Void> record(
                SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts, RecordRules rules) {
            transactions.add(settlements);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Claim> claim(SlotEpoch slot, int maxMessages, int maxParts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> submitting(SlotEpoch slot, long[] mtIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<ClaimedPart>> recover(SlotEpoch slot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<ClaimedPart>> recoverEarlier(SlotEpoch slot) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> release(SlotEpoch slot, List<Long> partIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Integer> adopt(SlotEpoch slot, List<String> liveSlots) {
            throw new UnsupportedOperationException();
        }
    }
}
