// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.correlators;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.reading.LearnedForm;
import org.smsprocess.sr.reading.MessageReference;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.RecipientGuard;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;

class SrCorrelatorTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("pekko.loglevel = ERROR")
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load()));
    private static final PersistenceTestKit JOURNAL = PersistenceTestKit.create(KIT.system());
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String account = "acme" + NUMBER.incrementAndGet();
    private final ScriptedLog log = new ScriptedLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SrMetrics metrics = new SrMetrics(registry);
    private final BlockingQueue<Probe> probes = new LinkedBlockingQueue<>();
    private final TestProbe<Persisted> persisted = KIT.createTestProbe(Persisted.class);
    private final TestProbe<Answered> answered = KIT.createTestProbe(Answered.class);
    private volatile AccountSettings settings = account("unknown-id-wait = 30s");
    private volatile Clock clock = Clock.systemUTC();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void anSrSettlesItsMt() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561), mapping("b", 2562));

        receive(correlator, 5, report(70, "a", "DELIVRD"), report(71, "b", "UNDELIV"));

        expectAccepted(5, 70, 71);
        ScriptedLog.Recorded recorded = log.next();
        assertThat(recorded.smscName()).isEqualTo("Northern");
        assertThat(recorded.batch())
                .containsExactly(
                        new FinalStatus(2561, true, "a", "DELIVRD", "000", 1000),
                        new FinalStatus(2562, false, "b", "UNDELIV", "000", 1000));
        assertThat(count("matched")).isEqualTo(2);
        assertThat(count("received")).isEqualTo(2);
    }

    @Test
    void d22_aRepeatedSrIsAcknowledgedWithoutEffect() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));

        receive(correlator, 1, report(1, "a", "DELIVRD"), report(2, "a", "DELIVRD"));
        receive(correlator, 2, report(1, "a", "DELIVRD"));

        expectAccepted(1, 1, 2);
        expectAccepted(2, 1);
        assertThat(log.next().batch()).hasSize(1);
        assertThat(log.rest()).isEmpty();
        assertThat(count("duplicate")).isEqualTo(2);
        assertThat(count("contradictory")).isZero();
    }

    @Test
    void d21_theFirstFinalStatusStands() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));

        receive(correlator, 1, report(1, "a", "ENROUTE"));
        receive(correlator, 2, report(1, "a", "UNDELIV"));
        receive(correlator, 3, report(1, "a", "DELIVRD"), report(2, "a", "ENROUTE"));

        expectAccepted(1, 1);
        expectAccepted(2, 1);
        expectAccepted(3, 1, 2);
        assertThat(log.next().batch()).extracting(FinalStatus::delivered).containsExactly(false);
        assertThat(log.rest()).isEmpty();
        assertThat(count("contradictory")).isEqualTo(1);
        assertThat(count("intermediate")).isEqualTo(2);
    }

    @Test
    void m14_oneIdForAllPartsSettlesTheMessageOnce() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, new Mapping(ProviderKey.of("same"), 2561, 2), mapping("same", 2561));

        receive(correlator, 1, report(1, "same", "DELIVRD"), report(2, "same", "DELIVRD"));

        expectAccepted(1, 1, 2);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(2561L);
        assertThat(log.rest()).isEmpty();
    }

    @Test
    void m14_anIdThatTheSmscUsesAgainIsTheLatestMessages() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(2561L);

        submit(correlator, 2, mapping("a", 9000));
        receive(correlator, 2, report(1, "a", "UNDELIV"));

        expectAccepted(2, 1);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(9000L);
    }

    @Test
    @Tag("sr.match-recipient")
    void m14_withTheNumberTwoMessagesOfOneIdKeepApart() {
        ActorRef<Command> correlator = correlator();
        String first = RecipientGuard.guarded("a", "34600000001", 7);
        String second = RecipientGuard.guarded("a", "34600000002", 7);
        submit(correlator, 1, mapping(first, 2561), mapping(second, 9000));

        receive(correlator, 1, report(1, second, "DELIVRD"));

        expectAccepted(1, 1);
        assertThat(log.next().batch())
                .containsExactly(new FinalStatus(9000, true, "a", "DELIVRD", "000", 1000)); // the SMSC's id in the log
    }

    @Test
    void d28_anSrOfALaterPartIsOnlyAcknowledged() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, new Mapping(ProviderKey.of("p2"), 2561, 2), mapping("p1", 2561));

        receive(correlator, 1, report(1, "p2", "DELIVRD"));
        receive(correlator, 2, report(1, "p1", "DELIVRD"));

        expectAccepted(1, 1);
        expectAccepted(2, 1);
        assertThat(log.next().batch()).extracting(FinalStatus::providerId).containsExactly("p1");
        assertThat(count("later.part")).isEqualTo(1);
    }

    @Test
    void d1_anSrBeforeItsSubmitSmRespWaitsForIt() {
        ActorRef<Command> correlator = correlator();
        receive(correlator, 1, report(9, "a", "DELIVRD"));
        receive(correlator, 2, report(1, "other", "ENROUTE"));
        expectAccepted(2, 1);

        submit(correlator, 1, mapping("a", 2561));

        expectAccepted(1, 9);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(2561L);
        assertThat(count("waited")).isEqualTo(1);
    }

    @Test
    @Observes("unknown-id-wait")
    void d25_anUnknownIdIsAnsweredWhenItsTimeIsOver() {
        settings = account("unknown-id-wait = 50ms");
        ActorRef<Command> correlator = correlator();

        receive(correlator, 1, report(9, "never", "DELIVRD"));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(1, List.of(), List.of(9)));
        assertThat(count("unmatched")).isEqualTo(1);
    }

    @Test
    @Observes("invalid-id-acknowledge-count")
    void d23_anUnknownIdIsAcceptedTheSetTime() {
        settings = account("unknown-id-wait = 20ms", "invalid-id-acknowledge-count = 3");
        ActorRef<Command> correlator = correlator();

        for (int time = 1; time <= 3; time++) {
            receive(correlator, time, report(9, "never", "DELIVRD"));
            assertThat(answered.receiveMessage())
                    .isEqualTo(
                            time < 3
                                    ? new Answered(time, List.of(), List.of(9))
                                    : new Answered(time, List.of(9), List.of()));
        }
    }

    @Test
    void d32_neverAnswersAnSrNegativelyWhenToldToAcceptAtOnce() {
        settings = account("unknown-id-wait = 0s", "invalid-id-acknowledge-count = 1");

        receive(correlator(), 1, report(1, "x", "DELIVRD"), report(2, "y", "UNDELIV"), report(3, "", "DELIVRD"));

        expectAccepted(1, 1, 2, 3);
    }

    @Test
    @Observes({"unknown-id-wait", "invalid-id-acknowledge-count"})
    void aReloadTakesEffectAtOnce() {
        ActorRef<Command> correlator = correlator();
        settings = account("unknown-id-wait = 0s", "invalid-id-acknowledge-count = 1");

        receive(correlator, 1, report(9, "never", "DELIVRD"));

        expectAccepted(1, 9);
    }

    @Test
    @Observes("sr.max-waiting")
    void noMoreSrWaitThanAllowed() {
        ActorRef<Command> correlator = correlator("max-waiting = 2");

        receive(correlator, 1, report(1, "x", "DELIVRD"), report(2, "y", "DELIVRD"), report(3, "z", "DELIVRD"));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(1, List.of(), List.of(3)));
        assertThat(registry.get("sms.sr.waiting").gauge().value()).isEqualTo(2);
    }

    @Test
    void anSrWithoutAnIdIsUnknownAtOnce() {
        receive(correlator(), 1, report(1, "", "DELIVRD"));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(1, List.of(), List.of(1)));
    }

    @Test
    void d3_triesTheOtherIdsOfAnSr() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("bc614e", 2561));
        StatusReport report = new StatusReport(
                4,
                ProviderKey.of("12345678"),
                "12345678",
                StatusReport.Meaning.DELIVERED,
                "DELIVRD",
                "000",
                1000,
                List.of(new Candidate(ProviderKey.of("bc614e"), "bc614e")));

        receive(correlator, 1, report);

        int srDecimalMtHex = LearnedForm.formOf("12345678", "bc614e");
        assertThat(answered.receiveMessage()).isEqualTo(new Answered(1, List.of(4), List.of(), srDecimalMtHex));
        assertThat(log.next().batch()).extracting(FinalStatus::providerId).containsExactly("bc614e");
    }

    @Test
    @Observes("sr.buckets")
    void asksTheOtherBucketsAboutAlternatives() throws InterruptedException {
        ActorRef<Command> correlator = correlator("buckets = 256");
        StatusReport report = new StatusReport(
                4,
                ProviderKey.of("here"),
                "here",
                StatusReport.Meaning.DELIVERED,
                "DELIVRD",
                "000",
                1000,
                List.of(new Candidate(ProviderKey.of("there"), "there")));

        receive(correlator, 8, report);
        Probe probe = probes.poll(30, TimeUnit.SECONDS);
        assertThat(probe).isNotNull();
        answered.expectNoMessage(Duration.ofMillis(100));
        probe.replyTo()
                .tell(new Answered(probe.batch(), List.of(probe.reports().get(0).answerTo()), List.of(), 2));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(8, List.of(4), List.of(), 2));
    }

    @Test
    void answersProbesAtOnce() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));

        correlator.tell(new Probe(3, List.of(report(1, "a", "DELIVRD"), report(2, "b", "DELIVRD")), answered.getRef()));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(3, List.of(1), List.of(2)));
    }

    @Test
    void findsWhatIsMapped() {
        ActorRef<Command> correlator = correlator();
        submit(
                correlator,
                1,
                mapping("a", 1024),
                mapping("b", 1025),
                mapping("c", 2047),
                mapping("d", 2048),
                mapping("e", 5120),
                new Mapping(ProviderKey.of("f"), 1030, 2));
        receive(correlator, 1, report(1, "b", "DELIVRD"));
        TestProbe<Known> known = KIT.createTestProbe(Known.class);

        correlator.tell(new FindKnown(6, List.of(1024L, 2047L, 5120L, 6143L), known.getRef()));

        Known answer = known.receiveMessage();
        assertThat(answer.batch()).isEqualTo(6);
        assertThat(answer.mtIds()).containsExactlyInAnyOrder(1024L, 1025L, 2047L, 5120L);
    }

    @Test
    void whatArrivesWhileItWritesIsOneMicrobatch() {
        TestProbe<SrLedger.Command> ledger = KIT.createTestProbe(SrLedger.Command.class);
        ActorRef<Command> correlator = KIT.spawn(SrCorrelator.create(account, services(), front -> {
            front.tell(new SrCorrelator.Ready(false));
            return Behaviors.receiveMessage(message -> {
                ledger.getRef().tell(message);
                return Behaviors.same();
            });
        }));
        correlator.tell(new Submitted(0, List.of(mapping("first", 1)), persisted.getRef()));
        assertThat(ledger.expectMessageClass(SrLedger.Work.class).commands()).hasSize(1);

        for (int i = 1; i <= 50; i++) {
            correlator.tell(new Submitted(i, List.of(mapping("id" + i, 1024 + i)), persisted.getRef()));
        }
        ledger.expectNoMessage(Duration.ofMillis(50));
        correlator.tell(new SrCorrelator.Done(false));

        assertThat(ledger.expectMessageClass(SrLedger.Work.class).commands()).hasSize(50);
    }

    @Test
    void aBatchSentAgainChangesNothing() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);

        submit(correlator, 1, mapping("a", 2561));
        receive(correlator, 2, report(1, "a", "UNDELIV"));

        expectAccepted(2, 1);
        log.next();
        assertThat(log.rest()).isEmpty();
    }

    @Test
    void aJournalFailureAnswersNothingAndHeals() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561));
        JOURNAL.failNextPersisted(persistenceId());

        receive(correlator, 2, report(1, "a", "DELIVRD"));
        answered.expectNoMessage(Duration.ofMillis(150));
        assertThat(log.rest()).isEmpty();

        receive(correlator, 3, report(1, "a", "DELIVRD"));
        expectAccepted(3, 1);
        assertThat(log.next().batch()).hasSize(1);
    }

    @Test
    void whatTheLogDidNotConfirmIsSentAgainAfterARestart() {
        log.confirmWhenTold();
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 2561), mapping("b", 2562));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);
        receive(correlator, 2, report(1, "b", "DELIVRD"));
        expectAccepted(2, 1);
        ScriptedLog.Recorded first = log.next();
        ScriptedLog.Recorded second = log.next();
        KIT.stop(correlator);

        ActorRef<Command> again = correlator();

        assertThat(log.next().batch()).isEqualTo(first.batch());
        assertThat(log.next().batch()).isEqualTo(second.batch());
        receive(again, 3, report(1, "a", "DELIVRD"));
        expectAccepted(3, 1);
        assertThat(count("duplicate")).isEqualTo(1);
    }

    @Test
    @Observes("sr-reconcile-period")
    void whatTheLogDoesNotConfirmIsSentAgainAfterAWhile() {
        log.confirmWhenTold();
        ActorRef<Command> correlator = correlator("sr-reconcile-period = 100ms");
        submit(correlator, 1, mapping("a", 2561));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        ScriptedLog.Recorded first = log.next();

        ScriptedLog.Recorded again = log.next();
        again.confirm();

        assertThat(again.batch()).isEqualTo(first.batch());
        assertThat(again.tag()).isEqualTo(first.tag());
    }

    @Test
    @Observes("sr.max-unlogged")
    void noSrIsAcknowledgedWhileTheLogIsFarBehind() {
        log.confirmWhenTold();
        ActorRef<Command> correlator = correlator("max-unlogged = 1");
        submit(correlator, 1, mapping("a", 2561), mapping("b", 2562));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);

        receive(correlator, 2, report(1, "b", "DELIVRD"));
        submit(correlator, 2, mapping("c", 2563));
        answered.expectNoMessage(Duration.ofMillis(100));
        log.next().confirm();

        expectAccepted(2, 1);
    }

    @Test
    @Observes("sr.confirm-after")
    void confirmationsAreJournaledWhenIdle() {
        ActorRef<Command> correlator = correlator("confirm-after = 100ms");
        submit(correlator, 1, mapping("a", 2561));
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);
        JOURNAL.expectNextPersistedClass(persistenceId(), SrEvent.class);
        JOURNAL.expectNextPersistedClass(persistenceId(), SrEvent.class);

        SrEvent confirmation = JOURNAL.expectNextPersistedClass(persistenceId(), SrEvent.class);

        assertThat(confirmation.loggedTo()).isEqualTo(2);
        assertThat(confirmation.changes()).isZero();
        JOURNAL.expectNothingPersisted(persistenceId(), Duration.ofMillis(300));
    }

    @Test
    @Observes({"sr.retention", "sr.retention-later-parts"})
    void d24_remembersForTheRetention() {
        Instant start = Instant.parse("2026-11-22T08:00:00Z");
        clock = Clock.fixed(start, ZoneOffset.UTC);
        settings = account("unknown-id-wait = 0s");
        ActorRef<Command> correlator = correlator("retention = 2d", "retention-later-parts = 1d");
        submit(correlator, 1, mapping("a", 2561), mapping("b", 2562), new Mapping(ProviderKey.of("c"), 2563, 2));

        clock = Clock.fixed(start.plus(Duration.ofDays(2)), ZoneOffset.UTC);
        receive(correlator, 1, report(1, "a", "DELIVRD"));
        expectAccepted(1, 1);
        assertThat(count("late")).isEqualTo(1);
        clock = Clock.fixed(start.plus(Duration.ofHours(53)), ZoneOffset.UTC);
        SrFixtures.eventually(() -> assertThat(count("expired")).isGreaterThanOrEqualTo(2));

        receive(correlator, 2, report(1, "b", "DELIVRD"), report(2, "c", "DELIVRD"));
        assertThat(answered.receiveMessage()).isEqualTo(new Answered(2, List.of(), List.of(1, 2)));
    }

    @Test
    void aHoleInTheJournalIsNoticed() {
        SrEvent first = new SrEvent(1, 0, 0, List.of(mapping("a", 1)), List.of(), null);
        SrEvent third = new SrEvent(3, 0, 0, List.of(mapping("c", 3)), List.of(), null);
        JOURNAL.persistForRecovery(persistenceId(), List.of(first, third));
        ActorRef<Command> correlator = correlator();

        correlator.tell(new Submitted(1, List.of(mapping("b", 2)), persisted.getRef()));

        persisted.expectNoMessage(Duration.ofMillis(500));
    }

    @Test
    void finishesItsMicrobatchBeforeItStops() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, 1, mapping("a", 1));

        correlator.tell(new Submitted(2, List.of(mapping("b", 2)), persisted.getRef()));
        correlator.tell(SrCorrelator.Stop.INSTANCE);

        assertThat(persisted.receiveMessage().batch()).isEqualTo(2);
        persisted.expectTerminated(correlator);
    }

    @Test
    @Observes({"journal-restart.min-backoff", "journal-restart.max-backoff"})
    void aLedgerThatFailsIsStartedAgainAtThePaceOfJournalRestart() {
        TestProbe<String> starts = KIT.createTestProbe();
        failingLedger(starts, "journal-restart.min-backoff = 20ms", "journal-restart.max-backoff = 40ms");
        for (int i = 0; i < 20; i++) { // doubling without end, the last would take hours
            starts.expectMessage("started");
        }

        TestProbe<String> patient = KIT.createTestProbe();
        failingLedger(patient, "journal-restart.min-backoff = 1m", "journal-restart.max-backoff = 1m");
        patient.expectMessage("started");
        patient.expectNoMessage(Duration.ofMillis(500));
    }

    @Test
    @Observes("sr.question-timeout")
    void anotherCorrelatorIsWaitedForNoLongerThanAllowed() {
        settings = account("unknown-id-wait = 0s");
        StatusReport report = report(4, "nowhere", "DELIVRD").orByReference(MessageReference.keyOf(2561, "4912345"));

        receive(correlator("buckets = 256", "question-timeout = 100ms"), 1, report);
        assertThat(answered.receiveMessage().batch()).isEqualTo(1);

        receive(correlator("buckets = 256", "question-timeout = 60s"), 2, report);
        answered.expectNoMessage(Duration.ofSeconds(1));
    }

    private void failingLedger(TestProbe<String> starts, String... overrides) {
        KIT.spawn(SrCorrelator.create(
                account,
                services(overrides),
                front -> Behaviors.setup(context -> {
                    starts.getRef().tell("started");
                    return Behaviors.stopped();
                })));
    }

    private ActorRef<Command> correlator(String... overrides) {
        SrServices services = services(overrides);
        SrLedger.Identity identity = new SrLedger.Identity(account, 0);
        return KIT.spawn(SrCorrelator.create(
                account,
                services,
                front -> SrLedger.create(identity, services, (bucket, probe) -> probes.add(probe), front)));
    }

    private SrServices services(String... overrides) {
        SrCorrelatorSettings common = correlators(
                SrFixtures.concat(overrides, "check-period = 20ms", "confirm-after = 1h", "batch-delay = 1ms"));
        return new SrServices(
                common,
                name -> name.equals(account) ? Optional.of(settings) : Optional.empty(),
                Set::of,
                log,
                persistenceId -> {},
                metrics,
                new MovingClock(() -> clock.instant()),
                System::nanoTime);
    }

    private static AccountSettings account(String... lines) {
        return TestAccounts.account("acme", SrFixtures.concat(lines, "smsc-name = Northern"));
    }

    private String persistenceId() {
        return "sr-correlator|" + account + "/0";
    }

    private void submit(ActorRef<Command> correlator, long batch, Mapping... mappings) {
        correlator.tell(new Submitted(batch, List.of(mappings), persisted.getRef()));
        assertThat(persisted.receiveMessage()).isEqualTo(new Persisted(batch));
    }

    private void receive(ActorRef<Command> correlator, long batch, StatusReport... reports) {
        correlator.tell(new Receive(batch, List.of(reports), answered.getRef()));
    }

    private void expectAccepted(long batch, Integer... answerTo) {
        assertThat(answered.receiveMessage()).isEqualTo(new Answered(batch, List.of(answerTo), List.of()));
    }

    private double count(String name) {
        return registry.get("sms.sr." + name).tag("account", account).counter().count();
    }
}
