// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Readiness;
import org.smsprocess.connection.ConnectionView;

/** How the process is: connections, health, metrics. Answers from memory, so that it answers while the database is away. */
final class StateEndpoints {
    private static final ContentType PROMETHEUS = ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8");

    private final ApiServices services;

    StateEndpoints(ApiServices services) {
        this.services = services;
    }

    CompletionStage<HttpResponse> connections(Call call) {
        String account = call.query("account").orElse("");
        return now(Json.response(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("connections");
            for (ConnectionView connection : services.connections().connections()) {
                if (account.isEmpty() || account.equals(connection.account())) {
                    write(json, connection);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** The process runs and its dispatcher has threads to answer with. */
    CompletionStage<HttpResponse> live(Call call) {
        return now(Json.response(200, json -> {
            json.writeStartObject();
            json.writeStringField("status", "live");
            json.writeEndObject();
        }));
    }

    CompletionStage<HttpResponse> ready(Call call) {
        Map<String, String> checks = services.readiness().checks();
        boolean isReady = checks.values().stream().allMatch(Readiness.OK::equals);
        return now(Json.response(isReady ? 200 : 503, json -> {
            json.writeStartObject();
            json.writeStringField("status", isReady ? "ready" : "not ready");
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, String> check : checks.entrySet()) {
                json.writeStringField(check.getKey(), check.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    CompletionStage<HttpResponse> metrics(Call call) {
        return now(HttpResponse.create()
                .withEntity(HttpEntities.create(
                        PROMETHEUS, ByteString.fromString(services.metrics().get()))));
    }

    private static void write(JsonGenerator json, ConnectionView connection) throws IOException {
        json.writeStartObject();
        json.writeStringField("account", connection.account());
        json.writeStringField("slot", connection.slot());
        json.writeStringField("node", connection.node());
        json.writeStringField("state", lower(connection.state()));
        Json.time(json, "boundSince", connection.boundSince());
        json.writeNumberField("windowUsed", connection.windowUsed());
        json.writeNumberField("windowSize", connection.windowSize());
        json.writeNumberField("latencyMillis", connection.latencyMillis());
        json.writeNumberField("rate", connection.rate());
        json.writeNumberField("rateLimit", connection.rateLimit());
        json.writeNumberField("submitted", connection.submitted());
        json.writeNumberField("answered", connection.answered());
        json.writeNumberField("received", connection.received());
        json.writeNumberField("alerts", connection.alerts());
        Json.text(json, "lastError", connection.lastError());
        json.writeEndObject();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
