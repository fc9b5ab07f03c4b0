// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.FieldErrors;
import org.smsprocess.api.requests.JsonFields;
import org.smsprocess.api.requests.MessageRules;
import org.smsprocess.delivery.lookup.InDoubtMessages;
import org.smsprocess.delivery.lookup.MessageInfo;

/** Messages whose answer was lost: listed, sent again or closed by an operator. */
final class InDoubtEndpoints {
    private static final String STATUS = "in_doubt";

    private final Bodies bodies;
    private final HttpSettings settings;
    private final ApiServices services;

    InDoubtEndpoints(Bodies bodies, HttpSettings settings, ApiServices services) {
        this.bodies = bodies;
        this.settings = settings;
        this.services = services;
    }

    /** {@code GET /api/v1/messages?status=in_doubt&account=&after=&limit=}; without an account, of all of them. */
    CompletionStage<HttpResponse> list(Call call) {
        if (!call.query("status").map(STATUS::equals).orElse(false)) {
            throw Problem.invalidQuery("status", "must be in_doubt; the log of a delivery shows its other messages")
                    .refusal();
        }
        long after = call.query("after", 0, 0, Long.MAX_VALUE);
        int limit = (int) call.query("limit", 100, 1, 10_000);
        List<String> accounts = call.query("account")
                .map(List::of)
                .orElseGet(() -> List.copyOf(services.accounts().get().keySet()));
        CompletionStage<List<MessageInfo>> found = CompletableFuture.completedFuture(List.of());
        for (String account : accounts) { // one after the other: a list must not take every connection for queries
            found = found.thenCompose(
                    before -> inDoubt().list(account, after, limit).thenApply(more -> first(limit, before, more)));
        }
        return found.thenApply(messages -> Json.response(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            for (MessageInfo message : messages) {
                DeliveryJson.write(json, message);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    /** By id over all accounts, else the id of the last one would not be where the next page goes on. */
    private static List<MessageInfo> first(int limit, List<MessageInfo> some, List<MessageInfo> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparingLong(MessageInfo::id))
                .limit(limit)
                .toList();
    }

    CompletionStage<HttpResponse> resend(Call call) {
        return inDoubt().resend(List.of(call.id(0))).thenCompose(count -> settled(call.id(0), count));
    }

    /** The body, {@code {"reason": "…"}}, may be left out. */
    CompletionStage<HttpResponse> close(Call call) {
        return bodies.optionalJson(call.request())
                .thenCompose(body -> inDoubt().close(List.of(call.id(0)), reason(body)))
                .thenCompose(count -> settled(call.id(0), count));
    }

    private InDoubtMessages inDoubt() {
        return services.inDoubt();
    }

    private CompletionStage<HttpResponse> settled(long id, int count) {
        return services.deliveryQueries().message(id).thenApply(found -> {
            MessageInfo message = found.orElseThrow(
                    () -> Problem.notFound("there is no message " + id).refusal());
            if (count == 0) {
                throw Problem.conflict("message " + id + " is " + DeliveryJson.wireName(message.status())
                                + ", neither held nor in doubt")
                        .refusal();
            }
            return Json.response(200, json -> DeliveryJson.write(json, message));
        });
    }

    private String reason(byte[] body) {
        if (body.length == 0) {
            return "no reason given";
        }
        FieldErrors errors = new FieldErrors(settings.maxErrors());
        AtomicReference<@Nullable String> given = new AtomicReference<>();
        JsonFields.ofObject(body, (json, field) -> {
            if (field.equals("reason")) {
                given.set(JsonFields.string(json, field, errors));
            } else {
                JsonFields.unknown(json, field, errors);
            }
        });
        String reason = given.get();
        errors.add(
                "reason", reason == null || reason.isBlank() ? "is missing or empty" : MessageRules.reference(reason));
        errors.throwIfAny();
        return String.valueOf(reason);
    }
}
