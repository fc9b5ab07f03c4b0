// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.spec.FreePort;

/** Settings of the simulator, each with another value than its default, as an ESME sees them. */
class SimulatorKeysIT extends SimulatorFixture {
    private static final int QUERY_SM = 0x00000003;

    SimulatorKeysIT() {
        super("sr { delay = 0s, jitter = 0s }");
    }

    @Test
    @Observes({"simulator.host", "simulator.port", "simulator.http-port", "simulator.system-id"})
    void listensWhereItIsTold() throws IOException {
        int port = FreePort.next();
        int httpPort = FreePort.next();
        simulator.close();
        simulator = Simulator.start(SimulatorSettings.parse("sms-process-simulator { host = 127.0.0.2, port = " + port
                + ", http-port = " + httpPort + ", system-id = \"SMSC 9\" }"));

        assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(ConnectException.class);
        new Socket("127.0.0.2", port).close();
        HttpURLConnection stats = (HttpURLConnection)
                URI.create("http://127.0.0.2:" + httpPort + "/stats").toURL().openConnection();
        assertThat(stats.getResponseCode()).isEqualTo(200);
        stats.disconnect();

        restart("system-id = \"SMSC 9\"");
        RawEsme esme = connected();
        assertThat(esme.bind(RawEsme.BIND_TRANSCEIVER, "acme").text()).isEqualTo("SMSC 9");
    }

    @ParameterizedTest
    @Observes({"simulator.bind.receiver", "simulator.bind.transceiver", "simulator.bind.transmitter"})
    @CsvSource({"receiver, 1", "transmitter, 2", "transceiver, 9"})
    void takesNoBindOfAKindThatIsOff(String kind, int command) throws IOException {
        restart("bind." + kind + " = false");

        for (int other : new int[] {1, 2, 9}) {
            RawEsme esme = connected();
            assertThat(esme.bind(other, "acme").status).isEqualTo(other == command ? 0x0D : 0);
        }
    }

    @Test
    @Observes("simulator.bind.over-limit-status")
    void refusesTheNextBindWithItsStatus() throws IOException {
        restart("bind { max-per-system-id = 1, over-limit-status = \"0x0D\" }");
        bound();

        assertThat(connected().bind(RawEsme.BIND_TRANSCEIVER, "acme").status).isEqualTo(0x0D);
    }

    @Test
    @Observes("simulator.deliver.max-attempts")
    void givesUpAfterSoManyTries() throws IOException {
        restart("deliver { timeout = 50ms, retry-delay = 10ms, max-attempts = 2 }");
        RawEsme esme = bound();
        esme.submitted(2, NUMBER, "Hello");

        esme.read(RawEsme.DELIVER_SM);
        esme.read(RawEsme.DELIVER_SM);
        assertThat(esme.isSilent(400)).isTrue();
    }

    @Test
    @Observes({
        "simulator.fault-defaults.duration",
        "simulator.fault-defaults.status",
        "simulator.fault-defaults.share",
        "simulator.fault-defaults.system-id"
    })
    void aFaultTakesWhatItDoesNotSayFromTheDefaults() throws IOException {
        restart("fault-defaults { duration = 1m, status = 69 }");
        simulator.fault("kind = throttle");
        assertAnswer(0x45);

        restart("fault-defaults { duration = 1m, share = 0 }");
        simulator.fault("kind = throttle");
        assertAnswer(0);

        restart("fault-defaults { duration = 1m, system-id = other }");
        simulator.fault("kind = throttle");
        assertAnswer(0);
    }

    @Test
    @Observes({"simulator.fault-defaults.delay", "simulator.fault-defaults.connections"})
    void aFaultStrikesAndDelaysAsTheDefaultsSay() throws IOException {
        restart("fault-defaults.delay = 1s, sr.enabled = false");
        simulator.fault("kind = late-answers, after-pdus = 1");
        RawEsme late = bound();
        late.submit(2, NUMBER, "a");
        assertThat(late.isSilent(100)).isTrue();
        assertThat(late.read().sequence).isEqualTo(2);

        restart("fault-defaults.connections = one");
        RawEsme first = bound();
        RawEsme second = bound();
        simulator.fault("kind = reset");
        assertThat(isReset(first) ^ isReset(second)).isTrue();
    }

    @ParameterizedTest
    @Observes({"simulator.message-id.first", "simulator.message-id.format"})
    @CsvSource({"decimal, 1234567890", "hex, 499602d2"})
    void givesItsIds(String format, String id) throws IOException {
        restart("message-id { first = 1234567890, format = " + format + " }");

        assertThat(firstId()).isEqualTo(id);
    }

    @Test
    @Observes("simulator.seed")
    void theSameSeedDrawsTheSame() throws IOException {
        restart("seed = 7");
        String id = firstId();
        restart("seed = 7");
        assertThat(firstId()).isEqualTo(id);
        restart("seed = 8");
        assertThat(firstId()).isNotEqualTo(id);
    }

    @Test
    @Observes({"simulator.mo.source-prefix", "simulator.mo.destination", "simulator.mo.system-id"})
    void generatesMoFromAndTo() throws IOException {
        restart("mo { rate = 100, count = 3, sources = 1, source-prefix = 336, destination = 777, system-id = other }");
        RawEsme esme = bound();
        assertThat(esme.isSilent(200)).isTrue();
        RawEsme other = connected();
        other.bind(RawEsme.BIND_TRANSCEIVER, "other");

        assertThat(other.read(RawEsme.DELIVER_SM).all()).contains("336000000\0", "777\0");
    }

