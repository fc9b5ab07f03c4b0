// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.DeliveryRequest;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.lookup.DeliveryCounters;
import org.smsprocess.delivery.lookup.DeliveryInfo;
import org.smsprocess.delivery.lookup.DeliveryQueries;
import org.smsprocess.delivery.lookup.MessageInfo;

/** {@code /api/v1/deliveries}, except the upload of recipients. */
final class DeliveryEndpoints {
    static final ContentType NDJSON = ContentTypes.parse("application/x-ndjson");

    private static final int LOG_PAGE = 1000;

    private final Bodies bodies;
    private final HttpSettings settings;
    private final ApiServices services;
    private final Deliveries deliveries;
    private final DeliveryQueries queries;

    DeliveryEndpoints(Bodies bodies, HttpSettings settings, ApiServices services) {
        this.bodies = bodies;
        this.settings = settings;
        this.services = services;
        this.deliveries = services.deliveries();
        this.queries = services.deliveryQueries();
    }

    CompletionStage<HttpResponse> create(Call call) {
        return bodies.json(call.request()).thenCompose(body -> {
            DeliveryRequest request = DeliveryRequest.parse(
                    body, settings, name -> services.accounts().get().containsKey(name));
            services.refuseTlvs(request.account(), request.settings());
            return deliveries
                    .create(request.account(), request.label(), request.template(), request.settings())
                    .thenCompose(this::known)
                    .thenApply(delivery -> Json.response(201, json -> DeliveryJson.write(json, delivery, null))
                            .addHeader(RawHeader.create("Location", "/api/v1/deliveries/" + delivery.id())));
        });
    }

    /** {@code ?account=&before=&limit=&counters=true}, the newest first. */
    CompletionStage<HttpResponse> list(Call call) {
        long before = call.query("before", Long.MAX_VALUE, 1, Long.MAX_VALUE);
        int limit = (int) call.query("limit", 20, 1, 1000);
        boolean isCounting = call.queryFlag("counters");
        return queries.deliveries(call.query("account").orElse(null), before, limit)
                .thenCompose(found -> isCounting ? counted(found) : CompletableFuture.completedFuture(uncounted(found)))
                .thenApply(found -> Json.response(200, json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("deliveries");
                    for (Counted delivery : found) {
                        DeliveryJson.write(
                                json, delivery.delivery(), delivery.counters().orElse(null));
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    CompletionStage<HttpResponse> get(Call call) {
        return known(call.id(0)).thenCompose(this::shown);
    }

    /** The endpoint of start, pause, resume or cancel; asked for twice, it does nothing the second time. */
    Call.Endpoint changed(Change change) {
        return call -> known(call.id(0))
                .thenCompose(delivery -> change.apply(deliveries, delivery.id()))
                .thenCompose(done -> known(call.id(0)))
                .thenCompose(this::shown);
    }

    /** The delivery log as NDJSON, a page at a time as the client reads. */
    CompletionStage<HttpResponse> log(Call call) {
        return known(call.id(0))
                .thenApply(delivery ->
                        HttpResponse.create().withEntity(HttpEntities.createChunked(NDJSON, logLines(delivery.id()))));
    }

    private Source<ByteString, NotUsed> logLines(long delivery) {
        return Source.unfoldAsync(
                0L,
                after -> queries.log(delivery, after, LOG_PAGE)
                        .thenApply(page -> page.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        Pair.create(page.get(page.size() - 1).id(), lines(page)))));
    }

    private static ByteString lines(List<MessageInfo> page) {
        return Json.bytes(json -> {
            json.setRootValueSeparator(null);
            for (MessageInfo message : page) {
                DeliveryJson.write(json, message);
                json.writeRaw('\n');
            }
        });
    }

    private CompletionStage<DeliveryInfo> known(long id) {
        return queries.delivery(id)
                .thenApply(delivery -> delivery.orElseThrow(
                        () -> Problem.notFound("there is no delivery " + id).refusal()));
    }

    private CompletionStage<HttpResponse> shown(DeliveryInfo delivery) {
        return queries.counters(delivery.id())
                .thenApply(counters -> Json.response(200, json -> DeliveryJson.write(json, delivery, counters)));
    }

    /** A method of {@link Deliveries}. */
    @FunctionalInterface
    interface Change {
        CompletionStage<Void> apply(Deliveries deliveries, long id);
    }

    private record Counted(DeliveryInfo delivery, Optional<DeliveryCounters> counters) {}

    private static List<Counted> uncounted(List<DeliveryInfo> found) {
        return found.stream()
                .map(delivery -> new Counted(delivery, Optional.empty()))
                .toList();
    }

    /** One after the other: a list must not take every connection of the lane for queries. */
    private CompletionStage<List<Counted>> counted(List<DeliveryInfo> found) {
        CompletionStage<List<Counted>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (DeliveryInfo delivery : found) {
            all = all.thenCompose(before -> queries.counters(delivery.id()).thenApply(counters -> {
                before.add(new Counted(delivery, Optional.of(counters)));
                return before;
            }));
        }
        return all;
    }
}
