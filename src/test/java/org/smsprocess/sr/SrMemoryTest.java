// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.SrFixtures.correlators;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.reading.StatusReport;

/** What a correlator remembers and for how long, as its answers show. */
class SrMemoryTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.parseString("pekko.loglevel = ERROR")
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load()));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String account = "memory" + NUMBER.incrementAndGet();
    private final TestProbe<Persisted> persisted = KIT.createTestProbe(Persisted.class);
    private final TestProbe<Answered> answered = KIT.createTestProbe(Answered.class);
    private volatile AccountSettings settings = TestAccounts.account("acme", "unknown-id-wait = 0s");
    private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @Observes("sr.remember-final")
    @CsvSource({"50000, true", "0, false"})
    void repeatedFinalStatusesAreKnownUpToTheNumber(int number, boolean isKnown) {
        ActorRef<Command> correlator = correlator("remember-final = " + number);
        settle(correlator, 0, 600);

        assertThat(isKnown(correlator, "id0")).isEqualTo(isKnown);
        assertThat(isKnown(correlator, "id599")).isTrue();
    }

    @ParameterizedTest
    @Observes("sr.remember-final-for")
    @CsvSource({"1h, false", "3h, true"})
    void repeatedFinalStatusesAreKnownForATime(String time, boolean isKnown) {
        ActorRef<Command> correlator = correlator("remember-final-for = " + time);
        settle(correlator, 0, 600);
        now = now.plus(Duration.ofHours(2));
        settle(correlator, 600, 1);

        assertThat(isKnown(correlator, "id0")).isEqualTo(isKnown);
    }

    @ParameterizedTest
    @Observes("sr.remember-unknown")
    @CsvSource({"10000, true", "1, false"})
    void unknownIdsAreCountedUpToTheNumber(int number, boolean isAccepted) {
        settings = TestAccounts.account("acme", "unknown-id-wait = 0s", "invalid-id-acknowledge-count = 2");
        ActorRef<Command> correlator = correlator("remember-unknown = " + number);

        assertThat(isKnown(correlator, "x")).isFalse();
        assertThat(isKnown(correlator, "y")).isFalse();
        assertThat(isKnown(correlator, "x")).isEqualTo(isAccepted);
    }

    @ParameterizedTest
    @Observes("sr.check-period")
    @CsvSource({"20ms, true", "60s, false"})
    void waitingSrAreLookedAtOncePerPeriod(String period, boolean isSeen) {
        settings = TestAccounts.account("acme", "unknown-id-wait = 50ms");
        receive(correlator("check-period = " + period), report(1, "x", "DELIVRD"));

        if (isSeen) {
            assertThat(answered.receiveMessage().unknown()).containsExactly(1);
        } else {
            answered.expectNoMessage(Duration.ofMillis(500));
        }
    }

    private void settle(ActorRef<Command> correlator, int from, int number) {
        List<Mapping> mappings = new ArrayList<>();
        List<StatusReport> reports = new ArrayList<>();
        for (int i = from; i < from + number; i++) {
            mappings.add(mapping("id" + i, 2561L + i));
            reports.add(report(i, "id" + i, "DELIVRD"));
        }
        correlator.tell(new Submitted(1, mappings, persisted.getRef()));
        persisted.receiveMessage();
        receive(correlator, reports.toArray(StatusReport[]::new));
        assertThat(answered.receiveMessage().accepted()).hasSize(number);
    }

    private boolean isKnown(ActorRef<Command> correlator, String id) {
        receive(correlator, report(7, id, "DELIVRD"));
        return answered.receiveMessage().accepted().contains(7);
    }

    private void receive(ActorRef<Command> correlator, StatusReport... reports) {
        correlator.tell(new Receive(1, List.of(reports), answered.getRef()));
    }

    private ActorRef<Command> correlator(String... overrides) {
        SrServices services = new SrServices(
                correlators(SrFixtures.concat(overrides, "check-period = 20ms", "batch-delay = 1ms")),
                name -> Optional.of(settings),
                Set::of,
                new ScriptedLog(),
                persistenceId -> {},
                new SrMetrics(new SimpleMeterRegistry()),
                new MovingClock(() -> now),
                System::nanoTime);
        SrLedger.Identity identity = new SrLedger.Identity(account, 0);
        return KIT.spawn(SrCorrelator.create(
                account, services, front -> SrLedger.create(identity, services, (bucket, probe) -> {}, front)));
    }
}
