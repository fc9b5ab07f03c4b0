// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.spec.SubmittedSm;

/**
 * Messages that can't be sent, among others that can: each of them fails once, with its reason; every other one is sent once; the
 * queue is empty then and nothing comes back; and the session that had them in hand is still the first.
 */
class PoisonIT extends NodeFixture {
    private static final int ROWS = 60;
    private static final String LONG = "long ".repeat(100);

    @BeforeAll
    static void startNode() {
        start("poll-period = 100ms", """
                acme {
                  host = 127.0.0.1, port = %d, source-number = "1234", window = 5
                  encodings = [{ data-coding = 0, charset = GSM }]
                }
                """.formatted(smsc.port()));
    }

    @BeforeEach
    void begin() {
        DB.execute("truncate message, delivery, delivery_part, outbox");
    }

    @AfterEach
    void theSessionHasBorneThemAll() {
        assertThat(smsc.binds).hasSize(1);
    }

    @Test
    void recipientsWhoseTemplateComesToNothingFailAloneInTheirPart() {
        long delivery = delivery("{\"account\":\"acme\",\"template\":\"Hi {{name}}\",\"maxParts\":2}");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String fields = switch (i % 6) {
                case 1 -> "";
                case 3 -> ",\"name\":\"\uD83D\uDE00\"";
                case 5 -> ",\"name\":\"" + LONG + "\"";
                default -> ",\"name\":\"Ann\"";
            };
            rows.add("{\"to\":\"+336%06d\"%s}".formatted(i, fields));
        }
        node.upload(path(delivery) + "/recipients", "application/x-ndjson", String.join("\n", rows));
        node.post(path(delivery) + "/start", "");

        awaitSettled(ROWS);

