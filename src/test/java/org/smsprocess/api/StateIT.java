// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.api.http.Readiness;
import org.smsprocess.settings.SettingsProblem;

class StateIT {
    private static final Fakes FAKES = new Fakes();
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = TestApi.start(FAKES.services(), "");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void showsAccountsWithoutTheirSecrets() {
        HttpResponse<String> answer = api.get("/api/v1/accounts");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"name\":\"acme\"", "\"smscName\":\"Acme Telecom\"", "\"inDoubt\":\"hold\"", "\"window\":10")
                .contains("\"srRatio\":{\"messages\":200,\"reported\":50,\"alarm\":true}")
                .doesNotContain("s3cret-passw0rd", "password");
    }

    @Test
    void switchesAccounts() {
        assertThat(api.send(api.request("/api/v1/accounts/acme/pause").POST(BodyPublishers.noBody()))
                        .body())
                .contains("\"enabled\":true", "\"paused\":true");
        assertThat(api.send(api.request("/api/v1/accounts/acme/disable").POST(BodyPublishers.noBody()))
                        .body())
                .contains("\"enabled\":false");
        assertThat(api.get("/api/v1/accounts/acme").body()).contains("\"enabled\":false,\"paused\":true");
        api.send(api.request("/api/v1/accounts/acme/enable").POST(BodyPublishers.noBody()));
        api.send(api.request("/api/v1/accounts/acme/resume").POST(BodyPublishers.noBody()));
        assertThat(api.get("/api/v1/accounts/acme").body()).contains("\"enabled\":true,\"paused\":false");
        assertThat(api.send(api.request("/api/v1/accounts/none/pause").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsWhatIsWrongInTheFilesAsTheLogDoes() {
        assertThat(reload().body()).contains("\"name\":\"acme\"");

        FAKES.problems.add(new SettingsProblem(
                "conf/node.conf:17", "sms-process.accounts.acme.window", "= 0 is out of range (1 to 10000)"));
        HttpResponse<String> refused = reload();
        FAKES.problems.clear();

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("urn:sms-process:problem:wrong-settings")
                .contains("conf/node.conf:17: sms-process.accounts.acme.window = 0 is out of range (1 to 10000)")
                .contains("{\"field\":\"sms-process.accounts.acme.window\","
                        + "\"message\":\"= 0 is out of range (1 to 10000)\",\"location\":\"conf/node.conf:17\"}");
    }

    private static HttpResponse<String> reload() {
        return api.send(api.request("/api/v1/reload").POST(BodyPublishers.noBody()));
    }

    @Test
    void servesTheConsoleFromItsOwnFilesOnly() {
        HttpResponse<String> page = api.get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(page.body()).contains("<title>sms-process</title>").doesNotContain("https://", "http://");
        assertThat(api.get("/console/console.js").statusCode()).isEqualTo(200);
        assertThat(api.get("/console/console.css").headers().firstValue("Content-Type"))
                .hasValue("text/css; charset=UTF-8");
    }

    @Test
    void showsConnections() {
        assertThat(api.get("/api/v1/connections").body()).isEqualTo("""
                {"connections":[{"account":"acme","slot":"acme/1/1","node":"127.0.0.1:25520","state":"bound",\
                "boundSince":"2026-01-31T08:00:00Z","windowUsed":3,"windowSize":10,"latencyMillis":12.5,"rate":99.5,"rateLimit":100.0,\
                "submitted":5,"answered":2,"received":1,"alerts":0,"lastError":"SMSC closed the connection"}]}""");
        assertThat(api.get("/api/v1/connections?account=other").body()).isEqualTo("{\"connections\":[]}");
    }

    @Test
    void tellsWhatKeepsItFromBeingReady() {
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);

        FAKES.checks.put("database", "connection refused");
        HttpResponse<String> answer = api.get("/health/ready");
        FAKES.checks.put("database", Readiness.OK);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"not ready\",\"checks\":{\"database\":\"connection refused\"}}");
        assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void showsMetricsInPrometheusText() {
        HttpResponse<String> answer = api.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=UTF-8");
        assertThat(answer.body()).contains("sms_submitted_total 3.0");
    }

    @Test
    void tellsWhatAPathKnows() {
        HttpResponse<String> wrongPath = api.get("/api/v1/nothing");
        HttpResponse<String> wrongMethod =
                api.send(api.request("/api/v1/accounts").POST(BodyPublishers.noBody()));

        assertThat(wrongPath.statusCode()).isEqualTo(404);
        assertThat(wrongPath.body()).contains("there is nothing at /api/v1/nothing");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("GET");
    }
}
