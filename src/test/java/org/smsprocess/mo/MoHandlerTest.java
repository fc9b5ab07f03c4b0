// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.mo.MoFixtures.NOON;
import static org.smsprocess.mo.MoFixtures.moPart;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.text;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.mo.MoProtocol.Answered;
import org.smsprocess.mo.MoProtocol.Command;
import org.smsprocess.mo.MoProtocol.Receive;
import org.smsprocess.mo.inbox.MoMetrics;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.mo.parts.MoEvent;
import org.smsprocess.mo.parts.MoPart;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.smpp.Inbound;

class MoHandlerTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config()
            .withFallback(EventSourcedBehaviorTestKit.config())
            .withFallback(ConfigFactory.load()));
    private static final ManualTime TIME = ManualTime.get(KIT.system());
    private static final AtomicLong NUMBER = new AtomicLong();

    private final AccountSettings account = TestAccounts.account("acme", "mo.reassembly-timeout = 60s");
    private final AtomicLong now = new AtomicLong(NOON);
    private final MemoryInbox inbox = new MemoryInbox();
    private final TestProbe<Answered> answers = KIT.createTestProbe();
    private final String entity = "acme/" + NUMBER.incrementAndGet();
    /** The state changes while the inbox answers, so that the kit must not read it from its own thread: MoSerializerTest does. */
    private final EventSourcedBehaviorTestKit<Command, MoEvent, Reassembly> handler =
            EventSourcedBehaviorTestKit.create(
                    KIT.system(),
                    behavior(),
                    EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyState(false));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void answersAnMoOfOnePartWhenItIsInTheInbox() {
        inbox.hold();
        handler.runCommand(receive(1, text("Hi")));
        answers.expectNoMessage(Duration.ZERO);

        inbox.release();

        answers.expectMessage(new Answered(1, List.of(0)));
        assertThat(inbox.texts()).containsExactly("Hi");
    }

    /** O4: answered when journaled, stored when complete. */
    @Test
    void answersPartsWhenTheyAreJournaled() {
        handler.runCommand(receive(1, part(5, 2, 2, "world")));
        answers.expectMessage(new Answered(1, List.of(0)));
        assertThat(inbox.texts()).isEmpty();

        handler.runCommand(receive(2, part(5, 2, 1, "hello ")));

        answers.expectMessage(new Answered(2, List.of(0)));
        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("hello world");
        awaitEmpty();
    }

    @Test
    void partsSurviveARestart() {
        handler.runCommand(receive(1, part(5, 2, 1, "hello ")));
        answers.expectMessageClass(Answered.class);

        handler.restart();
        handler.runCommand(receive(2, part(5, 2, 2, "world")));

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("hello world");
    }

    @Test
    void storesAgainWhatItCouldNotStoreAndHadAnswered() {
        inbox.fail();
        handler.runCommand(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessage(new Answered(1, List.of(0, 1)));
        inbox.awaitFailures(1);
        handler.runCommand(receive(2, part(5, 2, 1, "a")));
        awaitHandled(2);

        inbox.work();
        TIME.timePasses(Duration.ofSeconds(2));

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("ab");
    }

    @Test
    @Observes("mo.store-retry")
    void storesAgainWhenItIsTold() {
        ActorRef<Command> slow = KIT.spawn(behavior("sms-process.mo.store-retry = 10m"));
        inbox.fail();
        slow.tell(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        inbox.awaitFailures(1);
        answers.expectMessage(new Answered(1, List.of(0, 1)));
        slow.tell(receive(2, part(5, 2, 1, "a")));
        awaitHandled(2);
        inbox.work();

        TIME.expectNoMessageFor(Duration.ofMinutes(9), answers);
        assertThat(inbox.texts()).isEmpty();
        TIME.timePasses(Duration.ofMinutes(2));

        inbox.await(1);
    }

    @Test
    void storesAfterARestartWhatWasCompleteBefore() {
        inbox.fail();
        handler.runCommand(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        inbox.awaitFailures(1);
        NewMo before = inbox.failed().get(0);

        inbox.work();
        handler.restart();

        inbox.await(1);
        assertThat(inbox.stored().get(0).key()).isEqualTo(before.key());
    }

    /** O4: missing parts. */
    @Test
    void storesWhatIsThereAfterTheTimeout() {
        handler.runCommand(receive(1, part(5, 3, 1, "a"), part(5, 3, 3, "c")));
        answers.expectMessageClass(Answered.class);
        handler.runCommand(receive(2, part(5, 3, 1, "a")));
        awaitHandled(2);

        pass(Duration.ofSeconds(59));
        handler.runCommand(receive(3, part(5, 3, 1, "a")));
        awaitHandled(3);
        assertThat(inbox.texts()).isEmpty();
        pass(Duration.ofSeconds(2));

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("ac");
        assertThat(inbox.stored().get(0).isComplete()).isFalse();
    }

    /** O13. */
    @Test
    void acknowledgesAndForgetsAPartThatComesAgain() {
        handler.runCommand(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessageClass(Answered.class);
        inbox.await(1);
        awaitEmpty();

        handler.runCommand(receive(2, part(5, 2, 1, "a"), part(5, 2, 2, "b")));

        answers.expectMessage(new Answered(2, List.of(0, 1)));
        pass(Duration.ofSeconds(61));
        assertThat(inbox.texts()).containsExactly("ab");
    }

    @ParameterizedTest
    @Observes("mo.dedup-window")
    @CsvSource({"2m, ab", "10s, ab ab"})
    void whatComesAgainAfterTheWindowIsAnotherOne(String window, String texts) {
        ActorRef<Command> own = KIT.spawn(behavior("sms-process.mo.dedup-window = " + window));
        own.tell(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessage(new Answered(1, List.of(0, 1)));
        inbox.await(1);

        pass(Duration.ofSeconds(61));
        own.tell(receive(2, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessage(new Answered(2, List.of(0, 1)));

        inbox.await(texts.split(" ").length);
        assertThat(inbox.texts()).containsExactly(texts.split(" "));
    }

    @Test
    @Observes("mo.open-groups")
    void oneMoreThanMayWaitClosesTheOldest() {
        ActorRef<Command> own = KIT.spawn(behavior("sms-process.mo.open-groups = 2"));
        own.tell(receive(1, part(5, 2, 1, "a"), part(6, 2, 1, "b"), part(7, 2, 1, "c")));
        answers.expectMessage(new Answered(1, List.of(0, 1, 2)));

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("a");
    }

    @ParameterizedTest
    @Observes("mo.remembered-parts")
    @CsvSource({"10000, ab cd", "0, ab cd ab"})
    void soManyPartsAreKnownWhenTheyComeAgain(int parts, String texts) {
        ActorRef<Command> own = KIT.spawn(behavior("sms-process.mo.remembered-parts = " + parts));
        own.tell(receive(1, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessage(new Answered(1, List.of(0, 1)));
        own.tell(receive(2, part(6, 2, 1, "c"), part(6, 2, 2, "d")));
        answers.expectMessage(new Answered(2, List.of(0, 1)));

        own.tell(receive(3, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
        answers.expectMessage(new Answered(3, List.of(0, 1)));

        inbox.await(texts.split(" ").length);
        assertThat(inbox.texts()).containsExactly(texts.split(" "));
    }

    /** O14: no answer, so that the SMSC sends it again. */
    @Test
    void doesNotAnswerWhatItCannotStore() {
        inbox.fail();

        handler.runCommand(receive(1, text("Hi")));

        inbox.awaitFailures(1);
        answers.expectNoMessage(Duration.ZERO);
    }

    /** O14: after a failed write nothing of it is left, and the part is taken when it comes again. */
    @Test
    void doesNotAnswerPartsItCannotJournal() {
        ActorRef<Command> failing = KIT.spawn(behavior());
        PersistenceTestKit.create(KIT.system()).failNextPersisted("mo-handler|" + entity);

        failing.tell(receive(1, part(5, 2, 1, "a")));
        answers.awaitAssert(() -> {
            TIME.timePasses(Duration.ofSeconds(1)); // of the wait before the restart
            failing.tell(receive(2, part(5, 2, 1, "a"), part(5, 2, 2, "b")));
            return answers.expectMessage(Duration.ofMillis(100), new Answered(2, List.of(0, 1)));
        });

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("ab");
    }

    @Test
    void doesNotAnswerWhatTheDatabaseRefuses() {
        inbox.refuse("poison");

        handler.runCommand(receive(1, text("fine"), text("poison")));

        answers.expectMessage(new Answered(1, List.of(0)));
    }

    @Test
    void aHandlerThatIsOnlyWokenStoresWhatHasWaitedLongEnough() {
        handler.runCommand(receive(1, part(5, 2, 1, "a")));
        answers.expectMessageClass(Answered.class);
        now.addAndGet(120_000);

        handler.restart();
        handler.runCommand(MoProtocol.WakeUp.WAKE_UP);
        TIME.timePasses(Duration.ofMillis(20));

        inbox.await(1);
        assertThat(inbox.texts()).containsExactly("a");
    }

    @Test
    void answersEachSenderItsOwn() {
        TestProbe<Answered> other = KIT.createTestProbe();
        inbox.hold();

        handler.runCommand(receive(1, text("one"), text("two")));
        handler.runCommand(new Receive(8, List.of(moPart(4, text("three"))), other.getRef()));
        inbox.release();

        answers.expectMessage(new Answered(1, List.of(0, 1)));
        other.expectMessage(new Answered(8, List.of(4)));
    }

    /** A part that is known already: when it is answered, all before it is done, and the timers of it are set. */
    private void awaitHandled(long batch) {
        answers.expectMessage(new Answered(batch, List.of(0)));
    }

    private void pass(Duration duration) {
        now.addAndGet(duration.toMillis());
        TIME.timePasses(duration);
    }

    private void awaitEmpty() {
        answers.awaitAssert(() -> {
            assertThat(handler.getState().ready()).isEmpty();
            return null;
        });
    }

    private Receive receive(long batch, Inbound... inbound) {
        List<MoPart> parts = new ArrayList<>();
        for (Inbound each : inbound) {
            parts.add(moPart(parts.size(), each));
        }
        return new Receive(batch, parts, answers.getRef());
    }

    private Behavior<Command> behavior(String... lines) {
        MoServices services = new MoServices(
                MoProcessSettings.from(ConfigFactory.load(ConfigFactory.parseString(String.join("\n", lines)))),
                name -> Optional.of(account),
                inbox,
                new MoMetrics(new SimpleMeterRegistry()),
                () -> Instant.ofEpochMilli(now.get()));
        return MoHandler.create(entity, PersistenceId.of("mo-handler", entity), services);
    }
}
