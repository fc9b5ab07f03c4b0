// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.smsprocess.store.TestDatabase;

/** A whole node with an operator's file, as {@code sms-process node --config} has it, and a client of its API. */
final class FileNode implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestDatabase database;
    private final Path file;
    private final String process;
    private final Node node;

    /**
     * @param process lines of {@code sms-process}, over those that make the node look at everything often
     * @param accounts {@code acme { … }}
     */
    FileNode(TestDatabase database, Path directory, String process, String accounts) {
        this.database = database;
        this.file = directory.resolve("node.conf");
        this.process = process;
        write(accounts);
        this.node = Node.start(NodeConfig.source(file));
    }

    int port() {
        return node.httpAddress().getPort();
    }

    Path file() {
        return file;
    }

    /** The accounts from the next look on. */
    void write(String accounts) {
        try {
            Files.writeString(file, """
                    sms-process {
                      http.port = 0
                      datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                      config-refresh = 1h
                      connection.slot-check-period = 50ms
                      log-statistics = false
                      %s
                      accounts {
                        %s
                      }
                    }
                    """.formatted(
                            database.settings().url(),
                            database.settings().user(),
                            database.settings().password(),
                            process,
                            accounts));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Changes the accounts and has the node look at them. */
    HttpResponse<String> reload(String accounts) {
        write(accounts);
        return post("/api/v1/reload", "");
    }

    /** @param fields of the request after account and messages, {@code ,"priority":2} */
    long submit(String account, String text, String fields) {
        return submit(account, "+33600000001", text, fields);
    }

    long submit(String account, String to, String text, String fields) {
        String body = "{\"account\":\"%s\",\"messages\":[{\"to\":\"%s\",\"text\":\"%s\"}]%s}"
                .formatted(account, to, text, fields);
        HttpResponse<String> answer = post("/api/v1/messages", body);
        if (answer.statusCode() != 202) {
            throw new AssertionError(answer.body());
        }
        return json(answer.body()).findValue("ids").get(0).asLong();
    }

    /** Waits for it. */
    JsonNode messageWith(long id, String status) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> message(id).path("status").asText().equals(status));
        return message(id);
    }

    JsonNode message(long id) {
        return json(get("/api/v1/messages/" + id).body());
    }

    JsonNode connections() {
        return json(get("/api/v1/connections").body()).path("connections");
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    /** @param type of the body, as text/csv */
    HttpResponse<String> upload(String path, String type, String body) {
        return send(request(path).header("content-type", type).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        int port = node.httpAddress().getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        node.stop();
    }
}
