// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.Observes;
import org.smsprocess.simulator.settings.SimulatorSettings;

/** The simulator as an ESME of another make (jSMPP) sees it. */
class SimulatorIT {
    private Simulator simulator = start("");

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void answersWithAnIdAndSendsTheSr() throws Exception {
        Esme esme = new Esme();

        String id = esme.submit("41791234567", "Hello");

        assertThat(id).matches("\\d{10}");
        await().atMost(Duration.ofSeconds(30)).until(() -> esme.delivered.size() == 1);
        DeliverSm sr = esme.delivered.get(0);
        assertThat(sr.isSmscDeliveryReceipt()).isTrue();
        assertThat(sr.getSourceAddr()).isEqualTo("41791234567");
        assertThat(sr.getDestAddress()).isEqualTo("12345");
        assertThat(text(sr))
                .matches("id:" + id + " sub:001 dlvrd:001 submit date:\\d{10} done date:\\d{10}"
                        + " stat:DELIVRD err:000 text:Hello");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> systemId().traffic().sr().answered() == 1);
        assertThat(simulator.record().countOf("12345", "+41791234567", "Hello")).isEqualTo(1);
        assertThat(simulator.record().countOf("12345", "41791234567", "hello")).isZero();
        esme.close();
    }

    @Test
    void sendsAnSrAgainUntilItIsAccepted() throws Exception {
        Esme esme = new Esme();
        esme.refusals = 2;

        esme.submit("41791234567", "Hello");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> systemId().traffic().sr().answered() == 1);
        assertThat(systemId().traffic().sr().refused()).isEqualTo(2);
        assertThat(systemId().traffic().sr().sent()).isEqualTo(3);
        assertThat(systemId().traffic().sr().pending()).isZero();
        esme.close();
    }

    @Test
    void keepsTheSrForTheNextBind() throws Exception {
        Esme transmitter = new Esme(BindType.BIND_TX);
        transmitter.submit("41791234567", "Hello");
        await().atMost(Duration.ofSeconds(30)).until(() -> systemId().waiting() == 1);

        Esme receiver = new Esme(BindType.BIND_RX);

        await().atMost(Duration.ofSeconds(30)).until(() -> receiver.delivered.size() == 1);
        transmitter.close();
        receiver.close();
    }

    @Test
    void sendsMoOnDemandLongOnesInParts() throws Exception {
        Esme esme = new Esme();

        assertThat(post("/mo", "{\"from\":\"41790000001\",\"to\":\"12345\",\"text\":\"STOP\"}")
                        .body())
                .contains("\"delivers\":1");
        assertThat(simulator.sendMo("41790000001", "12345", "x".repeat(161), null))
                .isEqualTo(2);

        await().atMost(Duration.ofSeconds(30)).until(() -> esme.delivered.size() == 3);
        // jSMPP hands them over on several threads, so in any order
        assertThat(esme.delivered).anySatisfy(mo -> assertThat(text(mo)).isEqualTo("STOP"));
        assertThat(esme.delivered.stream().filter(DeliverSm::isUdhi).mapToInt(mo -> mo.getShortMessage().length - 6))
                .containsExactlyInAnyOrder(153, 161 - 153);
        esme.close();
    }

    @Test
    @Observes({"simulator.bind.credentials", "simulator.bind.max-per-system-id"})
    void refusesUnknownLoginsAndBindsBeyondTheLimit() throws Exception {
        simulator.close();
        simulator = start("bind { credentials = [{ system-id = acme, password = secret }], max-per-system-id = 1 }");
        Esme first = new Esme();

        assertThatThrownBy(Esme::new).hasStackTraceContaining("00000005");
        first.close();
        simulator.close();
        simulator = start("bind.credentials = [{ system-id = acme, password = other }]");
        assertThatThrownBy(Esme::new).hasStackTraceContaining("0000000e");
        simulator.close();
        simulator = start("bind.credentials = [{ system-id = other, password = secret }]");
        assertThatThrownBy(Esme::new).hasStackTraceContaining("0000000f");
    }

    @Test
    void countsDuplicatesAndMultipartMessagesOnce() throws Exception {
        Esme esme = new Esme();
        byte[] part2 = {5, 0, 3, 7, 2, 2, 'l', 'o'};
        byte[] part1 = {5, 0, 3, 7, 2, 1, 'H', 'e', 'l'};

        esme.submit("41790000001", "twice");
        esme.submit("41790000001", "twice");
        esme.submitPart("41790000002", part2);
        esme.submitPart("41790000002", part2);
        assertThat(simulator.record().stats().messages().incomplete()).isEqualTo(1);
        esme.submitPart("41790000002", part1);

        Stats.Messages messages = simulator.record().stats().messages();
        assertThat(messages.total()).isEqualTo(3);
        assertThat(messages.duplicates()).isEqualTo(1);
        assertThat(messages.duplicateParts()).isEqualTo(1);
        assertThat(messages.incomplete()).isZero();
        assertThat(simulator
                        .record()
                        .compare(List.of(
                                new Record.Expected("12345", "41790000001", "twice"),
                                new Record.Expected("12345", "41790000002", "Hello"),
                                new Record.Expected("12345", "41790000003", "never sent"))))
                .isEqualTo(new Record.Comparison(3, 3, 1, 1, 0));
        esme.close();
    }

    @Test
    @Observes("simulator.rules")
    void failsNumbersByRule() throws Exception {
        simulator.close();
        simulator = start("rules = [{ destination-suffix = \"99\", submit-status = 11 },"
                + "{ destination-suffix = \"98\", final-state = UNDELIV, err = \"001\" }]");
        Esme esme = new Esme();

        assertThatThrownBy(() -> esme.submit("41790000099", "a"))
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        refusal -> assertThat(refusal.getCommandStatus()).isEqualTo(11));
        esme.submit("41790000098", "b");

        await().atMost(Duration.ofSeconds(30)).until(() -> esme.delivered.size() == 1);
        assertThat(text(esme.delivered.get(0))).contains("dlvrd:000", "stat:UNDELIV err:001");
        assertThat(simulator.record().refusedOf("12345", "41790000099", "a")).isEqualTo(1);
        assertThat(simulator.record().countOf("12345", "41790000099", "a")).isZero();
        esme.close();
    }

    @Test
    @Observes("simulator.record.keep-messages")
    void tellsItsRecordOverHttp() throws Exception {
        simulator.close();
        simulator = start("record.keep-messages = true");
        Esme esme = new Esme();
        String id = esme.submit("41791234567", "Hello");

        assertThat(get("/stats")).contains("\"submits\":1", "\"maxBound\":1", "\"distinct\":1");
        assertThat(get("/binds")).contains("\"mode\":\"transceiver\"");
        assertThat(get("/messages?destination=41791234567")).contains(id, "\"text\":\"Hello\"");
        assertThat(get("/received.ndjson")).contains(id).endsWith("}\n");
        assertThat(get("/count?source=12345&destination=%2B41791234567&text=Hello"))
                .contains("\"accepted\":1");
        assertThat(post("/reset", "").statusCode()).isEqualTo(200);
        assertThat(get("/stats")).contains("\"distinct\":0");
        assertThat(get("/nothing")).contains("no such resource");
        assertThat(post("/mo", "{").statusCode()).isEqualTo(400);
        assertThat(post("/mo", "{\"source\":\"1\"}").body())
                .contains("source is not a field of an MO; there are from, to, text, systemId");
        assertThat(post("/mo", "{}").statusCode()).isEqualTo(400);
        assertThat(post("/fault", "{}").body()).startsWith("{\"error\":\"fault.kind must be set");
        assertThat(post("/fault", "{\"kind\":\"throttle\",\"duration\":\"1m\"}").body())
                .contains("\"active\":[\"throttle\"]");
        assertThatThrownBy(() -> esme.submit("41791234567", "Hello")).isInstanceOf(NegativeResponseException.class);
        assertThat(post("/fault/clear", "").body()).contains("\"active\":[]");
        assertThat(post("/fault", "{\"kind\":\"flood\"}").statusCode()).isEqualTo(400);
        esme.close();
    }

    private Stats.SystemId systemId() {
        return simulator.record().stats().systemIds().get(0);
    }

    private static Simulator start(String settings) {
        return Simulator.start(SimulatorSettings.parse("sms-process-simulator { port = 0, http-port = 0,"
                + " sr { delay = 20ms, jitter = 0s }, deliver.retry-delay = 20ms }\nsms-process-simulator { "
                + settings + " }"));
    }

    private static String text(DeliverSm deliver) {
        return new String(deliver.getShortMessage(), StandardCharsets.ISO_8859_1);
    }

    private String get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri(path))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + simulator.httpPort() + path);
    }

    /** A jSMPP session that remembers what is delivered to it. */
    private final class Esme implements MessageReceiverListener {
        private final SMPPSession session = new SMPPSession();
        private final List<DeliverSm> delivered = new CopyOnWriteArrayList<>();
        private volatile int refusals;

        Esme() throws Exception {
            this(BindType.BIND_TRX);
        }

        Esme(BindType type) throws Exception {
            session.setTransactionTimer(30_000); // two seconds by default, which a busy machine may take
            session.setMessageReceiverListener(this);
            session.connectAndBind(
                    "127.0.0.1",
                    simulator.smppPort(),
                    new BindParameter(
                            type, "acme", "secret", "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, ""));
        }

        String submit(String to, String text) throws Exception {
            return submit(to, new ESMClass(), text.getBytes(StandardCharsets.US_ASCII));
        }

        void submitPart(String to, byte[] part) throws Exception {
            submit(to, new ESMClass(0x40), part);
        }

        private String submit(String to, ESMClass esmClass, byte[] octets) throws Exception {
            return session.submitShortMessage(
                            "",
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            "12345",
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            to,
                            esmClass,
                            (byte) 0,
                            (byte) 0,
                            null,
                            null,
                            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                            (byte) 0,
                            new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
                            (byte) 0,
                            octets)
                    .getMessageId();
        }

        void close() {
            session.unbindAndClose();
        }

        @Override
        public void onAcceptDeliverSm(DeliverSm deliver) throws ProcessRequestException {
            if (refusals-- > 0) {
                throw new ProcessRequestException("later", 0x0C);
            }
            delivered.add(deliver);
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alert) {}

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("not expected", 0x08);
        }
    }
}
