// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.FieldErrors;
import org.smsprocess.api.requests.MessageRules;
import org.smsprocess.api.requests.QuarantineRequest;
import org.smsprocess.mo.inbox.Quarantine;
import org.smsprocess.mo.inbox.Quarantine.Addition;
import org.smsprocess.mo.inbox.Quarantine.Entry;
import org.smsprocess.mo.inbox.Quarantine.Listed;
import org.smsprocess.mo.inbox.Quarantine.Position;

/** {@code /api/v1/quarantine}: numbers that must not be written to, listed, added and removed by people. */
final class QuarantineEndpoints {
    /** Between short code and digits of a position; no text in PostgreSQL holds it. */
    private static final char NUL = 0;

    private final Bodies bodies;
    private final HttpSettings settings;
    private final ApiServices services;

    QuarantineEndpoints(Bodies bodies, HttpSettings settings, ApiServices services) {
        this.bodies = bodies;
        this.settings = settings;
        this.services = services;
    }

    /** {@code GET /api/v1/quarantine?shortCode=&number=&after=&limit=}; {@code next} of a full page is the {@code after} of the next. */
    CompletionStage<HttpResponse> list(Call call) {
        int limit = (int) call.query("limit", 100, 1, 10_000);
        Position after = call.query("after").map(QuarantineEndpoints::position).orElse(Position.START);
        String shortCode = call.given("shortCode").orElse(null);
        String number = call.query("number").map(String::strip).orElse(null);
        FieldErrors errors = new FieldErrors(settings.maxErrors());
        errors.add("shortCode", shortCode == null ? null : MessageRules.storable(shortCode));
        errors.add("number", number == null ? null : QuarantineRequest.named(number));
        errors.throwIfAny();
        return quarantine()
                .page(shortCode, number, after, limit)
                .thenApply(page -> Json.response(200, json -> write(json, page, limit)));
    }

    /** Those that are there already keep their reason. */
    CompletionStage<HttpResponse> add(Call call) {
        return bodies.json(call.request()).thenCompose(body -> {
            List<Addition> additions = QuarantineRequest.additions(body, settings, services.shortCodes()::contains);
            return quarantine().add(additions).thenApply(count -> counted("added", count));
        });
    }

    CompletionStage<HttpResponse> remove(Call call) {
        return bodies.json(call.request()).thenCompose(body -> removed(QuarantineRequest.removals(body, settings)));
    }

    /** {@code DELETE /api/v1/quarantine?shortCode=&number=}, both needed. */
    CompletionStage<HttpResponse> removeOne(Call call) {
        String shortCode = call.given("shortCode").orElse(null);
        String number = call.query("number").orElse("").strip(); // a + that was not encoded is a blank in a query
        FieldErrors errors = new FieldErrors(settings.maxErrors());
        errors.add("shortCode", shortCode == null ? "is missing" : MessageRules.storable(shortCode));
        errors.add("number", QuarantineRequest.named(number));
        errors.throwIfAny();
        return removed(List.of(new Entry(String.valueOf(shortCode), number)));
    }

    private CompletionStage<HttpResponse> removed(List<Entry> entries) {
        return quarantine().remove(entries).thenApply(count -> counted("removed", count));
    }

    private Quarantine quarantine() {
        return services.quarantine();
    }

    private static HttpResponse counted(String what, int count) {
        return Json.response(200, json -> {
            json.writeStartObject();
            json.writeNumberField(what, count);
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, List<Listed> page, int limit) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("quarantine");
        for (Listed listed : page) {
            json.writeStartObject();
            json.writeStringField("shortCode", listed.shortCode());
            json.writeStringField("number", listed.number());
            json.writeStringField("reason", listed.reason());
            Json.time(json, "since", listed.since());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (page.size() == limit) {
            json.writeStringField("next", next(page.get(limit - 1).position()));
        }
        json.writeEndObject();
    }

    private static String next(Position position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((position.shortCode() + NUL + position.digits()).getBytes(UTF_8));
    }

    private static Position position(String next) {
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(next), UTF_8);
            int end = decoded.indexOf(NUL);
            if (end >= 0 && MessageRules.storable(decoded.substring(end + 1)) == null) {
                return new Position(decoded.substring(0, end), decoded.substring(end + 1));
            }
        } catch (IllegalArgumentException e) {
            // no base64: told below
        }
        throw Problem.invalidQuery("after", "is not the `next` of a page").refusal();
    }
}
