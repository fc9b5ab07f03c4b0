// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.SrSample.Due;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.ReadingFixtures;
import org.smsprocess.sr.reading.StatusReport;

/** Times are milliseconds of the test's own clock; a message has 100 of them for its SR. */
class SrSampleTest {
    private static final long MATURITY = 100;

    private final SrSample sample = new SrSample();
    private final SrState state = new SrState();
    private final WaitingRoom room = new WaitingRoom(10);

    @BeforeEach
    void turnOn() {
        sample.turn(true);
    }

    @Test
    void aMessageIsDueWhenItsTimeIsOverAndOnce() {
        sample.accepted(8, 1000);
        sample.accepted(16, 1000);
        sample.accepted(24, 1050);
        sample.reported(16);

        assertThat(sample.due(1099, MATURITY)).isEqualTo(Due.NONE);
        assertThat(sample.due(1100, MATURITY)).isEqualTo(new Due(2, 1));
        assertThat(sample.due(1149, MATURITY)).isEqualTo(Due.NONE);
        assertThat(sample.due(1150, MATURITY)).isEqualTo(new Due(1, 1));
    }

    @Test
    void anSrThatComesTooLateChangesNothing() {
        sample.accepted(8, 1000);
        assertThat(sample.due(1100, MATURITY)).isEqualTo(new Due(1, 1));

        sample.reported(8);

        assertThat(sample.due(9000, MATURITY)).isEqualTo(Due.NONE);
    }

    @Test
    void ofMuchTrafficAFewAreWatchedAndTheShareIsThatOfAll() {
        int messages = 100_000;
        for (int i = 0; i < messages; i++) {
            long key = ProviderKey.of("id" + i);
            sample.accepted(key, 1000);
            if (i % 10 < 3) {
                sample.reported(key);
            }
        }

        assertThat(sample.watched()).isBetween(SrSample.MOST / 4, SrSample.MOST);
        Due due = sample.due(1100, MATURITY);
        assertThat(due.messages()).isBetween(SrSample.MOST / 4, SrSample.MOST);
        assertThat((double) due.silent() / due.messages()).isCloseTo(0.7, within(0.15));
    }

    @Test
    void whenTheTrafficIsOverEveryMessageIsWatchedAgain() {
        for (int i = 0; i < 100_000; i++) {
            sample.accepted(ProviderKey.of("id" + i), 1000);
        }
        for (int look = 0; look < 20; look++) {
            sample.due(1100 + look, MATURITY);
        }

        for (int i = 0; i < 50; i++) {
            sample.accepted(ProviderKey.of("later" + i), 2000);
        }

        assertThat(sample.due(2100, MATURITY)).isEqualTo(new Due(50, 50));
    }

    @Test
    void turnedOffItForgetsAndTakesNothing() {
        sample.accepted(8, 1000);
        sample.turn(false);
        sample.accepted(16, 1000);

        assertThat(sample.watched()).isZero();
        assertThat(sample.due(1100, MATURITY)).isEqualTo(Due.NONE);
    }

    @Test
    void acceptedMessagesAreWatchedUntilTheirFinalSr() {
        Round round = round(1000);
        round.add(submitted(
                mapping("a", 2561),
                mapping("b", 2562),
                mapping("c", 2563),
                new Mapping(ProviderKey.of("later part"), 2561, 2),
                Mapping.byReference(7, 2564)));
        round.settleWaiting();
        round.add(received(report(1, "a", "DELIVRD"), report(2, "b", "ENROUTE"), report(3, "later part", "DELIVRD")));
        round.add(received(report(1, "c", "UNDELIV")));

        assertThat(sample.due(1100, MATURITY)).isEqualTo(new Due(3, 1));
    }

    @Test
    void anSrThatWaitedForItsMessageCounts() {
        Round early = round(1000);
        early.add(received(report(1, "a", "DELIVRD")));
        Round late = round(1010);
        late.add(submitted(mapping("a", 2561)));
        late.settleWaiting();

        assertThat(sample.due(1110, MATURITY)).isEqualTo(new Due(1, 0));
    }

    /** After a restart the SR of what was sent before it come, and nobody waits for the others. */
    @Test
    void whatIsKnownFromTheJournalIsNotWatched() {
        Round before = round(1000);
        before.add(submitted(mapping("a", 2561), mapping("b", 2562)));
        state.apply(before.event(), SrFixtures.correlators());
        SrSample afterRestart = new SrSample();
        afterRestart.turn(true);

        Round round = new Round(state, patience(1050), afterRestart, 1050);
        round.add(submitted(mapping("a", 2561))); // told again by a recorder that got no answer
        round.add(received(report(1, "a", "DELIVRD")));

        assertThat(afterRestart.due(9000, MATURITY)).isEqualTo(Due.NONE);
    }

    private Round round(long nowMillis) {
        return new Round(state, patience(nowMillis), sample, nowMillis);
    }

    private Patience patience(long nowMillis) {
        return Patience.of(
                room,
                new UnknownIds(10),
                ReadingFixtures.settings(),
                Duration.ofSeconds(1).toMillis(),
                nowMillis);
    }

    private static Submitted submitted(Mapping... mappings) {
        return new Submitted(1, List.of(mappings), TestInbox.<Persisted>create().getRef());
    }

    private static Receive received(StatusReport... reports) {
        return new Receive(1, List.of(reports), TestInbox.<Answered>create().getRef());
    }
}
