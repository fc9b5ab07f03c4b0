// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.correlators;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.sr.SrLedger.Work;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.StatusReport;

/** The persistent half by itself; every event goes through the serializer. */
class SrLedgerTest {
    private static final ActorTestKit KIT = ActorTestKit.create(EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load()));

    private final TestProbe<Command> front = KIT.createTestProbe(Command.class);
    private final TestProbe<Persisted> persisted = KIT.createTestProbe(Persisted.class);
    private final TestProbe<Answered> answered = KIT.createTestProbe(Answered.class);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void oneMicrobatchIsOneEvent() {
        EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger = ledger("one");

        SrEvent event = ledger.runCommand(work(
                        submitted(1, mapping("a", 2561)),
                        received(2, report(5, "b", "UNDELIV"), report(6, "a", "DELIVRD")),
                        submitted(3, mapping("b", 2562))))
                .event();

        assertThat(event.ordinal()).isEqualTo(1);
        assertThat(event.submitted()).containsExactly(mapping("a", 2561), mapping("b", 2562));
        assertThat(event.statuses()).extracting("mtId").containsExactly(2562L, 2561L);
        assertThat(persisted.receiveSeveralMessages(2))
                .extracting(Persisted::batch)
                .containsExactly(1L, 3L);
        assertThat(answered.receiveMessage()).isEqualTo(new Answered(2, List.of(5, 6), List.of()));
        assertThat(front.receiveMessage()).isEqualTo(new SrCorrelator.Ready(false));
        assertThat(front.receiveMessage()).isEqualTo(new SrCorrelator.Done(false));
    }

    @Test
    void whatChangesNothingWritesNothing() {
        EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger = ledger("nothing");
        ledger.runCommand(work(submitted(1, mapping("a", 2561))));

        var result = ledger.runCommand(work(submitted(2, mapping("a", 2561)), received(3, report(1, "x", "ENROUTE"))));

        assertThat(result.hasNoEvents()).isTrue();
        assertThat(persisted.receiveSeveralMessages(2)).hasSize(2);
        assertThat(answered.receiveMessage().accepted()).containsExactly(1);
    }

    @Test
    void anImpossibleMtIdStopsNothing() {
        EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger = ledger("impossible");

        SrEvent event = ledger.runCommand(work(submitted(1, mapping("x", 0), mapping("a", 2561), mapping("y", -1))))
                .event();

        assertThat(event.submitted()).containsExactly(mapping("a", 2561));
        assertThat(persisted.receiveMessage().batch()).isEqualTo(1);
    }

    @Test
    void remembersAfterARestart() {
        EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger = ledger("restart");
        ledger.runCommand(work(submitted(1, mapping("a", 2561), mapping("b", 2562))));
        ledger.runCommand(work(received(2, report(1, "a", "DELIVRD"))));

        SrState state = ledger.restart().state();

        assertThat(state.ordinal()).isEqualTo(2);
        assertThat(Packed.isFinal(state.get(ProviderKey.of("a")))).isTrue();
        assertThat(Packed.isFinal(state.get(ProviderKey.of("b")))).isFalse();
        assertThat(state.unlogged().size()).isEqualTo(1);
    }

    @Test
    void startsFromItsSnapshot() {
        EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger = ledger("snapshot");
        Mapping[] many = new Mapping[150];
        for (int i = 0; i < many.length; i++) {
            many[i] = mapping("id" + i, 1024L + i);
        }
        ledger.runCommand(work(submitted(1, many)));
        ledger.runCommand(work(submitted(2, mapping("last", 5000))));
        SnapshotTestKit snapshots = ledger.snapshotTestKit().orElseThrow();

        SrState state = ledger.restart().state();

        assertThat(snapshots.persistedInStorage("sr-correlator|snapshot/0")).hasSize(1);
        assertThat(state.ordinal()).isEqualTo(2);
        assertThat(state.size()).isEqualTo(151);
    }

    private EventSourcedBehaviorTestKit<SrLedger.Command, SrEvent, SrState> ledger(String account) {
        SrServices services = new SrServices(
                correlators("snapshot-every-entries = 100", "check-period = 60s"),
                name -> Optional.of(TestAccounts.account("acme")),
                Set::of,
                (batch, name, smscName, tag, replyTo) -> {},
                persistenceId -> {},
                new SrMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC(),
                System::nanoTime);
        return EventSourcedBehaviorTestKit.create(
                KIT.system(),
                SrLedger.create(new SrLedger.Identity(account, 0), services, (bucket, probe) -> {}, front.getRef()),
                EventSourcedBehaviorTestKit.enabledSerializationSettings()
                        .withVerifyEquality(true)
                        .withVerifyCommands(false)
                        .withVerifyState(false));
    }

    private static Work work(Command... commands) {
        return new Work(List.of(commands));
    }

    private Submitted submitted(long batch, Mapping... mappings) {
        return new Submitted(batch, List.of(mappings), persisted.getRef());
    }

    private Receive received(long batch, StatusReport... reports) {
        return new Receive(batch, List.of(reports), answered.getRef());
    }
}
