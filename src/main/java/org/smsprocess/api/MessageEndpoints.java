// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.SubmitRequest;
import org.smsprocess.delivery.intake.Intake.Accepted;
import org.smsprocess.delivery.lookup.MessageInfo;
import org.smsprocess.delivery.requests.CancelRequests;

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
            services.refuseTlvs(request.account(), request.settings());
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

    /** In the queue: at once (200). Sent: the SMSC is asked, and the message's {@code cancellation} tells what it said (202). */
    CompletionStage<HttpResponse> cancel(Call call) {
        long id = call.id(0);
        return services.cancels().request(id, this::allowsCancelSm).thenCompose(result -> {
            if (result == CancelRequests.Result.UNKNOWN) {
                throw Problem.notFound("there is no message " + id).refusal();
            }
            return services.deliveryQueries().message(id).thenApply(found -> cancelled(result, found.orElseThrow()));
        });
    }

    private static HttpResponse cancelled(CancelRequests.Result result, MessageInfo message) {
        String status = "message " + message.id() + " is " + DeliveryJson.wireName(message.status());
        return switch (result) {
            case CANCELLED -> Json.response(200, json -> DeliveryJson.write(json, message));
            case REQUESTED -> Json.response(202, json -> DeliveryJson.write(json, message));
            case IN_FLIGHT ->
                throw Problem.conflict(status + " and on its way to the SMSC; try again")
                        .refusal();
            case NOT_ALLOWED ->
                throw Problem.conflict(status + ", and account " + message.account() + " does not allow cancel-sm")
                        .refusal();
            case NO_PROVIDER_ID ->
                throw Problem.conflict(status + ", and the SMSC gave it no message_id to cancel it by")
                        .refusal();
            case FINAL, UNKNOWN -> throw Problem.conflict(status + " for good").refusal();
        };
    }

    private boolean allowsCancelSm(String account) {
        AccountSnapshot snapshot = services.accounts().get().get(account);
        return snapshot != null && snapshot.settings().requests().cancelSm();
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