    @ParameterizedTest
    @Observes("simulator.record.max-incomplete")
    @CsvSource({"1, 0", "10, 1"})
    void soManyLongMessagesMayWaitForParts(int most, long complete) throws IOException {
        restart("record.max-incomplete = " + most);
        RawEsme esme = bound();
        submitPart(esme, 2, 7, 1);
        submitPart(esme, 3, 8, 1);
        submitPart(esme, 4, 7, 2);

        assertThat(simulator.record().stats().messages().total()).isEqualTo(complete);
    }

    @ParameterizedTest
    @Observes("simulator.record.max-kept")
    @CsvSource({"1, 1", "1000, 3"})
    void keepsSoManyMessages(int most, long kept) throws IOException {
        restart("http-port = 0, record { keep-messages = true, max-kept = " + most + " }");
        RawEsme esme = bound();
        for (int i = 0; i < 3; i++) {
            esme.submitted(2 + i, NUMBER, "message " + i);
        }

        String all = new String(
                URI.create("http://127.0.0.1:" + simulator.httpPort() + "/received.ndjson")
                        .toURL()
                        .openStream()
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(all.lines().count()).isEqualTo(kept);
    }

    @ParameterizedTest
    @Observes("simulator.record.max-states")
    @CsvSource({"1, false", "1000, true"})
    void knowsTheStatesOfSoManyMessages(int most, boolean isKnown) throws IOException {
        restart("record.max-states = " + most);
        RawEsme esme = bound();
        String first = esme.submitted(2, NUMBER, "one").text();
        esme.submitted(3, NUMBER, "two");

        OctetBuffer query = new OctetBuffer(64).add(first.getBytes(StandardCharsets.US_ASCII));
        query.u8(0).u8(0).u8(0).add("12345".getBytes(StandardCharsets.US_ASCII)).u8(0);
        esme.send(QUERY_SM, 0, 4, query);

        assertThat(esme.read(QUERY_SM | 0x80000000).status == 0).isEqualTo(isKnown);
    }

    @Test
    @Observes({"simulator.sr.enabled", "simulator.sr.jitter"})
    void sendsNoSrOrLater() throws IOException {
        restart("sr.enabled = false");
        assertSilentAfterTheAnswer();
        restart("sr.jitter = 24h");
        assertSilentAfterTheAnswer();
    }

    @Test
    @Observes("simulator.submit.latency-jitter")
    void answersLaterByChance() throws IOException {
        restart("submit.latency-jitter = 24h");
        RawEsme esme = bound();
        esme.submit(2, NUMBER, "Hello");

        assertThat(esme.isSilent(300)).isTrue();
    }

    @Test
    @Observes("simulator.submit.rate-status")
    void refusesWithItsStatusBeyondTheRate() throws IOException {
        restart("submit { max-per-connection = 1, rate-status = 69 }");
        RawEsme esme = bound();
        esme.submit(2, NUMBER, "one");
        esme.submit(3, NUMBER, "two");

        assertThat(esme.read(RawEsme.SUBMIT_SM_RESP).status).isZero();
        assertThat(esme.read(RawEsme.SUBMIT_SM_RESP).status).isEqualTo(0x45);
    }

    @ParameterizedTest
    @Observes("simulator.submit.watch-period")
    @CsvSource({"0s, false", "1ms, true"})
    void knowsWhatSurelyCameWithinASecond(String period, boolean isKnown) throws IOException {
        restart("submit.watch-period = " + period);
        RawEsme esme = bound();
        for (int i = 0; i < 20; i++) {
            esme.submitted(2 + i, NUMBER, "message " + i);
        }

        assertThat(simulator.record().stats().systemIds().get(0).surelyPerSecond() > 0)
                .isEqualTo(isKnown);
    }

    @ParameterizedTest
    @Observes("simulator.submit.data-coding-0")
    @CsvSource({"gsm, à", "latin-1, \u007f"})
    void readsDataCoding0(String alphabet, String text) throws IOException {
        restart("submit.data-coding-0 = " + alphabet);
        RawEsme esme = bound();
        esme.submit(2, NUMBER, "\u007f"); // à in GSM 03.38
        esme.read(RawEsme.SUBMIT_SM_RESP);

        assertThat(simulator.record().countOf("12345", NUMBER, text)).isEqualTo(1);
    }

    private void assertSilentAfterTheAnswer() throws IOException {
        RawEsme esme = bound();
        esme.submitted(2, NUMBER, "Hello");
        assertThat(esme.isSilent(300)).isTrue();
    }

    private String firstId() throws IOException {
        return bound().submitted(2, NUMBER, "Hello").text();
    }

    private void assertAnswer(int status) throws IOException {
        assertThat(bound().submitted(2, NUMBER, "Hello").status).isEqualTo(status);
    }

    private static boolean isReset(RawEsme esme) throws IOException {
        try {
            return !esme.isSilent(2000);
        } catch (SocketException | EOFException reset) {
            return true;
        }
    }

    /** With a UDH: reference, two parts, this one. */
    private static void submitPart(RawEsme esme, int sequence, int reference, int number) throws IOException {
        OctetBuffer body = new OctetBuffer(256);
        body.u8(0).u8(0).u8(0).add("12345".getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.u8(1).u8(1).add(NUMBER.getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.u8(0x40).zeros(4).zeros(4);
        body.u8(7).u8(5).u8(0).u8(3).u8(reference).u8(2).u8(number).u8('x');
        esme.send(RawEsme.SUBMIT_SM, 0, sequence, body);
        assertThat(esme.read(RawEsme.SUBMIT_SM_RESP).status).isZero();
    }
}
