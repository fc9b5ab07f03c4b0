// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.simulator.RawEsme.Pdu;

/** Windows, rates, SR forms and redelivery, octet by octet. */
class TrafficIT extends SimulatorFixture {
    TrafficIT() {
        super("sr { delay = 10ms, jitter = 0s }");
    }

    @Test
    @Observes({"simulator.submit.window", "simulator.submit.window-status"})
    void refusesWhatExceedsTheWindow() throws IOException {
        restart("submit { latency = 500ms, window = 3, window-status = 20 }");
        RawEsme esme = bound();

        for (int i = 0; i < 5; i++) {
            esme.submit(2 + i, NUMBER, "message " + i);
        }

        int accepted = 0;
        for (int i = 0; i < 5; i++) {
            Pdu answer = esme.read(RawEsme.SUBMIT_SM_RESP);
            assertThat(answer.status).isEqualTo(answer.sequence < 5 ? 0 : 0x14);
            accepted += answer.status == 0 ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(3);
        Stats stats = simulator.record().stats();
        assertThat(stats.peakWindow()).isEqualTo(5);
        assertThat(stats.systemIds().get(0).traffic().refusedByStatus()).containsEntry("0x00000014", 2L);
        assertThat(esme.submitted(9, NUMBER, "after").status).isZero();
    }

    @Test
    @Observes("simulator.submit.latency")
    void answersAfterItsLatency() throws IOException {
        restart("submit.latency = 100ms");
        RawEsme esme = bound();
        long start = System.nanoTime();

        esme.submit(2, NUMBER, "a");
        esme.read();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    @Observes("simulator.submit.gather")
    void losesNothingWhileItGathers() throws IOException {
        restart("submit.gather = 20ms");
        RawEsme esme = bound();

        assertThat(accepted(esme, 30)).isEqualTo(30);
        assertThat(esme.submitted(50, NUMBER, "one more").sequence).isEqualTo(50);
        assertThat(simulator.record().stats().messages().distinct()).isEqualTo(31);
    }

    @Test
    @Observes({"simulator.submit.max-per-connection", "simulator.submit.max-per-system-id"})
    void throttlesBeyondTheRateByConnectionAndBySystemId() {
        // again where the machine stood still for a second, after which more are due
        await().pollDelay(Duration.ZERO).untilAsserted(() -> {
            restart("submit { max-per-connection = 10, max-per-system-id = 15 }");
            RawEsme first = bound();
            RawEsme second = bound();

            assertThat(accepted(first, 30)).isEqualTo(10);
            assertThat(accepted(second, 30)).isEqualTo(5);
            Stats.SystemId acme = simulator.record().stats().systemIds().get(0);
            assertThat(acme.maxAcceptedPerSecond()).isEqualTo(15);
            assertThat(acme.traffic().refusedByStatus()).containsEntry("0x00000058", 45L);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "text, 0x00000005, true, false",
        "tlvs, 0x00000005, false, true",
        "both, 0x00000005, true, true",
        "data-sm, 0x00000103, false, true",
        "message-payload, 0x00000005, true, false"
    })
    @Observes({"simulator.sr.form", "simulator.sr.echo-reference", "simulator.sr.states"})
    void sendsSrInEachForm(String form, String command, boolean text, boolean tlvs) throws IOException {
        restart("sr { delay = 0s, form = " + form + ", echo-reference = true,"
                + " states = [{ stat = EXPIRED, err = \"014\", weight = 1 }] }");
        RawEsme esme = bound();

        esme.send(
                RawEsme.SUBMIT_SM,
                0,
                2,
                RawEsme.submitBody(NUMBER, "Hello").u16(0x0204).u16(2).u16(0x4142));
        String id = esme.read().text();
        Pdu sr = esme.read();

        assertThat(sr.command).isEqualTo(Integer.decode(command));
        assertThat(sr.all().contains("id:" + id + " sub:001 dlvrd:000")).isEqualTo(text);
        assertThat(sr.all().contains("stat:EXPIRED err:014 text:Hello")).isEqualTo(text);
        assertThat(sr.all().contains("\u0000\u001e\u0000\u000b" + id + "\u0000\u0004\u0027\u0000\u0001\u0003"))
                .isEqualTo(tlvs);
        assertThat(sr.all().contains("\u0004\u0023\u0000\u0003\u0003\u0000\u000e"))
                .isEqualTo(tlvs);
        assertThat(sr.all()).endsWith("\u0002\u0004\u0000\u0002AB");
    }

    @Test
    @Observes({"simulator.sr.before-answer", "simulator.sr.before-answer-by", "simulator.sr.repeat"})
    void sendsTheSrBeforeTheAnswerAndAnotherTime() throws IOException {
        restart("sr { before-answer = 1, before-answer-by = 20ms, repeat = 1 }");
        RawEsme esme = bound();

        esme.submit(2, NUMBER, "Hello");

        Pdu sr = esme.read();
        assertThat(sr.command).isEqualTo(RawEsme.DELIVER_SM);
        esme.send(RawEsme.DELIVER_SM_RESP, 0, sr.sequence, new OctetBuffer(1).u8(0));
        assertThat(esme.read().command).isEqualTo(RawEsme.SUBMIT_SM_RESP);
        Pdu again = esme.read();
        assertThat(again.all()).isEqualTo(sr.all());
    }

    @Test
    @Observes({"simulator.sr.max-pending", "simulator.sr.delay"})
    void refusesRatherThanForgetAnSr() throws IOException {
        restart("sr { delay = 1h, max-pending = 2 }");
        RawEsme esme = bound();

        assertThat(accepted(esme, 5)).isEqualTo(2);

        Stats.Traffic traffic = simulator.record().stats().systemIds().get(0).traffic();
        assertThat(traffic.refusedByStatus()).containsEntry("0x00000014", 3L);
        assertThat(traffic.sr().pending()).isEqualTo(2);
    }

    @Test
    @Observes("simulator.sr.intermediate")
    void sendsAnIntermediateReport() throws IOException {
        restart("sr { delay = 40ms, intermediate = 1 }");
        RawEsme esme = bound();

        esme.submit(2, NUMBER, "Hello");

        assertThat(esme.read(RawEsme.DELIVER_SM).all()).contains("stat:ENROUTE");
        assertThat(esme.read(RawEsme.DELIVER_SM).all()).contains("stat:DELIVRD");
    }

    @Test
    @Observes({"simulator.deliver.timeout", "simulator.deliver.retry-delay"})
    void deliversAgainWhenTheConnectionIsLostOrNoAnswerComes() throws IOException {
        restart("deliver { timeout = 1s, retry-delay = 50ms }");
        RawEsme lost = bound();
        lost.submit(2, NUMBER, "Hello");
        Pdu sr = lost.read(RawEsme.DELIVER_SM);
        lost.close();

        RawEsme esme = bound();

        Pdu second = esme.read();
        assertThat(second.all()).isEqualTo(sr.all());
        Pdu third = esme.read(); // after the timeout
        assertThat(third.all()).isEqualTo(sr.all());
        esme.send(RawEsme.DELIVER_SM_RESP, 0, third.sequence, new OctetBuffer(1).u8(0));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> simulator
                                .record()
                                .stats()
                                .systemIds()
                                .get(0)
                                .traffic()
                                .sr()
                                .answered()
                        == 1);
        assertThat(esme.isSilent(500)).isTrue();
    }

    @Test
    @Observes("simulator.deliver.window")
    void spreadsSrOverTheReceiversWithinTheirWindow() throws IOException {
        restart("deliver.window = 2");
        RawEsme first = bound();
        RawEsme second = bound();

        for (int i = 0; i < 10; i++) {
            first.submit(2 + i, NUMBER, "message " + i);
        }

        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            assertThat(first.read(RawEsme.SUBMIT_SM_RESP).status).isZero();
        }
        for (RawEsme esme : new RawEsme[] {first, second}) {
            for (int i = 0; i < 2; i++) {
                ids.add(esme.read(RawEsme.DELIVER_SM).all().substring(0, 60));
            }
            assertThat(esme.isSilent(100)).isTrue();
        }
        assertThat(ids).hasSize(4);
    }

    @Test
    void answersMalformedPdusAndClosesOnImpossibleLengths() throws IOException {
        RawEsme esme = bound();

        esme.send(RawEsme.SUBMIT_SM, 0, 2, new OctetBuffer(8).zeros(8));
        assertThat(esme.read().status).isEqualTo(0x01);
        esme.send(0x00000021, 3);
        Pdu nack = esme.read();
        assertThat(nack.command).isEqualTo(RawEsme.GENERIC_NACK);
        assertThat(nack.status).isEqualTo(0x03);
        esme.write(new byte[] {0, 0, 0, 15});
        assertThat(esme.read().status).isEqualTo(0x02);
    }

    @Test
    void cutsPdusFromAnyPieces() throws IOException {
        RawEsme esme = bound();
        OctetBuffer body = RawEsme.submitBody(NUMBER, "in pieces");
        OctetBuffer pdu = new OctetBuffer(256);
        pdu.u32(16 + body.length()).u32(RawEsme.SUBMIT_SM).u32(0).u32(9).add(body.octets(), 0, body.length());

        for (int i = 0; i < pdu.length(); i++) {
            esme.write(new byte[] {pdu.octets()[i]});
        }

        assertThat(esme.read().sequence).isEqualTo(9);
        assertThat(simulator.record().countOf("12345", NUMBER, "in pieces")).isEqualTo(1);
    }

    @Test
    @Observes({"simulator.bind.enquire-link-period", "simulator.bind.enquire-link-timeout"})
    void asksForSignsOfLifeAndClosesOnSilence() throws IOException {
        restart("bind { enquire-link-period = 1s, enquire-link-timeout = 1s }");
        RawEsme esme = bound();

        Pdu enquire = esme.read();
        assertThat(enquire.command).isEqualTo(RawEsme.ENQUIRE_LINK);
        esme.send(RawEsme.ENQUIRE_LINK_RESP, enquire.sequence);
        assertThat(esme.read().command).isEqualTo(RawEsme.ENQUIRE_LINK);

        assertThatThrownBy(esme::read).isInstanceOf(EOFException.class);
    }

    @Test
    @Observes({"simulator.mo.rate", "simulator.mo.count", "simulator.mo.sources", "simulator.mo.texts"})
    void generatesMo() throws IOException {
        restart("mo { rate = 200, count = 5, sources = 2, texts = [STOP, Hello] }");
        RawEsme esme = bound();

        for (int i = 0; i < 5; i++) {
            assertThat(esme.read(RawEsme.DELIVER_SM).all())
                    .contains("4179000000" + i % 2, i % 2 == 0 ? "STOP" : "Hello");
        }
        assertThat(esme.isSilent(100)).isTrue();
    }

    private static int accepted(RawEsme esme, int count) throws IOException {
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            esme.submit(2 + i, NUMBER, "message " + i);
        }
        for (int i = 0; i < count; i++) {
            accepted += esme.read(RawEsme.SUBMIT_SM_RESP).status == 0 ? 1 : 0;
        }
        return accepted;
    }
}
