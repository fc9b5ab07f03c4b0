// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.smsprocess.delivery.Intake.Accepted;

/** {@code /api/v1/messages}: submit and look up single messages. */
final class MessageEndpoints {
    private final Bodies bodies;
    private final HttpSettings settings;
    private final ApiServices services;

    MessageEndpoints(Bodies bodies, HttpSettings settings, ApiServices services) {
        this.bodies = bodies;
        this.settings = settings;
        this.services = services;
    }

    /** The 202 leaves after commit: what has an id is in PostgreSQL. */
    CompletionStage<HttpResponse> submit(Call call) {
        return bodies.json(call.request()).thenCompose(body -> {
            SubmitRequest request = SubmitRequest.parse(
                    body, settings, name -> services.accounts().get().containsKey(name));
            return services.intake()
                    .accept(request.account(), request.settings(), request.messages())
                    .thenApply(accepted -> Json.response(202, json -> write(json, accepted)));
        });
    }

    CompletionStage<HttpResponse> get(Call call) {
        return services.deliveryQueries()
                .message(call.id(0))
                .thenApply(found -> found.orElseThrow(() ->
                        Problem.notFound("there is no message " + call.id(0)).refusal()))
                .thenApply(message -> Json.response(200, json -> DeliveryJson.write(json, message)));
    }

    private static void write(JsonGenerator json, Accepted accepted) throws IOException {
        json.writeStartObject();
        json.writeNumberField("delivery", accepted.deliveryId());
        json.writeArrayFieldStart("ids");
        for (long id : accepted.ids()) {
            json.writeNumber(id);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
