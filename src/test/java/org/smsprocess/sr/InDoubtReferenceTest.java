// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.correlators;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;
import static org.smsprocess.sr.reading.ReadingFixtures.deliverSm;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.reading.MessageReference;
import org.smsprocess.sr.reading.ReadingFixtures;
import org.smsprocess.sr.reading.StatusReport;

/** The SR of an MT whose SUBMIT_SM_RESP, and with it the provider id, was lost. */
class InDoubtReferenceTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("pekko.loglevel = ERROR")
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load()));
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String HERS = "33600000001"; // as in ReadingFixtures
    private static final long MT = 2561;
    private static final Submit.Fields FIELDS = new Submit.Fields("", 0, false, 0, 0, null, null, 0);

    private final String account = "acme" + NUMBER.incrementAndGet();
    private final ScriptedLog log = new ScriptedLog();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestProbe<Persisted> persisted = KIT.createTestProbe(Persisted.class);
    private final TestProbe<Answered> answered = KIT.createTestProbe(Answered.class);
    private AccountSettings settings = settings("unknown-id-wait = 30s");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void onlyOurOwnReferenceOfAMessageThatAsksForAnSrIsUsed() {
        assertThat(Mapping.inDoubt(submit(MT, HERS, 1))).isPresent();
        assertThat(Mapping.inDoubt(submit(MT, HERS, 0))).isEmpty();
        Tlv foreign = new Tlv(MessageReference.TAG, new byte[] {0, 1});
        SmppAddress to = new SmppAddress(1, 1, HERS);
        Submit other = new Submit(MT, 1, 1, to, to, FIELDS, 1, new byte[0], List.of(foreign));
        assertThat(Mapping.inDoubt(other)).isEmpty();
    }

    @Test
    void theReaderNamesTheReferenceOnlyIfTheAccountUsesIt() {
        String text = "id:1001 stat:DELIVRD err:000";
        assertThat(read(text, MessageReference.tlv(MT)).hasReference()).isTrue();
        assertThat(read(text).hasReference()).isFalse();
        settings = TestAccounts.account("acme");
        assertThat(read(text, MessageReference.tlv(MT)).alternatives()).isEmpty();
    }

    @Test
    void theSrOfAMessageInDoubtSettlesItOnceItsAnswerHadTimeToCome() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, inDoubt(MT, HERS));

        long begin = System.nanoTime();
        receive(correlator, 1, byReference("1001", MT, HERS));
        expectAccepted(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        assertThat(log.next().batch()).containsExactly(new FinalStatus(MT, true, "1001", "DELIVRD", "000", 1000));
        assertThat(count("by.reference")).isEqualTo(1);

        receive(correlator, 2, byReference("1001", MT, HERS));
        expectAccepted(2);
        assertThat(log.rest()).isEmpty();
        assertThat(count("duplicate")).isEqualTo(1);
    }

    @Test
    void itsIdComesFirst() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, inDoubt(MT, HERS), mapping("1001", 2562));

        receive(correlator, 1, byReference("1001", MT, HERS));

        expectAccepted(1);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(2562L);
        assertThat(count("by.reference")).isZero();
    }

    @Test
    void aReferenceThatTwoMessagesToOneNumberShareSettlesNeither() {
        settings = settings("unknown-id-wait = 0s");
        ActorRef<Command> correlator = correlator();
        long key = MessageReference.keyOf(MT, HERS);
        submit(correlator, Mapping.byReference(key, MT));
        submit(correlator, Mapping.byReference(key, 9_000_001));

        receive(correlator, 1, byReference("1001", MT, HERS));

        assertThat(answered.receiveMessage()).isEqualTo(new Answered(1, List.of(), List.of(1)));
        assertThat(log.rest()).isEmpty();
    }

    @Test
    void anotherNumberIsAnotherMessage() {
        settings = settings("unknown-id-wait = 0s");
        ActorRef<Command> correlator = correlator();
        submit(correlator, inDoubt(MT, "33600000009"));

        receive(correlator, 1, byReference("1001", MT, HERS));

        assertThat(answered.receiveMessage().unknown()).containsExactly(1);
        assertThat(log.rest()).isEmpty();
    }

    @Test
    void aMessageInDoubtIsNotOneThatIsKnownToBeSent() {
        ActorRef<Command> correlator = correlator();
        submit(correlator, inDoubt(MT, HERS), mapping("a", MT + 1));
        TestProbe<Known> known = KIT.createTestProbe(Known.class);

        correlator.tell(new FindKnown(1, List.of(MT, MT + 1), known.getRef()));

        assertThat(known.receiveMessage().mtIds()).containsExactly(MT + 1);
    }

    @Test
    void isRememberedAcrossARestart() {
        ActorRef<Command> first = correlator();
        submit(first, inDoubt(MT, HERS));
        first.tell(SrCorrelator.Stop.INSTANCE);
        persisted.expectTerminated(first);

        ActorRef<Command> second = correlator();
        receive(second, 1, byReference("1001", MT, HERS));
        expectAccepted(1);
        assertThat(log.next().batch()).extracting(FinalStatus::mtId).containsExactly(MT);
        second.tell(SrCorrelator.Stop.INSTANCE);
        persisted.expectTerminated(second);

        ActorRef<Command> third = correlator();
        receive(third, 2, byReference("1001", MT, HERS));
        expectAccepted(2);
        assertThat(count("duplicate")).isEqualTo(1);
    }

    private ActorRef<Command> correlator() {
        SrServices services = new SrServices(
                correlators("check-period = 20ms", "confirm-after = 1h", "batch-delay = 1ms", "buckets = 1"),
                name -> Optional.of(settings),
                Set::of,
                log,
                persistenceId -> {},
                new SrMetrics(registry),
                Clock.systemUTC(),
                System::nanoTime);
        SrLedger.Identity identity = new SrLedger.Identity(account, 0);
        AtomicReference<ActorRef<Command>> self = new AtomicReference<>();
        ActorRef<Command> correlator = KIT.spawn(SrCorrelator.create(
                account,
                services,
                front -> SrLedger.create(
                        identity, services, (bucket, probe) -> self.get().tell(probe), front)));
        self.set(correlator);
        return correlator;
    }

    private static AccountSettings settings(String line) {
        return TestAccounts.account("acme", line, "sr.user-message-reference = true");
    }

    private StatusReport read(String text, Tlv... tlvs) {
        return ReadingFixtures.reader(settings.sr())
                .read(deliverSm(4, text, tlvs), 1, 1000)
                .orElseThrow();
    }

    private static Mapping inDoubt(long mtId, String number) {
        return Mapping.inDoubt(submit(mtId, number, 1)).orElseThrow();
    }

    private static Submit submit(long mtId, String number, int registeredDelivery) {
        SmppAddress to = new SmppAddress(1, 1, number);
        return new Submit(
                mtId, 1, 1, to, to, FIELDS, registeredDelivery, new byte[0], List.of(MessageReference.tlv(mtId)));
    }

    private static StatusReport byReference(String providerId, long mtId, String number) {
        return report(1, providerId, "DELIVRD").orByReference(MessageReference.keyOf(mtId, number));
    }

    private void submit(ActorRef<Command> correlator, Mapping... mappings) {
        correlator.tell(new Submitted(1, List.of(mappings), persisted.getRef()));
        persisted.receiveMessage();
    }

    private void receive(ActorRef<Command> correlator, long batch, StatusReport report) {
        correlator.tell(new Receive(batch, List.of(report), answered.getRef()));
    }

    private void expectAccepted(long batch) {
        assertThat(answered.receiveMessage()).isEqualTo(new Answered(batch, List.of(1), List.of()));
    }

    private double count(String name) {
        return registry.get("sms.sr." + name).tag("account", account).counter().count();
    }
}
