// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node's HTTP API, as the commands use it. Threadsafe. */
final class NodeClient {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI base;
    private final @Nullable String token;

    /** @param base like {@code http://127.0.0.1:8080} */
    NodeClient(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** One more of a query that has one; nothing for null. */
    static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return post(path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    JsonNode post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /** Streams a body of any size. */
    JsonNode upload(String path, String contentType, Supplier<InputStream> body) {
        return post(path, contentType, BodyPublishers.ofInputStream(body));
    }

    /** An answer in NDJSON, a line at a time; to be closed. */
    Stream<JsonNode> lines(String path) {
        try {
            HttpResponse<Stream<String>> answer = http.send(request(path).GET().build(), BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new UserError(SmsProcessCommand.FAILED, "GET " + path + ": " + answer.statusCode());
            }
            return answer.body().map(NodeClient::tree);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the node sent a line that is no JSON", e);
        }
    }

    private JsonNode post(String path, String contentType, BodyPublisher body) {
        return send(request(path).header("Content-Type", contentType).POST(body));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("Accept", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() / 100 != 2) {
                throw new UserError(SmsProcessCommand.FAILED, problem(answer));
            }
            return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new UserError(SmsProcessCommand.FAILED, base + " is no sms-process node: its answer is not JSON");
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private UserError unreachable(IOException failure) {
        return new UserError(
                SmsProcessCommand.FAILED,
                "no node answers at " + base + " (" + failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage()) + ")");
    }

    private static UserError interrupted() {
        Thread.currentThread().interrupt();
        return new UserError(SmsProcessCommand.FAILED, "interrupted");
    }

    /** What a problem document says, one line per field. */
    private String problem(HttpResponse<String> answer) {
        StringJoiner lines = new StringJoiner("\n  ");
        try {
            JsonNode problem = JSON.readTree(answer.body());
            if (!problem.has("title")) {
                return base + " is no sms-process node: it answered " + answer.statusCode();
            }
            lines.add(answer.statusCode() + " " + problem.path("title").asText() + ": "
                    + problem.path("detail").asText());
            for (JsonNode error : problem.path("errors")) {
                lines.add(error.path("field").asText() + ": "
                        + error.path("message").asText());
            }
        } catch (JsonProcessingException e) {
            return base + " is no sms-process node: it answered " + answer.statusCode();
        }
        return lines.toString();
    }
}
