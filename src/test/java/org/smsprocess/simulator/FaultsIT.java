// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.simulator.RawEsme.Pdu;

/** Each kind of fault, as it looks from the other end of the wire. */
class FaultsIT extends SimulatorFixture {
    FaultsIT() {
        super("sr.delay = 1m");
    }

    @Test
    void resetsTheConnectionAfterEveryNthMessageWhichIsTakenAllTheSame() throws IOException {
        simulator.fault("kind = reset, after-pdus = 2, connections = one");
        RawEsme struck = bound();
        RawEsme other = bound();

        assertThat(struck.submitted(2, NUMBER, "first").status).isZero();
        struck.submit(3, NUMBER, "second");

        assertThatThrownBy(struck::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(simulator.record().countOf("12345", NUMBER, "second")).isEqualTo(1);
        assertThat(other.submitted(2, NUMBER, "third").status).isZero();
    }

    @Test
    void unbindsAndClosesOnceThatIsAnswered() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = unbind");
        Pdu unbind = esme.read();
        assertThat(unbind.command).isEqualTo(RawEsme.UNBIND);
        esme.submit(2, NUMBER, "still answered");
        assertThat(esme.read().command).isEqualTo(RawEsme.SUBMIT_SM_RESP);
        esme.send(RawEsme.UNBIND_RESP, unbind.sequence);

        assertThatThrownBy(esme::read).isInstanceOf(EOFException.class);
    }

    @Test
    void unbindsInAStormWhoeverBinds() throws IOException {
        simulator.fault("kind = unbind, duration = 1m");

        assertThat(bound().read().command).isEqualTo(RawEsme.UNBIND);
        simulator.clearFaults();
        assertAnswers(bound(), 2, 0);
    }

    @Test
    void sendsGarbage() throws IOException {
        for (int i = 0; i < 12; i++) {
            RawEsme esme = bound();
            simulator.fault("kind = garbage, connections = all");

            assertThat(esme.isSilent(30_000)).isFalse();
            esme.close();
        }
        assertThat(simulator.record().stats().faults().strikes()).containsEntry("garbage", 12L);
    }

    @Test
    void freezesAndGoesOnWithWhatCameMeanwhile() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = freeze, duration = 1s");
        esme.submit(2, NUMBER, "cold");
        esme.send(RawEsme.ENQUIRE_LINK, 3);

