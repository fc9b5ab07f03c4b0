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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.text.ConcatReference;

class RecoveryTest {
    private static final Config CONFIG = ConfigFactory.parseString("pekko { actor.provider = local, loglevel = OFF }")
            .withFallback(ConfigFactory.load());
    private static final SlotEpoch SLOT = new SlotEpoch("acme", "acme/0/1", 2);
    private static final AccountSettings ACME = TestAccounts.account("acme", "sr.user-message-reference = true");

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final TestProbe<Recovery.Event> session = kit.createTestProbe();
    private final BlockingQueue<SrProtocol.Command> toCorrelators = new LinkedBlockingQueue<>();
    private final OneMessage queue = new OneMessage();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void anAnswerToAnEarlierRoundCountsForNoLaterOne() throws InterruptedException {
        kit.spawn(Recovery.create(SLOT, ACME, 1, services("record-retry-delay = 10ms"), session.ref()));
        SrProtocol.Submitted first = references();
        first.replyTo().tell(new SrProtocol.Persisted(first.batch())); // recording fails, all begins anew
        SrProtocol.Submitted second = references();

        second.replyTo().tell(new SrProtocol.Persisted(first.batch())); // as a correlator does that was told twice
        session.expectNoMessage(Duration.ofMillis(200));
        assertThat(queue.records).hasValue(1);

        second.replyTo().tell(new SrProtocol.Persisted(second.batch()));
        session.expectMessage(Recovery.Done.INSTANCE);
        assertThat(queue.records).hasValue(2);
    }

    @ParameterizedTest
    @Observes("connection.record-retry-delay")
    @CsvSource({"10ms, true", "1m, false"})
    void aFailedRecoveryBeginsAnewAfterTheDelay(String delay, boolean isSoon) throws InterruptedException {
        kit.spawn(Recovery.create(SLOT, ACME, 1, services("record-retry-delay = " + delay), session.ref()));
        SrProtocol.Submitted first = references();

        first.replyTo().tell(new SrProtocol.Persisted(first.batch())); // recording fails

        assertThat(toCorrelators.poll(isSoon ? 10_000 : 500, TimeUnit.MILLISECONDS) != null)
                .isEqualTo(isSoon);
    }

    @ParameterizedTest
    @Observes("connection.persist-timeout")
    @CsvSource({"50ms, true", "1m, false"})
    void correlatorsThatDoNotAnswerAreAskedAgainAfterTheTimeout(String timeout, boolean isSoon)
            throws InterruptedException {
        kit.spawn(Recovery.create(SLOT, ACME, 1, services("persist-timeout = " + timeout), session.ref()));
        for (int bucket = 0; bucket < 3; bucket++) {
            assertThat(toCorrelators.poll(10, TimeUnit.SECONDS)).isNotNull();
        }

        assertThat(toCorrelators.poll(isSoon ? 10_000 : 500, TimeUnit.MILLISECONDS) != null)
                .isEqualTo(isSoon);
    }

    /** Answers what the recovery asks first, that nothing is known; what it tells then. */
    private SrProtocol.Submitted references() throws InterruptedException {
        while (true) {
            SrProtocol.Command command = toCorrelators.poll(10, TimeUnit.SECONDS);
            if (command instanceof SrProtocol.FindKnown asked) {
                asked.replyTo().tell(new SrProtocol.Known(asked.batch(), List.of()));
            } else {
                assertThat(command).isInstanceOf(SrProtocol.Submitted.class);
                return (SrProtocol.Submitted) command;
            }
        }
    }

    @SuppressWarnings("NullAway") // a recovery needs no more than these
    private ConnectionServices services(String line) {
        ConnectionServices.SrRoute sr = new ConnectionServices.SrRoute() {
            @Override
            public int buckets() {
                return 3;
            }

            @Override
            public void tell(String account, int bucket, SrProtocol.Command command) {
                assertThat(bucket).isBetween(0, 2);
                toCorrelators.add(command);
            }
        };
        return new ConnectionServices(
                name -> null,
                null,
                queue,
                sr,
                null,
                null,
                null,
                null,
                null,
                Runnable::run,
                new ConcatReference(16),
                null,
                null,
                ClusterSize.ONE,
                ConnectionLimits.from(ConfigFactory.parseString("sms-process.connection." + line)
                        .withFallback(CONFIG)),
                System::nanoTime,
                Clock.systemUTC());
    }

    /** Holds a message in doubt; to record it fails the first time. */
    private static final class OneMessage implements MtQueue {
        private final AtomicInteger records = new AtomicInteger();

        @Override
        public CompletionStage<Integer> adopt(SlotEpoch slot, List<String> liveSlots) {
            return CompletableFuture.completedFuture(0);
        }

        @Override
        public CompletionStage<List<ClaimedPart>> recover(SlotEpoch slot) {
            QueuedMt mt = new QueuedMt(7_168, "+33600000001", "Hello", null, 0, false);
            return CompletableFuture.completedFuture(
                    List.of(new ClaimedPart(7, 1, DeliverySettings.DEFAULT, null, 1, List.of(mt))));
        }

        @Override
        public CompletionStage<Void> record(
                SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts, RecordRules rules) {
            return records.incrementAndGet() == 1
                    ? CompletableFuture.failedFuture(new IllegalStateException("the database is away"))
                    : CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<ClaimedPart>> recoverEarlier(SlotEpoch slot) {
            throw new UnsupportedOperationException();
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
        public CompletionStage<Void> release(SlotEpoch slot, List<Long> partIds) {
            throw new UnsupportedOperationException();
        }
    }
}
