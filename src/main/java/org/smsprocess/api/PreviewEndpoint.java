// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.requests.FieldErrors;
import org.smsprocess.api.requests.JsonFields;
import org.smsprocess.api.requests.MessageRules;
import org.smsprocess.api.requests.SubmitRequest;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.Preview;
import org.smsprocess.text.Replacement;

/** {@code POST /api/v1/preview}: what an account would make of a text; nothing is sent. */
final class PreviewEndpoint {
    private final Bodies bodies;
    private final HttpSettings settings;
    private final ApiServices services;

    PreviewEndpoint(Bodies bodies, HttpSettings settings, ApiServices services) {
        this.bodies = bodies;
        this.settings = settings;
        this.services = services;
    }

    CompletionStage<HttpResponse> preview(Call call) {
        return bodies.json(call.request()).thenApply(body -> {
            Map<String, AccountSnapshot> accounts = services.accounts().get();
            Asked asked = Asked.parse(body, settings, accounts);
            AccountSnapshot account = Objects.requireNonNull(accounts.get(asked.account()), "checked by parse");
            Preview preview = account.settings().channel().textEncoder().preview(asked.text());
            return Json.response(200, json -> write(json, preview));
        });
    }

    private record Asked(String account, String text) {
        static Asked parse(byte[] body, HttpSettings limits, Map<String, AccountSnapshot> accounts) {
            FieldErrors errors = new FieldErrors(limits.maxErrors());
            Map<String, @Nullable String> given = new HashMap<>();
            JsonFields.ofObject(body, (json, field) -> {
                if (field.equals("account") || field.equals("text")) {
                    given.put(field, JsonFields.string(json, field, errors));
                } else {
                    JsonFields.unknown(json, field, errors);
                }
            });
            String account = given.get("account");
            String text = given.get("text");
            SubmitRequest.checkAccount(errors, account, accounts::containsKey);
            errors.add("text", MessageRules.text(text));
            errors.throwIfAny();
            return new Asked(String.valueOf(account), String.valueOf(text));
        }
    }

    private static void write(JsonGenerator json, Preview preview) throws IOException {
        json.writeStartObject();
        @Nullable Encoding encoding = preview.encoding();
        json.writeBooleanField("sendable", encoding != null);
        Json.text(json, "reason", preview.reason());
        if (encoding != null) {
            json.writeStringField("encoding", encoding.charset().configName());
            json.writeNumberField("dataCoding", encoding.dataCoding());
            json.writeNumberField("parts", preview.parts());
            json.writeNumberField("sms", preview.sms());
            json.writeNumberField("charactersLeft", preview.charactersLeft());
            json.writeArrayFieldStart("replacements");
            for (Replacement change : preview.replacements()) {
                json.writeStartObject();
                json.writeStringField("from", change.from());
                json.writeStringField("to", change.to());
                json.writeNumberField("position", change.position());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
