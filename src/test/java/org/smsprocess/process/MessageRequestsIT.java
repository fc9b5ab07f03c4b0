// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/** Messages that were sent, cancelled by CANCEL_SM and asked for by QUERY_SM, with the bundled SMSC and with jSMPP's. */
class MessageRequestsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private AutoCloseable smsc = () -> {};
    private Node node;

    @AfterEach
    void stop() throws Exception {
        if (node != null) {
            node.stop();
        }
        smsc.close();
    }

    @Test
    @Tag("cancel-sm")
    @Tag("sms-process.requests.period")
    void aSentMessageIsCancelledAtTheSmscAndStaysCancelledWhenItsReportSaysDeleted() throws Exception {
        Simulator simulator = simulator("sr { delay = 5s, jitter = 0s }");
        start(simulator.smppPort(), "cancel-sm = true, auto-source-ton = always, source-number = ACME");
        long id = send();
        awaitStatus(id, "sent");

        HttpResponse<String> asked = post("/api/v1/messages/" + id + "/cancel", "");

        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(asked.body()).contains("\"cancellation\":\"requested\"");
        awaitStatus(id, "cancelled");
        assertThat(get("/api/v1/messages/" + id)).contains("\"cancellation\":\"cancelled\"");
        await().atMost(PATIENCE)
                .until(() -> simulator
                                .record()
                                .stats()
                                .systemIds()
                                .get(0)
                                .traffic()
                                .sr()
                                .answered()
                        == 1);
        assertThat(simulator.record().stats().requests().cancelled()).isEqualTo(1);
        assertThat(DB.number("select count(*) from message where id = ? and status = 'cancelled'", id))
                .isEqualTo(1);
        assertThat(post("/api/v1/messages/" + id + "/cancel", "").statusCode()).isEqualTo(409);
        assertThat(get("/metrics")).contains("sms_requests_total{account=\"acme\",result=\"cancelled\"} 1.0");
    }

    @Test
    @Tag("cancel-sm")
    void whatTheSmscRefusesIsToldAndTheMessageStaysSent() throws Exception {
        Simulator simulator = simulator("sr { enabled = false, delay = 0s, jitter = 0s }");
        start(simulator.smppPort(), "cancel-sm = true");
        long id = send();
        awaitStatus(id, "sent");

        assertThat(post("/api/v1/messages/" + id + "/cancel", "").statusCode()).isEqualTo(202);

        await().atMost(PATIENCE)
                .until(() -> get("/api/v1/messages/" + id).contains("\"cancellation\":\"refused: 0x00000011\""));
        assertThat(get("/api/v1/messages/" + id)).contains("\"status\":\"sent\"");
        long delivery = DB.number("select delivery_id from message where id = ?", id);
        assertThat(get("/api/v1/deliveries/" + delivery + "/log")).contains("\"cancellation\":\"refused: 0x00000011\"");
    }

    @Test
    @Tag("cancel-sm")
    void anAccountThatDoesNotAllowItAsksNobody() throws Exception {
        Simulator simulator = simulator("sr.enabled = false");
        start(simulator.smppPort(), "");
        long id = send();
        awaitStatus(id, "sent");

        HttpResponse<String> asked = post("/api/v1/messages/" + id + "/cancel", "");

        assertThat(asked.statusCode()).isEqualTo(409);
        assertThat(asked.body()).contains("does not allow cancel-sm");
        assertThat(DB.number("select count(*) from cancel_request where mt_id = ?", id))
                .isZero();
        assertThat(DB.number("select count(*) from query_watch")).isZero();
        assertThat(post("/api/v1/messages/1/cancel", "").statusCode()).isEqualTo(404);
    }

    @Test
    void aMessageInTheQueueIsCancelledAtOnceAndNeverSent() throws Exception {
        Simulator simulator = simulator("bind.transceiver = false");
        start(simulator.smppPort(), "");
        long id = send();

        HttpResponse<String> cancelled = post("/api/v1/messages/" + id + "/cancel", "");

        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(cancelled.body()).contains("\"status\":\"cancelled\"");
    }

    @Test
    @Tag("query-sm.enabled")
    @Tag("query-sm.after")
    void aMessageWithoutReportIsSettledByWhatTheSmscSaysOfIt() throws Exception {
        Simulator simulator = simulator("""
                sr { enabled = false, delay = 3s, jitter = 0s }
                rules = [{ destination-suffix = "01", final-state = UNDELIV, err = "007" }]
                """);
        start(simulator.smppPort(), "query-sm { enabled = true, after = 1s, again-after = 1s, tries = 20 }");
        long delivered = send("+34600000000");
        long failed = send("+34600000001");

        awaitStatus(delivered, "delivered"); // asked in vain until the three seconds are over
        awaitStatus(failed, "failed");

        assertThat(get("/api/v1/messages/" + failed)).contains("SR Generic UNDELIV 007");
        assertThat(simulator.record().stats().requests().queries()).isGreaterThan(2);
        await().atMost(PATIENCE).until(() -> DB.number("select count(*) from query_watch") == 0);
        long queries = simulator.record().stats().requests().queries();
        assertThat(get("/metrics")).contains("result=\"query_final\"").contains("result=\"query_open\"");
        assertThat(simulator.record().stats().requests().queries()).isEqualTo(queries);
    }

    @Test
    @Tag("query-sm.tries")
    @Tag("query-sm.again-after")
    void afterSoManyRoundsNobodyAsksAnyMore() throws Exception {
        Simulator simulator = simulator("sr { enabled = false, delay = 1h }");
        start(simulator.smppPort(), "query-sm { enabled = true, after = 1s, again-after = 1s, tries = 2 }");
        long id = send();

        await().atMost(PATIENCE)
                .until(() -> simulator.record().stats().requests().queries() == 2);
        await().atMost(PATIENCE).until(() -> DB.number("select count(*) from query_watch") == 0);

        assertThat(status(id)).isEqualTo("sent");
    }

    @Test
    void jsmppUnderstandsBoth() throws Exception {
        JsmppSmsc jsmpp = new JsmppSmsc();
        smsc = jsmpp;
        jsmpp.reports = false;
        start(jsmpp.port(), "cancel-sm = true, query-sm { enabled = true, after = 2s }, source-number = ACME");
        long cancelled = send();
        awaitStatus(cancelled, "sent");
        assertThat(post("/api/v1/messages/" + cancelled + "/cancel", "").statusCode())
                .isEqualTo(202);
        awaitStatus(cancelled, "cancelled");
        long queried = send("+34600000001");
        awaitStatus(queried, "failed");

        assertThat(jsmpp.cancelled).hasSize(1);
        assertThat(jsmpp.cancelled.element().getMessageId()).isEqualTo(providerId(cancelled));
        assertThat(jsmpp.cancelled.element().getSourceAddr()).isEqualTo("ACME");
        assertThat(jsmpp.cancelled.element().getSourceAddrTon()).isEqualTo((byte) 5);
        assertThat(jsmpp.cancelled.element().getDestinationAddress()).isEqualTo("34600000000");
        assertThat(jsmpp.queried).hasSize(1);
        assertThat(jsmpp.queried.element().getMessageId()).isEqualTo(providerId(queried));
        assertThat(get("/api/v1/messages/" + queried)).contains("SR Generic UNDELIV 042");
    }

    private Simulator simulator(String settings) {
        Simulator started = Simulator.start(SimulatorSettings.parse(
                "sms-process-simulator { port = 0, http-port = none }\nsms-process-simulator {" + settings + "\n}"));
        smsc = started;
        return started;
    }

    private void start(int port, String account) {
        DB.execute("truncate message, delivery, delivery_part, delivery_range, cancel_request, query_watch");
        node = Node.start(SettingsSource.of(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                        "sms-process.datastore.url", DB.settings().url(),
                        "sms-process.datastore.user", DB.settings().user(),
                        "sms-process.datastore.password", DB.settings().password(),
                        "sms-process.datastore.pool-size", 4))
                .withFallback(ConfigFactory.parseString("""
                        sms-process {
                          http.port = 0
                          requests { period = 100ms }
                          accounts.acme { host = "127.0.0.1", port = %d, system-id = acme, password = secret, %s }
                        }
                        """.formatted(port, account))))));
    }

    private long send() throws Exception {
        return send("+34600000000");
    }

    private long send(String to) throws Exception {
        HttpResponse<String> accepted = post(
                "/api/v1/messages",
                "{\"account\":\"acme\",\"messages\":[{\"to\":\"%s\",\"text\":\"hello\"}]}".formatted(to));
        assertThat(accepted.statusCode()).isEqualTo(202);
        return Long.parseLong(accepted.body().replaceFirst(".*\"ids\":\\[(\\d+)].*", "$1"));
    }

    private void awaitStatus(long id, String status) {
        await().atMost(PATIENCE).until(() -> status(id).equals(status));
    }

    private static String status(long id) {
        return String.valueOf(
                DB.column("select status::text from message where id = " + id).get(0));
    }

    private static String providerId(long id) {
        return String.valueOf(DB.column("select provider_message_id from message where id = " + id)
                .get(0));
    }

    private String get(String path) throws Exception {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                request(path)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + path))
                .timeout(Duration.ofSeconds(30));
    }
}