        assertThat(failures())
                .containsExactlyInAnyOrder(
                        "10 template: No method or field with name 'name' on line 1",
                        "10 GSM lacks U+1F600 at position 3",
                        "10 too long: 4 parts, at most 2");
        assertSentOnce(30);
        assertThat(node.get(path(delivery)).body())
                .contains("\"accepted\":60", "\"sent\":30", "\"failed\":30", "\"queued\":0");
    }

    /** A reason that quotes such a value must not be what can't be recorded. */
    @Test
    void valuesThatNoDatabaseHoldsAsTextAndTextsWithoutEndFailAlone() {
        long delivery = delivery(
                "{\"account\":\"acme\",\"template\":\"Hi {{name}}{{#all}}{{#all}}{{#all}}x{{/all}}{{/all}}{{/all}}\","
                        + "\"tlvs\":[{\"tag\":\"0x1400\",\"value\":\"{{code}}\",\"format\":\"int16\"}]}");
        String many = IntStream.range(0, 2_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        String answer = node.upload(path(delivery) + "/recipients", "application/x-ndjson", """
                        {"to":"+336000001","name":"Ann","code":"1","all":[]}
                        {"to":"+336000002","name":"Ann","code":"1\\u00002","all":[]}
                        {"to":"+336000003","name":"\\u0000","code":"1","all":[]}
                        {"to":"+336000004","name":"Ann","code":"1","all":%s}
                        {"to":"+336000005","name":"\\udc00","code":"1","all":[]}
                        {"to":"+336000006","name":"Bob","code":"2","all":[]}
                        """.formatted(many))
                .body();
        assertThat(answer).contains("\"accepted\":5,\"refused\":1", "half a character");
        node.post(path(delivery) + "/start", "");

        awaitSettled(5);

        assertThat(failures())
                .containsExactlyInAnyOrder(
                        "1 tlv 0x1400: '1 2' is no whole number",
                        "1 GSM lacks U+0000 at position 3",
                        "1 template: makes more than 65536 characters");
        assertSentOnce(2);
    }

    /** The API takes none such; one that is stored all the same must not come back for ever. */
    @Test
    void aDeliveryWhoseTemplateIsOfNoUseFailsAsAWholeAndOthersGoOn() {
        long broken = delivery("{\"account\":\"acme\",\"template\":\"Hi\"}");
        long open = delivery("{\"account\":\"acme\",\"template\":\"Hi\"}");
        long good = delivery("{\"account\":\"acme\",\"template\":\"Hi\"}");
        for (long delivery : List.of(broken, open, good)) {
            node.upload(path(delivery) + "/recipients", "text/csv", "to\n+336000001\n+336000002\n");
        }
        DB.execute("update delivery set template = 'Hi {{> other}}' where id = " + broken);
        DB.execute("update delivery set template = 'Hi {{#name}}' where id = " + open);
        for (long delivery : List.of(broken, open, good)) {
            node.post(path(delivery) + "/start", "");
        }

        awaitSettled(6);

        assertThat(failures()).hasSize(2).allMatch(reason -> reason.startsWith("2 template: "));
        assertSentOnce(2);
    }

    @Test
    void rowsOfTheOutboxFailOneByOneWithTheirReason() {
        DB.execute("insert into outbox (account, recipient, body, max_parts) select 'acme',"
                + " case n % 6 when 1 then 'Ann' else '+336' || lpad(n::text, 6, '0') end,"
                + " case n % 6 when 3 then 'Привет' when 5 then '" + LONG + "' else 'hello' end, 2"
                + " from generate_series(0, " + (ROWS - 1) + ") n");

        await().atMost(PATIENCE).until(() -> DB.number("select count(*) from outbox where taken_at is null") == 0);
        awaitSettled(50);

        assertThat(DB.column("select count(*) || ' ' || error from outbox where error is not null group by error"))
                .containsExactly("10 recipient: Ann is not a number (3 to 20 digits, + before them or not)");
        assertThat(failures())
                .containsExactlyInAnyOrder("10 GSM lacks U+041F at position 0", "10 too long: 4 parts, at most 2");
        assertSentOnce(30);
    }

    @Test
    void whatIsNoLongerValidFailsAndWhatWaitedBehindItIsSent() {
        node.post("/api/v1/accounts/acme/pause", "");
        Instant end = Instant.now().plusSeconds(3);
        for (int i = 0; i < 20; i++) {
            node.submit("acme", "+336%06d".formatted(i), "hello", i % 2 == 0 ? "" : ",\"validity\":\"" + end + "\"");
        }
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(end));

        node.post("/api/v1/accounts/acme/resume", "");
        awaitSettled(20);

        assertThat(failures()).hasSize(1).allMatch(reason -> reason.startsWith("10 validity has ended: "));
        assertSentOnce(10);
    }

    private static long delivery(String body) {
        String answer = node.post("/api/v1/deliveries", body).body();
        return Long.parseLong(answer.replaceAll("(?s).*\"delivery\":(\\d+).*", "$1"));
    }

    private static String path(long delivery) {
        return "/api/v1/deliveries/" + delivery;
    }

    /** And the queue is empty: what is not in it cannot come back. */
    private static void awaitSettled(int accepted) {
        await().atMost(PATIENCE)
                .until(() -> DB.number("select count(*) from message where status in ('sent', 'failed')") == accepted
                        && DB.number("select count(*) from delivery_part") == 0);
        assertThat(DB.number("select count(*) from message")).isEqualTo(accepted);
    }

    private static List<String> failures() {
        return texts("select count(*) || ' ' || error from message where status = 'failed' group by error");
    }

    private static void assertSentOnce(int messages) {
        assertThat(DB.column("select recipient from message where status = 'sent'"))
                .hasSize(messages);
        List<String> destinations = smsc.submitted.stream()
                .map(SubmittedSm::fields)
                .map(fields -> "+" + fields.get("destination_addr"))
                .toList();
        assertThat(destinations)
                .containsExactlyInAnyOrderElementsOf(texts("select recipient from message where status = 'sent'"));
    }

    private static List<String> texts(String sql) {
        return DB.column(sql).stream().map(String::valueOf).toList();
    }
}
