// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.store.TestDatabase;

/** A whole node against PostgreSQL and an SMSC that nobody here wrote. */
class NodeIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    /** Three times in-doubt-wait and part-retry-delay: a message that was refused, or in doubt, is sent again a minute later. */
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient http = HttpClient.newHttpClient();
    private JsmppSmsc smsc;
    private Node node;

    @BeforeEach
    void start() throws IOException {
        DB.execute("truncate message, delivery, delivery_part, inbox");
        smsc = new JsmppSmsc();
        node = Node.start(settings(""));
        await().atMost(PATIENCE).until(() -> smsc.bound() == 2);
    }

    @AfterEach
    void stop() throws IOException {
        node.stop();
        smsc.close();
    }

    @Test
    void textsOfEveryKindAreSentAndTheirReportsAndAnswersFound() throws Exception {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add("x".repeat(160));
            texts.add("y".repeat(300));
            texts.add("grüße \\uD83D\\uDE00");
        }

        assertThat(post(messages(texts)).statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> count("delivered") == 300);
        smsc.sendMo("34600000001", "1234", "hello there");
        await().atMost(PATIENCE).until(() -> DB.number("select count(*) from inbox") == 1);

        assertThat(count("queued")).isZero();
        assertThat(smsc.submitted).hasSize(100 + 200 + 100);
        assertThat(smsc.submitted.stream().filter(SubmitSm::isUdhi)).hasSize(200);
        assertThat(DB.column("select text from inbox")).containsExactly("hello there");
    }

    /** Run as the container engine does, only with this node's port. */
    @Test
    void theHealthCheckOfTheImageFindsTheNodeAlive() throws Exception {
        String check = Files.readString(Path.of("deploy/Dockerfile"))
                .lines()
                .filter(line -> line.strip().startsWith("CMD [\"bash\""))
                .findFirst()
                .orElseThrow()
                .strip()
                .substring("CMD ".length());
        List<String> command = new ObjectMapper().readValue(check, new TypeReference<>() {});
        String port = Integer.toString(node.httpAddress().getPort());

        assertThat(run(command, port)).isZero();
        assertThat(run(command, "1")).isNotZero(); // nobody listens there
    }

    private static int run(List<String> command, String port) throws Exception {
        Process process = new ProcessBuilder(
                        command.stream().map(word -> word.replace("8080", port)).toList())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void trafficResumesByItselfAfterTheSmscWasAway() throws Exception {
        smsc.vanish();
        await().atMost(PATIENCE)
                .until(() -> !get("/api/v1/connections").contains("\"state\":\"bound\"")); // the node has noticed
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add("away " + i);
        }
        assertThat(post(messages(texts)).statusCode()).isEqualTo(202);
        assertThat(count("queued")).isEqualTo(200);

        smsc.open();

        await().atMost(PATIENCE).until(() -> count("delivered") == 200);
        assertThat(smsc.submitted.stream()
                        .map(sent -> new String(sent.getShortMessage(), StandardCharsets.US_ASCII))
                        .distinct())
                .hasSize(200);
    }

    @Test
    void stopUnderLoadAndStartAgainLosesNothingAndDoublesNothing() throws Exception {
        List<String> texts = new ArrayList<>();
        // at most 600 a second: several seconds of them are left when the node is told to stop
        for (int i = 0; i < 3_000; i++) {
            texts.add("restart " + i);
        }
        assertThat(post(messages(texts)).statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> smsc.submitted.size() > 200);

        node.stop();
        assertThat(smsc.submitted.size()).isLessThan(3_000);
        node = Node.start(settings(""));

        // jSMPP does not repeat the reports that it could not hand over while we were away
        await().atMost(PATIENCE).until(() -> count("delivered") + count("sent") == 3_000);
        assertThat(smsc.submitted).hasSize(3_000);
        await().atMost(PATIENCE).until(() -> count("delivered") > 200);
    }

    @Test
    void aWrongSettingStopsTheStartWithItsKey() {
        assertThatThrownBy(() -> Node.start(settings("sms-process.accounts.acme.window = 0")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("sms-process.accounts.acme.window = 0");
    }

    private SettingsSource settings(String more) {
        return SettingsSource.of(NodeConfig.load(ConfigFactory.parseString(more)
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "sms-process.datastore.url", DB.settings().url(),
                        "sms-process.datastore.user", DB.settings().user(),
                        "sms-process.datastore.password", DB.settings().password(),
                        "sms-process.datastore.pool-size", 4)))
                .withFallback(ConfigFactory.parseString("""
                        sms-process {
                          http.port = 0
                          part-size = 100
                          accounts.acme {
                            host = "127.0.0.1", port = %d, system-id = acme, password = secret, child-connections = 2
                            window = 20, reconnect-delay = 200ms, source-number = "1234", max-mt-throughput = 300
                            id-format { mt = hex-number, sr = decimal }
                          }
                        }
                        """.formatted(smsc.port())))));
    }

    private long count(String status) {
        return DB.number("select count(*) from message where status = ?::message_status", status);
    }

    private static String messages(List<String> texts) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            rows.add("{\"to\":\"+346%08d\",\"text\":\"%s\"}".formatted(i, texts.get(i)));
        }
        return "{\"account\":\"acme\",\"messages\":[" + String.join(",", rows) + "]}";
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + node.httpAddress().getPort() + path))
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + node.httpAddress().getPort() + "/api/v1/messages"))
                        .header("content-type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
