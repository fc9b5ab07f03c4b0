// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.correlators;
import static org.smsprocess.sr.SrFixtures.mapping;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Submitted;

/** What the front of a correlator hands to its ledger and when; the ledger is played by the test. */
class SrCorrelatorPaceTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final TestProbe<SrLedger.Command> ledger = KIT.createTestProbe();
    private final TestProbe<Persisted> persisted = KIT.createTestProbe();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @Observes("sr.batch-entries")
    @CsvSource({"1, 1", "20, 2", "5000, 5"})
    void aMicrobatchHoldsNoMoreThanItsEntries(int entries, int commands) {
        ActorRef<Command> front = front("batch-entries = " + entries);
        submit(front, 5, 10);

        front.tell(new SrCorrelator.Ready(false));

        assertThat(work().commands()).hasSize(commands);
    }

    @ParameterizedTest
    @Observes("sr.max-pending")
    @CsvSource({"100, 2", "100000, 5"})
    void whatIsTooMuchIsNotTaken(int pending, int commands) {
        ActorRef<Command> front = front("max-pending = " + pending);
        submit(front, 5, 50);

        front.tell(new SrCorrelator.Ready(false));

        assertThat(work().commands()).hasSize(commands);
    }

    @Test
    @Observes("sr.batch-delay")
    void underLoadItPausesAsLongAsAllowed() {
        ActorRef<Command> hasty = loaded("batch-delay = 0s");
        submit(hasty, 1, 1);
        work();

        long begin = System.nanoTime();
        ActorRef<Command> patient = loaded("batch-delay = 1s");
        submit(patient, 1, 1);
        work();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    /** It has just handed over much more than comes in a second of full load. */
    private ActorRef<Command> loaded(String line) {
        ActorRef<Command> front = front(line, "batch-entries = 100000", "max-pending = 1000000");
        submit(front, 1, 90_000);
        front.tell(new SrCorrelator.Ready(false));
        work();
        front.tell(new SrCorrelator.Done(false));
        return front;
    }

    private SrLedger.Work work() {
        return ledger.expectMessageClass(SrLedger.Work.class);
    }

    private void submit(ActorRef<Command> front, int commands, int mappings) {
        for (int i = 0; i < commands; i++) {
            List<Mapping> all = IntStream.range(0, mappings)
                    .mapToObj(number -> mapping("id", 1024L + number))
                    .toList();
            front.tell(new Submitted(i, all, persisted.getRef()));
        }
    }

    private ActorRef<Command> front(String... overrides) {
        SrServices services = new SrServices(
                correlators(overrides),
                name -> Optional.of(TestAccounts.account(name)),
                Set::of,
                new ScriptedLog(),
                persistenceId -> {},
                new SrMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC(),
                System::nanoTime);
        return KIT.spawn(SrCorrelator.create(
                "acme",
                services,
                front -> Behaviors.receiveMessage(work -> {
                    ledger.getRef().tell(work);
                    return Behaviors.same();
                })));
    }
}
