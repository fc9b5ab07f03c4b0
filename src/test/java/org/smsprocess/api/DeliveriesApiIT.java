// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.store.TestDatabase;
import org.smsprocess.store.WorkSignal;

/** Deliveries over HTTP, down to PostgreSQL. */
class DeliveriesApiIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static WorkSignal signal;
    private static TestApi api;

    @BeforeAll
    static void start() {
        signal = WorkSignal.open(DB.database());
        api = TestApi.start(
                new Fakes().services(DB.database(), signal),
                "max-body = 8k, upload-timeout = 4s, upload-dispatcher.thread-pool-executor.fixed-pool-size = 1");
    }

    @AfterAll
    static void stop() {
        api.close();
        signal.close();
    }

    private static long create(String fields) {
        HttpResponse<String> answer = api.post("/api/v1/deliveries", "{\"account\":\"acme\"" + fields + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        long id = json(answer).path("delivery").asLong();
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/deliveries/" + id);
        return id;
    }

    private static HttpResponse<String> upload(long delivery, String type, String body) {
        return api.send(api.request("/api/v1/deliveries/" + delivery + "/recipients")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> act(long delivery, String action) {
        return act("deliveries", delivery, action);
    }

    private static HttpResponse<String> act(String what, long id, String action) {
        return api.send(api.request("/api/v1/" + what + "/" + id + "/" + action).POST(BodyPublishers.noBody()));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    @Test
    @Observes({"http.upload-timeout", "http.upload-dispatcher"})
    void anUploadThatTakesTooLongIsBrokenOffAndWhatItBroughtStays() throws Exception {
        long id = create("");
        long other = create("");
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/v1/deliveries/" + id
                                    + "/recipients HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n"
                                    + "Content-Length: 9999\r\n\r\nto,text\n33600000001,hello\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> isReading(1));
            // with one thread to read uploads the next one waits for it
            CompletableFuture<HttpResponse<String>> next =
                    CompletableFuture.supplyAsync(() -> upload(other, "text/csv", "to,text\n33600000002,hello\n"));
            await().during(Duration.ofMillis(500)).until(() -> !next.isDone());

            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 503");
            assertThat(next.get(30, TimeUnit.SECONDS).body()).contains("\"accepted\":1");
        }
    }

    private static boolean isReading(int uploads) {
        return Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().contains("upload-dispatcher"))
                        .count()
                == uploads;
    }

    @Test
    void goesFromDraftToRunningToCancelled() {
        long id = create(",\"label\":\"spring\",\"template\":\"Hello {{name}}\",\"sender\":\"ACME\",\"priority\":1");

        HttpResponse<String> uploaded =
                upload(id, "text/csv", "to,name,reference\n+33600000001,Ann,R-1\n33x,Bob,\n33600000002,Eve,\n");
        assertThat(uploaded.body())
                .isEqualTo("{\"accepted\":2,\"refused\":1,\"errors\":[{\"line\":3,\"message\":"
                        + "\"to must be a number of digits, with or without a leading +; found 'x'\"}]}");
        assertThat(json(act(id, "start")).path("state").asText()).isEqualTo("running");
        assertThat(json(act(id, "start")).path("state").asText()).isEqualTo("running");
        assertThat(json(act(id, "pause")).path("state").asText()).isEqualTo("paused");
        assertThat(json(act(id, "resume")).path("state").asText()).isEqualTo("running");

        JsonNode delivery = json(api.get("/api/v1/deliveries/" + id));
        assertThat(delivery.path("label").asText()).isEqualTo("spring");
        assertThat(delivery.path("sender").asText()).isEqualTo("ACME");
        assertThat(delivery.path("counters").path("accepted").asInt()).isEqualTo(2);
        assertThat(delivery.path("counters").path("queued").asInt()).isEqualTo(2);

        JsonNode cancelled = json(act(id, "cancel"));
        assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.path("counters").path("cancelled").asInt()).isEqualTo(2);
        assertThat(act(id, "resume").statusCode()).isEqualTo(409);
        assertThat(upload(id, "text/csv", "to\n33600000003\n").statusCode()).isEqualTo(409);
    }

    @Test
    void showsItsLogAsNdjson() {
        long id = create(",\"template\":\"Hello {{name}}\"");
        upload(
                id,
                "application/x-ndjson",
                "{\"to\":\"33600000001\",\"reference\":\"R-1\",\"name\":\"Ann\"}\n{\"to\":\"33600000002\",\"name\":\"Eve\"}");

        HttpResponse<String> log = api.get("/api/v1/deliveries/" + id + "/log");

        assertThat(log.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
        assertThat(log.body().lines())
                .hasSize(2)
                .first()
                .asString()
                .matches(
                        "\\{\"id\":\\d+,\"delivery\":" + id + ",\"account\":\"acme\",\"to\":\"33600000001\","
                                + "\"fields\":\\{\"name\":\"Ann\"},\"reference\":\"R-1\",\"status\":\"queued\",\"parts\":0,\"createdAt\":\".*\"}");
        long message =
                json(log.body().lines().findFirst().orElseThrow()).path("id").asLong();
        assertThat(json(api.get("/api/v1/messages/" + message))
                        .path("reference")
                        .asText())
                .isEqualTo("R-1");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    @Test
    void streamsAnUploadFarOverTheLimitOfBodies() {
        long id = create("");
        int count = 25_000;
        InputStream lines = new SequenceInputStream(Collections.enumeration(IntStream.range(0, count)
                .mapToObj(i -> (InputStream) new ByteArrayInputStream(
                        ("{\"to\":\"" + (33600000000L + i) + "\",\"text\":\"text " + i + "\"}\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .toList()));

        HttpResponse<String> answer = api.send(api.request("/api/v1/deliveries/" + id + "/recipients")
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> lines)));

        assertThat(answer.body()).isEqualTo("{\"accepted\":25000,\"refused\":0,\"errors\":[]}");
        assertThat(json(api.get("/api/v1/deliveries/" + id))
                        .path("counters")
                        .path("accepted")
                        .asInt())
                .isEqualTo(count);
        assertThat(api.get("/api/v1/deliveries/" + id + "/log").body().lines()).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"label":"a"}                                    | account  | is missing
            {"account":"nobody"}                             | account  | there is no account nobody
            {"account":"acme","template":"Hello {{#name}}"}  | template | is not a template
            {"account":"acme","template":"Hello {{> x}}"}    | template | includes x, but there is no other template
            {"account":"acme","template":"{{#a}}{{<x}}{{/x}}{{/a}}"} | template | includes x, but there is no other template
            {"account":"acme","template":"Hello {{}}"}       | template | is not a template: it has an empty tag
            {"account":"acme","template":"Hello {{name}, {{x}}"} | template | opens {{ at position 7, and no }} closes it
            {"account":"acme","template":"Hello {{name"}     | template | opens {{ at position 7, and no }} closes it
            {"account":"acme","template":""}                 | template | is missing or empty
            {"account":"acme","sender":"ACME Banking"}       | sender   | has 12 characters
            {"account":"acme","colour":"red"}                | colour   | is not a field of this request
            """)
    void namesTheWrongField(String body, String field, String message) {
        HttpResponse<String> answer = api.post("/api/v1/deliveries", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\",\"message\":\"" + message);
    }

    @Test
    void takesTemplatesWithRawValuesSectionsAndOtherDelimiters() {
        for (String template : List.of("{{{a}}} {{&b}}{{#c}}{{.}}{{/c}}", "a { b } {c}", "{{=<% %>=}}<% a %> {{b")) {
            assertThat(api.post("/api/v1/deliveries", "{\"account\":\"acme\",\"template\":\"" + template + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void knowsWhatDoesNotExist() {
        assertThat(api.get("/api/v1/deliveries/999999").statusCode()).isEqualTo(404);
        assertThat(act(999999, "start").statusCode()).isEqualTo(404);
        assertThat(upload(999999, "text/csv", "to\n1\n").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/messages/999999").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/messages/abc").statusCode()).isEqualTo(404);
        assertThat(upload(create(""), "text/plain", "to\n").statusCode()).isEqualTo(415);
    }

    @Test
    void listsTheNewestFirst() {
        long first = create(",\"label\":\"first\"");
        long second = create(",\"label\":\"second\"");

        JsonNode list = json(api.get("/api/v1/deliveries?account=acme&limit=2&counters=true&before=" + (second + 1)))
                .path("deliveries");

        assertThat(list).hasSize(2);
        assertThat(list.get(0).path("delivery").asLong()).isEqualTo(second);
        assertThat(list.get(0).path("counters").path("accepted").asLong()).isZero();
        assertThat(list.get(1).path("delivery").asLong()).isEqualTo(first);
        assertThat(api.get("/api/v1/deliveries?limit=none").statusCode()).isEqualTo(422);
    }

    @Test
    void looksUpASubmittedMessage() {
        HttpResponse<String> accepted = api.post("/api/v1/messages", """
                {"account":"acme","sender":"ACME","messages":[{"to":"+33600000001","text":"Hé 😀"}]}""");

        JsonNode message = json(
                api.get("/api/v1/messages/" + json(accepted).path("ids").get(0).asLong()));

        assertThat(message.path("status").asText()).isEqualTo("queued");
        assertThat(message.path("text").asText()).isEqualTo("Hé 😀");
        assertThat(message.path("sender").asText()).isEqualTo("ACME");
    }

    @Test
    void letsAnOperatorSettleWhatIsInDoubt() {
        JsonNode ids = json(api.post("/api/v1/messages", """
                {"account":"acme","messages":[{"to":"33600000001","text":"a"},{"to":"33600000002","text":"b"}]}""")).path("ids");
        long resent = ids.get(0).asLong();
        long closed = ids.get(1).asLong();
        assertThat(act("messages", resent, "resend").statusCode()).isEqualTo(409);
        DB.execute("update message set status = 'held' where id in (?, ?)", resent, closed);
        DB.execute("insert into held_message (mt_id, account) select id, account from message where status = 'held'");

        assertThat(json(api.get("/api/v1/messages?status=in_doubt"))
                        .path("messages")
                        .findValuesAsText("id"))
                .contains(Long.toString(resent), Long.toString(closed));
        assertThat(json(act("messages", resent, "resend")).path("status").asText())
                .isEqualTo("queued");
        assertThat(json(api.post("/api/v1/messages/" + closed + "/close", "{\"reason\":\"told by phone\"}"))
                        .path("error")
                        .asText())
                .isEqualTo("in doubt, closed by operator: told by phone");

        assertThat(json(api.get("/api/v1/messages?status=in_doubt&account=acme"))
                        .path("messages"))
                .isEmpty();
        assertThat(act("messages", closed, "close").statusCode()).isEqualTo(409);
        assertThat(act("messages", 999999, "close").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/messages?status=sent").statusCode()).isEqualTo(422);
    }

    /** The last id of a page must be where the next one goes on, whatever account it is of. */
    @Test
    void pagesThroughWhatIsInDoubtOfAllAccountsById() {
        Fakes two = new Fakes();
        two.alsoKnows("beta");
        try (TestApi both = TestApi.start(two.services(DB.database(), signal), "")) {
            JsonNode ids = json(both.post("/api/v1/messages", """
                    {"account":"acme","messages":[{"to":"336001","text":"a"},{"to":"336002","text":"b"},
                     {"to":"336003","text":"c"}]}""")).path("ids");
            long first = ids.get(0).asLong();
            DB.execute(
                    "update message set status = 'held', account = case id when ? then 'acme' else 'beta' end"
                            + " where id between ? and ?",
                    first + 1,
                    first,
                    first + 2);
            DB.execute(
                    "insert into held_message (mt_id, account) select id, account from message where id between ? and ?",
                    first,
                    first + 2);
            String path = "/api/v1/messages?status=in_doubt&limit=2&after=";

            assertThat(json(both.get(path + (first - 1))).path("messages").findValuesAsText("id"))
                    .containsExactly(ids.get(0).asText(), ids.get(1).asText());
            assertThat(json(both.get(path + (first + 1))).path("messages").findValuesAsText("id"))
                    .containsExactly(ids.get(2).asText());
            DB.execute("delete from held_message where mt_id between ? and ?", first, first + 2);
        }
    }

    @Test
    void pagesThroughTheInbox() {
        assertThat(api.get("/api/v1/inbox?account=acme&after=0&limit=10").body())
                .isEqualTo("{\"inbox\":[]}");
        assertThat(api.get("/api/v1/inbox?latest=true").body()).isEqualTo("{\"inbox\":[]}");
        DB.execute(
                "insert into inbox (account, sender, short_code, text, octets, data_coding, parts, total, complete, received_at)"
                        + " values ('acme', '33600000001', '12345', 'STOP', '\\x53', 0, 1, 1, true, now()),"
                        + " ('other', '33600000002', '12345', 'Hé', '\\x53', 8, 1, 2, false, now())");

        JsonNode acme = json(api.get("/api/v1/inbox?account=acme")).path("inbox");
        assertThat(acme.findValuesAsText("text")).containsExactly("STOP");
        assertThat(acme.get(0).path("from").asText()).isEqualTo("33600000001");
        assertThat(json(api.get("/api/v1/inbox?after=" + acme.get(0).path("id").asLong()))
                        .path("inbox")
                        .findValuesAsText("text"))
                .containsExactly("Hé");
        assertThat(json(api.get("/api/v1/inbox?latest=true&limit=1"))
                        .path("inbox")
                        .get(0)
                        .path("complete")
                        .asBoolean(true))
                .isFalse();
    }
}
