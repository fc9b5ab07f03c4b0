// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.Observes;
import org.smsprocess.api.http.ApiToken;

class SecurityIT {
    private static final Fakes FAKES = new Fakes();
    private static final String MESSAGE =
            "{\"account\":\"acme\",\"messages\":[{\"to\":\"33600000001\",\"text\":\"hi\"}]}";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(
                FAKES.services(),
                "tokens = [" + token("send-token", "send") + token("read-token", "read") + token("admin-token", "admin")
                        + "]");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String token(String token, String scopes) {
        String hash = HexFormat.of().formatHex(ApiToken.sha256(token));
        return "{ name = " + token + "-owner, sha256 = " + hash + ", scopes = \"" + scopes + "\" },";
    }

    @ParameterizedTest
    @CsvSource({
        "send-token,  202, 403",
        "read-token,  403, 200",
        "admin-token, 202, 200",
        "other-token, 401, 401",
    })
    @Observes("http.tokens")
    void letsATokenDoWhatItsScopesGrant(String token, int submitting, int reading) {
        String[] bearer = {"Authorization", "Bearer " + token};

        assertThat(api.post("/api/v1/messages", MESSAGE, bearer).statusCode()).isEqualTo(submitting);
        assertThat(api.get("/api/v1/connections", bearer).statusCode()).isEqualTo(reading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/accounts", "/api/v1/connections", "/metrics"})
    void asksForAToken(String path) {
        HttpResponse<String> answer = api.get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void answersHealthChecksWithoutAToken(String path) {
        assertThat(api.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotReadABodyThatMayNotBeSent() {
        int before = FAKES.intake.requests().size();

        assertThat(api.post("/api/v1/messages", MESSAGE).statusCode()).isEqualTo(401);
        assertThat(api.post("/api/v1/messages", "x".repeat(1_000_000)).statusCode())
                .isEqualTo(401);
        assertThat(FAKES.intake.requests()).hasSize(before);
    }

    @Test
    void refusesAPageOfAnotherSite() {
        String[] headers = {"Authorization", "Bearer admin-token", "Origin", "https://elsewhere.example"};

        assertThat(api.post("/api/v1/messages", MESSAGE, headers).statusCode()).isEqualTo(403);
    }
}
