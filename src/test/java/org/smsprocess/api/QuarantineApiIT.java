// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.api.http.ApiToken;
import org.smsprocess.store.TestDatabase;
import org.smsprocess.store.WorkSignal;

/** The quarantine over HTTP, down to PostgreSQL; that it keeps messages from being sent: QuarantineNodeIT. */
class QuarantineApiIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final String[] ADMIN = {"Authorization", "Bearer root"};
    private static final String PATH = "/api/v1/quarantine";

    private static WorkSignal signal;
    private static TestApi api;

    @BeforeAll
    static void start() {
        signal = WorkSignal.open(DB.database());
        Fakes fakes = new Fakes();
        fakes.account("short-code = 7000");
        api = TestApi.start(
                fakes.services(DB.database(), signal),
                "max-messages = 3, tokens = [" + token("root", "admin") + token("crm", "send read") + "]");
    }

    @AfterAll
    static void stop() {
        api.close();
        signal.close();
    }

    @BeforeEach
    void empty() {
        DB.execute("truncate quarantine");
    }

    @Test
    void addsListsAndRemovesByDigits() {
        assertThat(add(entry("+33 600 000 001", ",\"reason\":\"asked by phone\""), entry("33600000002", "")))
                .isEqualTo("{\"added\":2}");
        assertThat(add(entry("33600000001", ",\"reason\":\"again\""), entry("+33600000003", "")))
                .isEqualTo("{\"added\":1}");

        JsonNode all = list("");
        assertThat(all.path("quarantine").findValuesAsText("number"))
                .containsExactly("+33600000001", "33600000002", "+33600000003");
        assertThat(all.path("quarantine").findValuesAsText("reason"))
                .containsExactly("asked by phone", "no reason given", "no reason given");
        assertThat(all.path("quarantine").get(0).path("shortCode").asText()).isEqualTo("7000");
        assertThat(all.path("quarantine").get(0).path("since").asText()).matches("20\\d\\d-.*Z");
        assertThat(all.has("next")).isFalse();

        assertThat(delete("?shortCode=7000&number=+33600000001").body()).isEqualTo("{\"removed\":1}");
        assertThat(delete("?shortCode=7000&number=33600000001").body()).isEqualTo("{\"removed\":0}");
        assertThat(delete("?shortCode=&number=33600000002").body()).isEqualTo("{\"removed\":0}");
        assertThat(api.post(
                                PATH + "/remove",
                                "{\"entries\":[" + entry("+33600000002", "") + "," + entry("336 000 000 03", "") + "]}",
                                ADMIN)
                        .body())
                .isEqualTo("{\"removed\":2}");
        assertThat(list("").path("quarantine")).isEmpty();
    }

    @Test
    void pagesByKeyWithoutMissingOrRepeating() {
        DB.execute("insert into quarantine (short_code, digits, number, reason)"
                + " select code, n::text, '+' || n, 'test' from generate_series(336001, 336007) n,"
                + " (values (''), ('7000'), ('a/b')) codes(code)");

        assertThat(pages("limit=4"))
                .containsExactlyElementsOf(numbers("select short_code || '+' || digits from quarantine"));
        assertThat(pages("limit=3&shortCode=7000")).hasSize(7).allMatch(number -> number.startsWith("7000+"));
        assertThat(pages("limit=1&shortCode=")).hasSize(7).allMatch(number -> number.startsWith("+"));
        assertThat(pages("limit=1&number=336%20003")).containsExactly("+336003", "7000+336003", "a/b+336003");
        assertThat(pages("limit=1&number=%2B336003&shortCode=a/b")).containsExactly("a/b+336003");
        assertThat(pages("limit=1&number=1")).isEmpty();
    }

    /** MO rules may put names there. */
    @Test
    void aNameCanBeRemoved() {
        DB.execute("insert into quarantine values ('7000', 'My Shop', 'My Shop', 'MO')");

        assertThat(list("?number=My%20Shop").path("quarantine")).hasSize(1);
        assertThat(delete("?shortCode=7000&number=My%20Shop").body()).isEqualTo("{\"removed\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                 | entries            | is missing or empty
            {"entries":[]}                                                     | entries            | is missing or empty
            {"entries":{}}                                                     | entries            | must be an array
            {"entries":["33600000001"]}                                        | entries[0]         | must be an object
            {"entries":[{"number":"33600000001"}]}                             | entries[0].shortCode | is missing
            {"entries":[{"shortCode":"7001","number":"33600000001"}]}          | entries[0].shortCode | no account has the short code 7001
            {"entries":[{"shortCode":7000,"number":"33600000001"}]}            | entries[0].shortCode | must be a string
            {"entries":[{"shortCode":"7000"}]}                                 | entries[0].number  | is missing
            {"entries":[{"shortCode":"7000","number":"+33"}]}                  | entries[0].number  | has 2 digits
            {"entries":[{"shortCode":"7000","number":"3360000000x"}]}          | entries[0].number  | must be a number of digits
            {"entries":[{"shortCode":"7000","number":"336","reason":"\\u0000"}]} | entries[0].reason | holds the character U+0000
            {"entries":[{"shortCode":"7000","number":"336","since":"now"}]}    | entries[0].since   | is not a field of this request
            {"numbers":["33600000001"]}                                        | numbers            | is not a field of this request
            {"entries":[{},{},{},{}]}                                          | entries            | holds more than 3 entries
            """)
    void namesTheWrongFieldAndStoresNothing(String body, String field, String message) {
        String good = entry("33600000009", "");
        HttpResponse<String> answer =
                api.post(PATH, body.replace("[{\"shortCode\"", "[" + good + ",{\"shortCode\""), ADMIN);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"field\":\"" + (body.contains("[{\"shortCode\"") ? field.replace("[0]", "[1]") : field)
                        + "\",\"message\":\"" + message);
        assertThat(DB.number("select count(*) from quarantine")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, ?limit=0, limit",
        "GET, ?limit=10001, limit",
        "GET, ?limit=many, limit",
        "GET, ?after=7000, after",
        "GET, ?after=*, after",
        "GET, ?number=%00, number",
        "DELETE, ?shortCode=7000, number",
        "DELETE, ?number=33600000001, shortCode",
        "DELETE, , shortCode",
    })
    void namesTheWrongParameter(String method, String query, String field) {
        String asked = query == null ? "" : query;
        HttpResponse<String> answer = method.equals("GET") ? api.get(PATH + asked, ADMIN) : delete(asked);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"" + field + "\"");
    }

    @Test
    void onlyAnAdminChangesIt() {
        String[] crm = {"Authorization", "Bearer crm"};
        String body = "{\"entries\":[" + entry("33600000001", "") + "]}";

        assertThat(api.get(PATH, crm).statusCode()).isEqualTo(200);
        assertThat(api.post(PATH, body, crm).statusCode()).isEqualTo(403);
        assertThat(api.post(PATH + "/remove", body, crm).statusCode()).isEqualTo(403);
        assertThat(api.send(api.request(PATH + "?shortCode=7000&number=33600000001", crm)
                                .DELETE())
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.get(PATH).statusCode()).isEqualTo(401);
        assertThat(DB.number("select count(*) from quarantine")).isZero();
    }

    private static String token(String token, String scopes) {
        return "{ name = " + token + ", sha256 = " + HexFormat.of().formatHex(ApiToken.sha256(token)) + ", scopes = \""
                + scopes + "\" },";
    }

    private static String entry(String number, String more) {
        return "{\"shortCode\":\"7000\",\"number\":\"" + number + "\"" + more + "}";
    }

    private static String add(String... entries) {
        return api.post(PATH, "{\"entries\":[" + String.join(",", entries) + "]}", ADMIN)
                .body();
    }

    private static HttpResponse<String> delete(String query) {
        return api.send(api.request(PATH + query, ADMIN).DELETE());
    }

    private static JsonNode list(String query) {
        HttpResponse<String> answer = api.get(PATH + query, ADMIN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    /** What a program sees that follows {@code next} to the end. */
    private static List<String> pages(String query) {
        List<String> seen = new ArrayList<>();
        String after = "";
        for (int page = 0; page < 30; page++) {
            JsonNode answer = list("?" + query + after);
            answer.path("quarantine")
                    .forEach(entry -> seen.add(entry.path("shortCode").asText()
                            + entry.path("number").asText()));
            if (!answer.has("next")) {
                return seen;
            }
            after = "&after=" + answer.path("next").asText();
        }
        throw new AssertionError("no end after " + seen);
    }

    private static List<String> numbers(String sql) {
        return DB.column(sql + " order by short_code, digits").stream()
                .map(String::valueOf)
                .toList();
    }
}