        assertThat(esme.isSilent(200)).isTrue();
        assertThat(esme.read().sequence).isEqualTo(2);
        assertThat(esme.read().command).isEqualTo(RawEsme.ENQUIRE_LINK_RESP);
    }

    @Test
    void isHalfOpenAndThenReset() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = half-open, duration = 1s");
        esme.send(RawEsme.ENQUIRE_LINK, 2);

        assertThat(esme.isSilent(200)).isTrue();
        assertThat(simulator.record().stats().systemIds().get(0).bound()).isEqualTo(1);
        assertThatThrownBy(esme::read).isInstanceOf(SocketException.class);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> simulator.record().stats().systemIds().get(0).bound() == 0);
    }

    @Test
    void holdsAnswersBackForATime() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = hold-answers, duration = 1s");
        esme.submit(2, NUMBER, "a");
        esme.submit(3, NUMBER, "b");

        assertThat(esme.isSilent(200)).isTrue();
        assertThat(esme.read().sequence).isEqualTo(2);
        assertThat(esme.read().sequence).isEqualTo(3);
    }

    @Test
    void takesMessagesThatItNeverAnswers() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = no-answers, duration = 1m");
        esme.submit(2, NUMBER, "taken");
        esme.send(RawEsme.ENQUIRE_LINK, 3);

        assertThat(esme.read().command).isEqualTo(RawEsme.ENQUIRE_LINK_RESP);
        assertThat(simulator.record().countOf("12345", NUMBER, "taken")).isEqualTo(1);
        assertThat(simulator.record().stats().systemIds().get(0).traffic().unanswered())
                .isEqualTo(1);
    }

    @Test
    void answersLate() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = late-answers, after-pdus = 2, delay = 1s");
        esme.submit(2, NUMBER, "a");
        esme.submit(3, NUMBER, "late");
        esme.submit(4, NUMBER, "c");

        assertThat(esme.read().sequence).isEqualTo(2);
        assertThat(esme.read().sequence).isEqualTo(4);
        assertThat(esme.isSilent(100)).isTrue();
        assertThat(esme.read().sequence).isEqualTo(3);
    }

    @Test
    void answersWithAWrongSequenceNumberTwiceOrByNack() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = wrong-sequence, duration = 1m");
        esme.submit(2, NUMBER, "a");
        assertThat(esme.read().sequence).isNotEqualTo(2);
        simulator.clearFaults();
        simulator.fault("kind = double-answers, duration = 1m");
        esme.submit(3, NUMBER, "b");
        Pdu answer = esme.read();
        assertThat(answer.sequence).isEqualTo(3);
        assertThat(esme.read().text()).isEqualTo(answer.text());
        simulator.clearFaults();
        simulator.fault("kind = nack, duration = 1m");
        esme.submit(4, NUMBER, "c");
        Pdu nack = esme.read();
        assertThat(nack.command).isEqualTo(RawEsme.GENERIC_NACK);
        assertThat(nack.status).isEqualTo(0x08);
        assertThat(nack.sequence).isEqualTo(4);
    }

    @Test
    void throttlesAndHasAFullQueue() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = throttle, duration = 1s");
        assertAnswers(esme, 2, 0x58);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> simulator.record().stats().faults().active().isEmpty());
        assertAnswers(esme, 3, 0);
        simulator.fault("kind = queue-full, duration = 1m");
        assertAnswers(esme, 4, 0x14);
        simulator.fault("kind = throttle, duration = 1m, status = 69");
        assertAnswers(esme, 5, 0x45);
        assertThat(simulator.record().stats().messages().total()).isEqualTo(1);
    }

    @Test
    void strikesOnlyTheSystemIdAskedFor() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = throttle, duration = 1m, system-id = other");

        assertAnswers(esme, 2, 0);
    }

    @Test
    void refusesBindsForATime() throws IOException {
        simulator.fault("kind = refuse-binds, duration = 1m");

        RawEsme esme = connected();
        assertThat(esme.bind(RawEsme.BIND_TRANSCEIVER, "acme").status).isEqualTo(0x0D);
        simulator.clearFaults();
        assertThat(esme.bind(RawEsme.BIND_TRANSCEIVER, "acme").status).isZero();
    }

    @Test
    void goesAwayAndComesBackOnTheSamePort() throws IOException {
        RawEsme esme = bound();

        simulator.fault("kind = away, duration = 1s");

        assertThatThrownBy(esme::read).isInstanceOf(SocketException.class);
        assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
        await().atMost(Duration.ofSeconds(30))
                .ignoreException(ConnectException.class)
                .untilAsserted(() -> bound().close());
    }

    @Test
    @Observes("simulator.faults")
    void followsTheScheduleOfTheSettings() throws IOException {
        restart("faults = [{ kind = throttle, at = 100ms, duration = 1m }, { kind = reset, every = 1h }]");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> simulator.record().stats().faults().active().contains("throttle"));

        assertAnswers(bound(), 2, 0x58);
    }

    @Test
    void refusesWhatIsNoFault() {
        assertThatThrownBy(() -> simulator.fault("kind = flood"))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("fault.kind = \"flood\" is not one of reset, unbind");
        assertThatThrownBy(() -> simulator.fault("kind = throttle"))
                .hasMessageContaining("fault.kind = \"throttle\" needs a duration");
    }

    private static void assertAnswers(RawEsme esme, int sequence, int status) throws IOException {
        Pdu answer = esme.submitted(sequence, NUMBER, "message " + sequence);
        assertThat(answer.sequence).isEqualTo(sequence);
        assertThat(answer.status).isEqualTo(status);
    }
}
