// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.spec.SubmittedSm;
import org.smsprocess.store.TestDatabase;

/** Settings of an account that change while it is bound, as the SMSC and the delivery log see them. */
class AccountChangesIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    static Path directory;

    private static final Duration SETTLED = Duration.ofMillis(150);

    private static ServedSmsc smsc;
    private static ServedSmsc elsewhere;
    private static FileNode node;

    private int unbinds;
    private int binds;

    @BeforeAll
    static void start() {
        smsc = new ServedSmsc();
        elsewhere = new ServedSmsc("127.0.0.2", 0);
        node = new FileNode(DB, directory, "part-retry-delay = 0s, poll-period = 100ms", account(""));
    }

    @AfterAll
    static void stop() {
        node.close();
        smsc.close();
        elsewhere.close();
    }

    @BeforeEach
    void begin() {
        smsc.answer(0);
        smsc.silent(false);
        smsc.answerBinds(0);
        reload("");
        // the slot hears of its settings a moment after the answer, and what an earlier test left in the queue is sent
        await().atMost(PATIENCE)
                .during(SETTLED)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isSettled);
        DB.column("select id from message where status = 'in_doubt'")
                .forEach(id -> node.post("/api/v1/messages/" + id + "/cancel", "")); // nor is it sent again later
        smsc.submitted.clear();
        unbinds = smsc.unbinds.get();
        binds = smsc.binds.size();
    }

    @ParameterizedTest
    @Observes({
        "source-number",
        "source-ton",
        "source-npi",
        "destination-ton",
        "destination-npi",
        "service-type",
        "send-full-number",
        "encodings",
        "long-message"
    })
    @CsvSource(delimiter = '|', textBlock = """
            source-number = 777                                    | hello  | source_addr         | 1234                | 777
            source-ton = 5                                         | hello  | source_addr_ton     | 0                   | 5
            source-npi = 9                                         | hello  | source_addr_npi     | 0                   | 9
            destination-ton = 1                                    | hello  | dest_addr_ton       | 0                   | 1
            destination-npi = 8                                    | hello  | dest_addr_npi       | 0                   | 8
            service-type = VMA                                     | hello  | service_type        | ''                  | VMA
            send-full-number = true                                | hello  | destination_addr    | 33600000001         | +33600000001
            'encodings = [{ data-coding = 3, charset = LATIN-1 }]' | é      | data_coding         | 0                   | 3
            'encodings = [{ data-coding = 3, charset = LATIN-1 }]' | é      | short_message       | 05                  | e9
            long-message = message-payload                         | LONG   | 0x0424              | ''                  | LONG
            long-message = sar                                     | LONG   | 0x020E              | ''                  | 02
            """)
    void theNextMessageHasThemWithoutANewBind(String line, String text, String field, String before, String after) {
        String sent = text.equals("LONG") ? "a".repeat(200) : text;
        String expected = after.equals("LONG") ? "61".repeat(200) : after;
        node.submit("acme", sent, "");
        assertThat(smsc.take().field(field)).isEqualTo(before);

        reload(line);

        awaitSubmit(sent, "", field, expected);
        assertNobodyUnbound();
    }

    @Test
    @Observes("auto-source-ton")
    void aNameIsMarkedAsSuchUnlessToldOtherwise() {
        reload("source-number = ACME, source-ton = 1, auto-source-ton = never");
        awaitSubmit("hello", "", "source_addr", "ACME");
        node.submit("acme", "hello", "");
        assertThat(smsc.take().field("source_addr_ton")).isEqualTo("1");

        reload("source-number = ACME, source-ton = 1, auto-source-ton = always");
        awaitSubmit("hello", "", "source_addr_ton", "5");
        assertNobodyUnbound();
    }

    @Test
    @Observes({"service-id-tag", "delivery.serviceId"})
    void theServiceIdTravelsInTheTlvOfTheAccount() {
        reload("service-id-tag = 0x1401");

        awaitSubmit("hello", ",\"serviceId\":\"gold\"", "0x1401", "676f6c64");
        assertNobodyUnbound();
    }

    @Test
    @Observes("transliteration")
    void whatNoEncodingHoldsIsApproximatedInsteadOfFailing() {
        String onlyGsm = "encodings = [{ data-coding = 0, charset = GSM }]\n";
        reload(onlyGsm);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(errorOf(node.submit("acme", "œuf", ""))).contains("GSM lacks"));

        reload(onlyGsm + "transliteration = true");

        await().atMost(PATIENCE).until(() -> {
            long id = node.submit("acme", "œuf", "");
            await().atMost(PATIENCE)
                    .until(() -> !node.message(id).path("status").asText().equals("queued"));
            return !smsc.submitted.isEmpty();
        });
        assertThat(smsc.take().field("short_message")).isEqualTo("6f657566");
        assertNobodyUnbound();
    }

    @Test
    @Observes("smsc-name")
    void errorsNameTheProviderAsItIsCalledNow() {
        smsc.answer(0x0B);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(errorOf(node.submit("acme", "hello", ""))).isEqualTo("Generic refused: 0x0000000B"));

        reload("smsc-name = AcmeNet");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(errorOf(node.submit("acme", "hello", ""))).isEqualTo("AcmeNet refused: 0x0000000B"));
        smsc.answer(0);
        smsc.submitted.clear();
        long id = node.submit("acme", "hello", "");
        smsc.sendSr("33600000001", "id:" + smsc.take().id() + " stat:UNDELIV err:017");
        assertThat(node.messageWith(id, "failed").path("error").asText()).isEqualTo("SR AcmeNet UNDELIV 017|#MESSAGE#");
        assertNobodyUnbound();
    }

    @Test
    @Observes("error-classes")
    void aStatusIsRetriedOrFailsTheMessage() {
        smsc.answer(0x99);
        assertThat(errorOf(node.submit("acme", "hello", ""))).isEqualTo("Generic refused: 0x00000099");

        reload("error-classes.0x99 = retry");

        await().atMost(PATIENCE).untilAsserted(() -> {
            smsc.submitted.clear();
            long id = node.submit("acme", "again", "");
            smsc.take();
            smsc.take();
            assertThat(node.message(id).path("status").asText()).isNotEqualTo("failed");
        });
        smsc.answer(0);
        assertNobodyUnbound();
    }

    @Test
    @Observes("window")
    void noMoreAreInFlightThanTheWindowHolds() {
        reload("window = 3");
        await().atMost(PATIENCE).until(() -> connection().path("windowSize").asInt() == 3);
        smsc.silent(true);
        for (int i = 0; i < 8; i++) {
            node.submit("acme", "hello " + i, "");
        }
        await().atMost(PATIENCE).until(() -> smsc.submitted.size() == 3);
        await().during(Duration.ofMillis(300)).until(() -> smsc.submitted.size() == 3);

        reload("window = 5");

        await().atMost(PATIENCE).until(() -> smsc.submitted.size() == 5);
        await().during(Duration.ofMillis(300)).until(() -> smsc.submitted.size() == 5);
        assertNobodyUnbound();
        smsc.silent(false);
        smsc.drop();
    }

    @ParameterizedTest
    @Observes({"max-mt-throughput", "max-account-throughput"})
    @CsvSource({"max-mt-throughput = 4", "max-account-throughput = 4"})
    void theRateIsKept(String line) {
        reload(line);
        await().atMost(PATIENCE).until(() -> connection().path("rateLimit").asDouble() == 4);
        long began = System.nanoTime();
        for (int i = 0; i < 9; i++) {
            node.submit("acme", "hello " + i, "");
        }
        for (int i = 0; i < 9; i++) {
            smsc.take();
        }

        // never more than 4 in any second: the ninth leaves two seconds after the first
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1900));
        assertNobodyUnbound();
    }

    @ParameterizedTest
    @Observes({"in-doubt", "in-doubt-wait", "mt-expiration"})
    @CsvSource({
        "in-doubt = hold, held",
        "in-doubt = fail, failed",
        "in-doubt-wait = 1h, in_doubt",
    })
    void whatIsNotAnsweredInTimeIsInDoubt(String line, String status) {
        reload("mt-expiration = 300ms\n" + line);
        awaitNewBind();
        smsc.silent(true);

        long id = node.submit("acme", "hello", "");

        smsc.take();
        node.messageWith(id, status);
        assertThat(smsc.submitted).isEmpty();
    }

    @Test
    @Observes({"in-doubt", "in-doubt-wait", "mt-expiration"})
    void whatIsInDoubtIsSentAgainAfterItsWait() {
        reload("mt-expiration = 600ms, in-doubt = resend, in-doubt-wait = 500ms");
        awaitNewBind();
        smsc.silent(true);
        long began = System.nanoTime();
        long id = node.submit("acme", "hello", "");
        smsc.take();
        smsc.silent(false);
        smsc.take();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1050));
        assertThat(node.messageWith(id, "sent").path("resends").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @Observes({
        "system-id",
        "password",
        "system-type",
        "bind-ton",
        "bind-npi",
        "address-range",
        "mode",
        "receiver.system-id",
        "receiver.password",
        "receiver.system-type"
    })
    @CsvSource(delimiter = '|', textBlock = """
            system-id = us                                          | 9 us secret type 0/0/
            password = pw                                           | 9 esme pw type 0/0/
            system-type = VMA                                       | 9 esme secret VMA 0/0/
            bind-ton = 5                                            | 9 esme secret type 5/0/
            bind-npi = 9                                            | 9 esme secret type 0/9/
            address-range = 336                                     | 9 esme secret type 0/0/336
            mode = transmitter-receiver                             | 1 esme secret type 0/0/, 2 esme secret type 0/0/
            'mode = transmitter-receiver, receiver.system-id = rx'  | 1 rx secret type 0/0/, 2 esme secret type 0/0/
            'mode = transmitter-receiver, receiver.password = rx'   | 1 esme rx type 0/0/, 2 esme secret type 0/0/
            'mode = transmitter-receiver, receiver.system-type = r' | 1 esme secret r 0/0/, 2 esme secret type 0/0/
            """)
    void theBindHasThemAfterAnUnbind(String line, String expected) {
        reload(line);

        int halves = expected.split(", ").length;
        await().atMost(PATIENCE).until(() -> smsc.binds.size() == binds + halves && smsc.bound() == halves);
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds + 1);
        assertThat(smsc.binds.subList(binds, binds + halves).stream()
                        .map(bind -> bind.commandId() + " " + bind.systemId() + " " + bind.password() + " "
                                + bind.systemType() + " " + bind.range())
                        .sorted())
                .containsExactly(expected.split(", "));
    }

    @ParameterizedTest
    @Observes({"host", "port", "receiver.host", "receiver.port"})
    @CsvSource({
        "'host = 127.0.0.2, port = %d', 0, 1",
        "'mode = transmitter-receiver, receiver { host = 127.0.0.2, port = %d }', 1, 1"
    })
    void theConnectionGoesWhereTheAccountSays(String line, int here, int there) {
        reload(line.formatted(elsewhere.port()));

        await().atMost(PATIENCE).until(() -> smsc.bound() == here && elsewhere.bound() == there);
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds + 1);
    }

    @Test
    @Observes({"child-connections", "enabled"})
    void connectionsComeAndGo() {
        reload("child-connections = 3");
        await().atMost(PATIENCE).until(() -> smsc.bound() == 3);
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds);

        reload("child-connections = 2");
        await().atMost(PATIENCE).until(() -> smsc.bound() == 2);
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds + 1);

        reload("enabled = false");
        await().atMost(PATIENCE).until(() -> smsc.bound() == 0);
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds + 3);
    }

    @Test
    @Observes({"verbose-traces", "verbose-text"})
    void everyPduIsLoggedOnRequestItsTextOnlyOnAnother() {
        try (CapturedLog trace = new CapturedLog("org.smsprocess.trace")) {
            node.messageWith(node.submit("acme", "hello", ""), "sent");
            assertThat(trace.lines).isEmpty();

            reload("verbose-traces = true");
            await().atMost(PATIENCE).until(() -> {
                node.submit("acme", "hello", "");
                return trace.lines.stream().anyMatch(line -> line.contains("sent submit_sm "));
            });
            assertThat(trace.lines).noneMatch(line -> line.contains("hello") || line.contains("secret"));

            reload("verbose-traces = true, verbose-text = true");
            await().atMost(PATIENCE).until(() -> {
                node.submit("acme", "hello", "");
                return trace.lines.stream().anyMatch(line -> line.contains("short_message=\"hello\""));
            });
            assertNobodyUnbound();
        }
    }

    @Test
    @Observes("enquire-link-period")
    void anIdleConnectionAsksForASignOfLife() {
        reload("enquire-link-period = 200ms");
        awaitNewBind();

        int before = smsc.enquireLinks.get();
        await().atMost(PATIENCE).until(() -> smsc.enquireLinks.get() >= before + 3);
    }

    @Test
    @Tag("S8")
    @Observes({"reconnect-delay", "reconnect-backoff", "reconnect-max-delay"})
    void theWaitBetweenBindsGrows() {
        reload("reconnect-delay = 200ms, reconnect-backoff = 4.0, reconnect-max-delay = 1s");
        smsc.answerBinds(0x08);
        smsc.attempts.clear();
        smsc.drop();

        await().atMost(PATIENCE).until(() -> smsc.attempts.size() >= 4);
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < 4; i++) {
            gaps.add((smsc.attempts.get(i) - smsc.attempts.get(i - 1)) / 1_000_000);
        }
        // the drop was the first failure: 200 ms before the first attempt, then 800 ms, then never more than a second
        assertThat(gaps.get(0)).isBetween(300L, 6000L);
        assertThat(gaps.get(2)).isBetween(400L, 6000L);
    }

    /** It may hold the old session for as long as it is asked again. */
    @Test
    @Tag("S7")
    void anSmscThatSaysAlreadyBoundIsAskedAfterTheLongestWaitFromTheFirstTimeOn() {
        reload("reconnect-delay = 100ms, reconnect-backoff = 1.0, reconnect-max-delay = 2s");
        smsc.answerBinds(0x05);
        smsc.attempts.clear();
        smsc.drop();

        await().atMost(PATIENCE).until(() -> smsc.attempts.size() >= 3);
        for (int i = 1; i < 3; i++) {
            assertThat((smsc.attempts.get(i) - smsc.attempts.get(i - 1)) / 1_000_000)
                    .isGreaterThanOrEqualTo(1000L); // two seconds, less the jitter's fifth, and not 100 ms
        }
    }

    @Test
    @Observes("bind-timeout")
    void aBindThatIsNotAnsweredIsGivenUp() {
        reload("bind-timeout = 300ms");
        smsc.answerBinds(ServedSmsc.NO_ANSWER);
        smsc.drop();

        await().atMost(PATIENCE)
                .until(() -> connection().path("lastError").asText().contains("no bind within 300 ms"));
    }

    /** Reload: nothing is lost and nothing sent twice while the connection drains and binds anew. */
    @Test
    void aNewBindUnderTrafficLosesNothing() {
        List<Long> ids = new ArrayList<>();
        reload("max-mt-throughput = 200");
        for (int i = 0; i < 200; i++) {
            ids.add(node.submit("acme", "+3360000%04d".formatted(i), "hello", ""));
            if (i == 60) {
                reload("max-mt-throughput = 200, system-id = us");
            } else if (i == 120) {
                reload("max-mt-throughput = 200, mode = transmitter-receiver");
            }
        }

        await().atMost(PATIENCE)
                .until(() ->
                        DB.number("select count(*) from message where status = 'sent' and id >= ?", ids.get(0)) == 200);
        assertThat(smsc.submitted.stream().map(submit -> submit.field("destination_addr")))
                .hasSize(200)
                .doesNotHaveDuplicates();
        await().atMost(PATIENCE).until(() -> smsc.unbinds.get() == unbinds + 2);
    }

    @Test
    void aWrongValueIsToldWithItsLineAndChangesNothing() {
        HttpResponse<String> answer = node.reload(account("source-number = 777, window = 0"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "\"field\":\"sms-process.accounts.acme.window\",\"message\":\"= 0 is out of range (1 to 10000)\"")
                .containsPattern("\"location\":\".*node.conf:\\d+\"");
        assertThat(node.get("/metrics").body()).contains("sms_settings_problems 1.0");
        node.submit("acme", "hello", "");
        assertThat(smsc.take().field("source_addr")).isEqualTo("1234");
        assertNobodyUnbound();
    }

    private static String account(String line) {
        return """
                acme {
                  host = 127.0.0.1, port = %d, system-id = esme, password = secret, system-type = type
                  source-number = "1234", reconnect-delay = 100ms
                  %s
                }
                """.formatted(smsc.port(), line);
    }

    private static void reload(String line) {
        HttpResponse<String> answer = node.reload(account(line));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private boolean isSettled() {
        int before = smsc.binds.size() + smsc.unbinds.get();
        return states().equals(List.of("bound"))
                && smsc.bound() == 1
                && DB.number("select count(*) from message where status in ('queued', 'submitting')") == 0
                && smsc.binds.size() + smsc.unbinds.get() == before;
    }

    private void awaitSubmit(String text, String fields, String field, String expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            smsc.submitted.clear();
            node.submit("acme", text, fields);
            SubmittedSm submit = smsc.take();
            assertThat(submit.field(field)).isEqualTo(expected);
        });
    }

    private void awaitNewBind() {
        await().atMost(PATIENCE).until(() -> smsc.binds.size() > binds && states().equals(List.of("bound")));
    }

    private void assertNobodyUnbound() {
        assertThat(smsc.unbinds.get()).isEqualTo(unbinds);
        assertThat(smsc.binds).hasSize(binds);
    }

    private static String errorOf(long id) {
        return node.messageWith(id, "failed").path("error").asText();
    }

    private static JsonNode connection() {
        return node.connections().path(0);
    }

    private static List<String> states() {
        return node.connections().findValuesAsText("state");
    }
}
