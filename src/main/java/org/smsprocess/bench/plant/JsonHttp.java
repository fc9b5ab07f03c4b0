// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;

/** Single questions to a program that speaks JSON over HTTP; not for load. */
public final class JsonHttp {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Opens the API of those nodes that want a token. */
    public static final String TOKEN = "soak";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final Duration patience;

    JsonHttp(String base) {
        this(base, PATIENCE);
    }

    JsonHttp(String base, Duration patience) {
        this.base = URI.create(base);
        this.patience = patience;
    }

    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    /** An answer in NDJSON, as it comes in; to be closed. */
    Stream<JsonNode> lines(String path) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path)).build();
        try {
            return client.send(request, BodyHandlers.ofLines()).body().map(this::tree);
        } catch (IOException failed) {
            throw new BenchFailure(base + " does not answer: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }

    private JsonNode tree(String line) {
        try {
            return json.readTree(line);
        } catch (IOException failed) {
            throw new BenchFailure(base + " sends no JSON: " + line, failed);
        }
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(
                    request.timeout(patience)
                            .header("Authorization", "Bearer " + TOKEN)
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new BenchFailure(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException failed) {
            throw new BenchFailure(base + " does not answer: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }
}
