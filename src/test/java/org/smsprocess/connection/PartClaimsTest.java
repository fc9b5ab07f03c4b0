// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.MtQueue;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.text.ConcatReference;

/** A session that does nothing but claim, with a queue whose answers the test gives. */
class PartClaimsTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
                    pekko { actor.provider = local, loglevel = OFF }
                    sms-process.connection { messages-ahead = 80, max-open-parts = 4 }""").withFallback(ConfigFactory.load());
    private static final SlotEpoch SLOT = new SlotEpoch("acme", "acme/0/1", 2);
    /** Two windows of ten, and what is claimed ahead. */
    private static final int ROOM = 100;

    private final ActorTestKit kit = ActorTestKit.create(CONFIG);
    private final TestProbe<Recorder.Command> recorder = kit.createTestProbe();
    private final AskedQueue queue = new AskedQueue();
    private final MessageBudget budget = new MessageBudget(1_000);
    private final HeardWork heard = new HeardWork();
    private ActorRef<Session.Command> session;

    private void start() {
        session = kit.spawn(Behaviors.setup(context -> {
            ConnectionServices services = services();
            SmppLink link = new TakingLink();
            Sending sending = new Sending(
                    new Links(link, link),
                    new AccountSnapshot(TestAccounts.account("acme", "window = 10"), AccountState.INITIAL),
                    account -> Double.POSITIVE_INFINITY,
                    System::nanoTime,
                    services.limits());
            sending.start(MtPipeline.start(context, SLOT, sending, services, recorder.ref()));
            PartClaims claims = new PartClaims(context, SLOT, services, recorder.ref());
            claims.start(sending);
            return Behaviors.receive(Session.Command.class)
                    .onMessage(Session.WorkAppeared.class, work -> claims.onWork(sending))
                    .onMessage(Session.Claimed.class, claimed -> claims.onClaimed(sending, claimed))
                    .onMessage(Session.ClaimFailed.class, failed -> claims.onFailed(sending, failed))
                    .onMessage(Session.Stop.class, stop -> {
                        claims.stop();
                        return Behaviors.same();
                    })
                    .build();
        }));
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void aClaimThatFailedGivesItsBudgetBackAndTheNextOneGetsTheParts() {
        start();
        awaitClaims(1);
        assertThat(budget.used()).isEqualTo(ROOM);

        queue.fail(0);
        await().until(() -> budget.used() == 0);
        work();
        awaitClaims(2);
        queue.answer(1, part(7));

        ClaimedPart opened = recorder.expectMessageClass(Recorder.Opened.class).part();
        assertThat(opened.partId()).isEqualTo(7);
        await().until(() -> budget.used() == 1);
    }

    /** A database that is away is asked at the pace of the polls, not as fast as it refuses. */
    @Test
    void aClaimThatFailedIsNotTriedAgainByItself() {
        start();
        awaitClaims(1);
        work(); // while the claim is under way
        queue.fail(0);

        await().until(() -> budget.used() == 0);
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> queue.claims.size() == 1);
        work();
        awaitClaims(2);
    }

    @Test
    void whatAppearedWhileAClaimWasUnderWayIsClaimedAfterIt() {
        start();
        awaitClaims(1);
        work();
        work();
        await().during(Duration.ofMillis(100)).atMost(Duration.ofSeconds(5)).until(() -> queue.claims.size() == 1);

        queue.answer(0); // which may have missed it

        awaitClaims(2);
        queue.answer(1, part(8));
        assertThat(recorder.expectMessageClass(Recorder.Opened.class).part().partId())
                .isEqualTo(8);
    }

    @Test
    void whereNothingWasLeftNoOtherClaimFollows() {
        start();
        awaitClaims(1);
        queue.answer(0, part(7));
        recorder.expectMessageClass(Recorder.Opened.class);

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> queue.claims.size() == 1);

        assertThat(heard.announced.get()).isZero();
    }

    @Test
    void whatAClaimLeftIsClaimedNextAndAnnouncedToTheOthers() {
        start();
        awaitClaims(1);
        queue.answerSome(0, part(7));

        awaitClaims(2);

        await().until(() -> heard.announced.get() == 1);
    }

    @Test
    void withLittleInHandItTakesWorkAloneAndClaimsOnce() {
        start();
        awaitClaims(1);
        queue.answer(0);
        await().until(() -> heard.claimer().takes());
        assertThat(heard.claimer().takes()).isTrue(); // it is on its way

        awaitClaims(2);
        queue.answer(1);
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> queue.claims.size() <= 3);
    }

    /** More than a window is in hand: another connection may be sooner. */
    @Test
    void withMuchInHandItTakesNoWorkAloneAndYetClaimsWhenAllAreWoken() {
        start();
        awaitClaims(1);
        queue.answer(0, part(7, 11));
        recorder.expectMessageClass(Recorder.Opened.class);
        work();
        awaitClaims(2);
        queue.answer(1);
        await().until(() -> budget.used() == 11);
        assertThat(heard.claimer().takes()).isFalse();

        heard.claimer().wake();

        awaitClaims(3);
    }

    @Test
    void workThatItCannotTakeGoesToAnother() {
        start();
        awaitClaims(1);
        budget.takeMore(1_000 - ROOM); // nothing for a second claim
        queue.fail(0);
        budget.takeMore(ROOM);
        await().until(() -> heard.claimer().takes());

        await().until(() -> heard.announced.get() == 1);
        session.tell(Session.Stop.INSTANCE);

        await().until(() -> heard.isClosed);
        assertThat(heard.claimer().takes()).isFalse();
    }

    @Test
    void aNodeWithoutRoomIsAskedAgainSoon() {
        budget.takeMore(1_000); // by other connections
        start();
        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5)).until(() -> queue.claims.isEmpty());

        budget.giveBack(1_000);

        awaitClaims(1);
    }

    private void work() {
        session.tell(Session.WorkAppeared.INSTANCE);
    }

    private void awaitClaims(int claims) {
        await().until(() -> queue.claims.size() == claims);
    }

    private static ClaimedPart part(long id) {
        return part(id, 1);
    }

    private static ClaimedPart part(long id, int messages) {
        List<QueuedMt> mts = IntStream.range(0, messages)
                .mapToObj(n -> new QueuedMt(id * 1024 + n, "+33600000001", "Hello", null, 0, false))
                .toList();
        return new ClaimedPart(id, 1, DeliverySettings.DEFAULT, null, 1, mts);
    }

    @SuppressWarnings("NullAway") // claims need no more than these
    private ConnectionServices services() {
        return new ConnectionServices(
                name -> null,
                null,
                queue,
                null,
                null,
                null,
                null,
                heard,
                budget,
                Runnable::run,
                new ConcatReference(16),
                null,
                null,
                ClusterSize.ONE,
                ConnectionLimits.from(CONFIG),
                System::nanoTime,
                Clock.systemUTC());
    }

    /** Lets the test wake the session, and hears what it announces. */
    private static final class HeardWork implements ConnectionServices.WorkAnnouncements {
        private final AtomicInteger announced = new AtomicInteger();
        private final AtomicReference<Claimer> listening = new AtomicReference<>();
        private volatile boolean isClosed;

        Claimer claimer() {
            return listening.get();
        }

        @Override
        public Listening listen(String account, Claimer claimer) {
            listening.set(claimer);
            return () -> isClosed = true;
        }

        @Override
        public void announce(String account) {
            announced.incrementAndGet();
        }
    }

    /** Keeps each claim until the test answers it. */
    private static final class AskedQueue implements MtQueue {
        private final List<CompletableFuture<Claim>> claims = new CopyOnWriteArrayList<>();

        void answer(int claim, ClaimedPart... parts) {
            claims.get(claim).complete(new Claim(List.of(parts), true));
        }

        /** And there is more. */
        void answerSome(int claim, ClaimedPart... parts) {
            claims.get(claim).complete(new Claim(List.of(parts), false));
        }

        void fail(int claim) {
            claims.get(claim).completeExceptionally(new IllegalStateException("the database is away"));
        }

        @Override
        public CompletionStage<Claim> claim(SlotEpoch slot, int maxMessages, int maxParts) {
            CompletableFuture<Claim> claim = new CompletableFuture<>();
            claims.add(claim);
            return claim;
        }

        @Override
        public CompletionStage<Void> submitting(SlotEpoch slot, long[] mtIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> record(
                SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts, RecordRules rules) {
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
