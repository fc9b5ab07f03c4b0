// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.intake.Intake.IntakeFull;
import org.smsprocess.delivery.intake.NewMt;

class SubmitMessagesIT {
    private final Fakes fakes = new Fakes();
    private final TestApi api =
            TestApi.start(fakes.services(), "max-messages = 3, max-errors = 2, max-body = 4k, retry-after = 7s");

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void acceptsManyMessagesInTheirOrder() {
        HttpResponse<String> answer = api.post("/api/v1/messages", """
                {"messages": [{"to": "+33600000001", "text": "Hélló 😀", "reference": "A-1"},
                              {"reference": null, "text": "two", "to": "33600000002"}],
                 "sender": "ACME", "priority": 2, "sendAt": "2026-01-31T09:00:00+01:00", "maxParts": 4, "account": "acme"}""");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"delivery\":1,\"ids\":[1024,1025]}");
        assertThat(fakes.intake.requests())
                .containsExactly(new MemoryIntake.Request(
                        "acme",
                        new DeliverySettings(
                                "ACME", 2, 4, Instant.parse("2026-01-31T08:00:00Z"), true, WireSettings.NONE),
                        List.of(
                                new NewMt("+33600000001", "Hélló 😀", null, "A-1"),
                                new NewMt("33600000002", "two", null, null))));
    }

    @Test
    void answersOnlyAfterCommit() {
        fakes.intake.holdCommits();

        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        api.request("/api/v1/messages")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(ONE))
                                .build(),
                        BodyHandlers.ofString());
        await().until(() -> fakes.intake.requests().size() == 1);
        assertThat(answer).isNotDone();

        fakes.intake.commit();
        assertThat(answer.join().statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/v1/messages   | ,"messages":[{"to":"33600000001","text":"hi"}]
            /api/v1/deliveries | ,"template":"hi"
            """)
    @Observes("service-id-tag")
    void tlvsThatTheServiceIdTagOfTheAccountExcludesAreRefusedAndBothKeysNamed(String path, String rest) {
        fakes.account("service-id-tag = 0x1401");

        HttpResponse<String> answer =
                api.post(path, "{\"account\":\"acme\",\"tlvs\":[{\"tag\":\"0x1400\",\"value\":\"x\"}]" + rest + "}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"field\":\"tlvs\"")
                .contains("are excluded by service-id-tag = 0x1401 of account acme");
        assertThat(fakes.intake.requests()).isEmpty();
    }

    private static final String ONE = "{\"account\":\"acme\",\"messages\":[{\"to\":\"33600000001\",\"text\":\"hi\"}]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"account":"acme"}                                                                  | messages         | is missing or empty
            {"account":"acme","messages":[]}                                                    | messages         | is missing or empty
            {"account":"acme","messages":{}}                                                    | messages         | must be an array
            {"messages":[{"to":"336001","text":"a"}]}                                           | account          | is missing
            {"account":"nobody","messages":[{"to":"336001","text":"a"}]}                        | account          | there is no account nobody
            {"account":"acme","messages":[{"to":"336001","text":"a"},{"to":"33x","text":"b"}]}  | messages[1].to   | must be a number of digits, with or without a leading +; found 'x'
            {"account":"acme","messages":[{"to":33600,"text":"a"}]}                             | messages[0].to   | must be a string
            {"account":"acme","messages":[{"to":"336001","text":""}]}                           | messages[0].text | is missing or empty
            {"account":"acme","messages":[{"to":"336001"}]}                                     | messages[0].text | is missing or empty
            {"account":"acme","messages":[{"to":"336001","text":"a","txt":"b"}]}                | messages[0].txt  | is not a field of this request
            {"account":"acme","messages":["336001"]}                                            | messages[0]      | must be an object
            {"account":"acme","sender":"ACME Banking","messages":[{"to":"336001","text":"a"}]}  | sender           | has 12 characters; a sender that is no number has at most 11
            {"account":"acme","sender":"1234567890123456789012","messages":[{"to":"336001","text":"a"}]} | sender  | has 22 octets; at most 21 fit into source_addr
            {"account":"acme","priority":4,"messages":[{"to":"336001","text":"a"}]}             | priority         | is out of range (0 to 3)
            {"account":"acme","priority":99999999999999,"messages":[{"to":"336001","text":"a"}]}| priority         | is out of range (0 to 3)
            {"account":"acme","sendAt":"tomorrow","messages":[{"to":"336001","text":"a"}]}      | sendAt           | must be a time with its offset, like 2026-01-31T09:00:00+01:00 or 2026-01-31T08:00:00Z
            {"account":"acme","sendAt":"+999999999-12-31T23:59:59Z","messages":[{"to":"336001","text":"a"}]} | sendAt | is out of range (years 1970 to 2099)
            {"account":"acme","sendAt":"-999999999-01-01T00:00:00Z","messages":[{"to":"336001","text":"a"}]} | sendAt | is out of range (years 1970 to 2099)
            {"account":"acme","validity":"2100-01-01T00:00:00Z","messages":[{"to":"336001","text":"a"}]} | validity     | is out of range (years 1970 to 2099)
            {"account":"acme","messages":[{"to":"336001","text":"a"}],"messages":[{"to":"336002","text":"b"}]} | messages | is there twice
            {"account":"acme","messages":[{"to":"336001","text":"a","to":"336002"}]}            | messages[0].to   | is there twice
            {"account":"acme","messages":[{"to":"336001","text":"a"},{"to":"336001","text":"a"},{"to":"336001","text":"a"},{"to":"336001","text":"a"}]} | messages | holds more than 3 messages
            """)
    @Observes("http.max-messages")
    void namesTheWrongFieldAndStoresNothing(String body, String field, String message) {
        HttpResponse<String> answer = api.post("/api/v1/messages", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .startsWith("{\"type\":\"urn:sms-process:problem:invalid-request\",\"title\":")
                .contains("\"status\":422", "\"detail\":")
                .contains("\"field\":\"" + field + "\",\"message\":\"" + message);
        assertThat(fakes.intake.requests()).isEmpty();
    }

    @Test
    @Observes("http.max-errors")
    void namesSeveralWrongFieldsUpToTheLimit() {
        HttpResponse<String> answer = api.post(
                "/api/v1/messages",
                "{\"account\":\"acme\",\"messages\":[{\"to\":\"a\",\"text\":\"\"},{\"to\":\"b\",\"text\":\"c\"}]}");

        assertThat(answer.body()).contains("messages[0].to", "messages[0].text").doesNotContain("messages[1].to");
    }

    @Test
    void whatIsOfTheWrongTypeIsNotMissingToo() {
        HttpResponse<String> answer =
                api.post("/api/v1/messages", "{\"account\":5,\"messages\":[{\"to\":33600000001,\"text\":\"a\"}]}");

        assertThat(answer.body())
                .contains("\"account\",\"message\":\"must be a string")
                .doesNotContain("missing");
    }

    /** Larger than what Pekko makes one piece of by itself, 8 MiB. */
    @Test
    @Observes("http.max-body")
    void takesABodyUpToTheLimitAndNotAnOctetMore() {
        try (TestApi large = TestApi.start(fakes.services(), "max-body = 10m")) {
            String fits = ONE + " ".repeat((10 << 20) - ONE.length());

            assertThat(large.post("/api/v1/messages", fits).statusCode()).isEqualTo(202);
            HttpResponse<String> refused = large.post("/api/v1/messages", fits + " ");
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("urn:sms-process:problem:body-too-large", "10485760");
        }
    }

    @Test
    void tellsWhereBadJsonIsWithoutQuotingIt() {
        HttpResponse<String> answer =
                api.post("/api/v1/messages", "{\"account\":\"acme\",\n  \"messages\": [{\"to\" \"secret\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("line 2, column 22").doesNotContain("secret");
        assertThat(fakes.intake.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``      | the body is empty
            []      | the body must be a JSON object
            {} {}   | something follows the JSON object, at line 1, column 4
            {       | not valid JSON at line 1, column 2
            """)
    void tellsWhatIsWrongWithAnUnreadableBody(String body, String detail) {
        HttpResponse<String> answer = api.post("/api/v1/messages", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("urn:sms-process:problem:bad-syntax", detail);
    }

    @Test
    @Observes("http.max-body")
    void refusesABodyOverTheLimit() {
        HttpResponse<String> answer = api.post("/api/v1/messages", " ".repeat(4097));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("urn:sms-process:problem:body-too-large", "4096");
    }

    @Test
    void refusesAnotherContentType() {
        HttpResponse<String> answer = api.send(api.request("/api/v1/messages")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(ONE)));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(fakes.intake.requests()).isEmpty();
    }

    @Test
    @Observes("http.retry-after")
    void tellsWhenToComeBackWhileTooMuchWaits() {
        fakes.intake.failWith(new IntakeFull("50000 messages wait to be stored"));

        HttpResponse<String> answer = api.post("/api/v1/messages", ONE);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.body()).contains("50000 messages wait");
    }

    @Test
    void tellsWhenToComeBackWhileTheDatabaseIsAway() {
        fakes.intake.failWith(
                new CompletionException(new SQLTransientConnectionException("connection is not available")));

        HttpResponse<String> answer = api.post("/api/v1/messages", ONE);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(answer.body()).contains("database-away", "not acknowledged");
    }

    @Test
    @Observes("http.request-timeout")
    void doesNotKeepAClientWaitingForEver() {
        fakes.intake.holdCommits();

        try (TestApi hasty = TestApi.start(fakes.services(), "request-timeout = 1s, retry-after = 7s")) {
            HttpResponse<String> answer = hasty.post("/api/v1/messages", ONE);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
            assertThat(answer.body()).contains("urn:sms-process:problem:too-slow");
        }
    }

    @Test
    void hidesABugBehindAProblemDocument() {
        fakes.intake.failWith(new IllegalStateException("internal detail"));

        HttpResponse<String> answer = api.post("/api/v1/messages", ONE);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("internal-error").doesNotContain("internal detail");
    }
}
