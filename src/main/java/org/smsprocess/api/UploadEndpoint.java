// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.api.requests.CsvRows;
import org.smsprocess.api.requests.NdjsonRows;
import org.smsprocess.api.requests.Recipients;
import org.smsprocess.api.requests.Recipients.LineError;
import org.smsprocess.delivery.DeliveryState;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.lookup.DeliveryInfo;

/**
 * {@code POST /api/v1/deliveries/{id}/recipients}: a body of any size. Each upload reads on a thread of its own dispatcher, which waits
 * while a batch is stored; meanwhile nothing is read from the socket and the client's TCP window closes.
 */
final class UploadEndpoint {
    private final HttpSettings settings;
    private final ApiServices services;
    private final Materializer materializer;
    private final Executor uploads;

    /** @param uploads its threads block */
    UploadEndpoint(HttpSettings settings, ApiServices services, Materializer materializer, Executor uploads) {
        this.settings = settings;
        this.services = services;
        this.materializer = materializer;
        this.uploads = uploads;
    }

    CompletionStage<HttpResponse> upload(Call call) {
        Format format = Format.of(call.request());
        return services.deliveryQueries().delivery(call.id(0)).thenCompose(found -> {
            DeliveryInfo delivery = found.orElseThrow(
                    () -> Problem.notFound("there is no delivery " + call.id(0)).refusal());
            if (delivery.state() != DeliveryState.DRAFT) {
                throw Problem.conflict("delivery " + delivery.id() + " is "
                                + DeliveryJson.wireName(delivery.state())
                                + "; only a draft takes recipients")
                        .refusal();
            }
            return CompletableFuture.supplyAsync(() -> read(call.request(), format, delivery), uploads)
                    .thenApply(UploadEndpoint::response);
        });
    }

    private Recipients.Result read(HttpRequest request, Format format, DeliveryInfo delivery) {
        Deliveries deliveries = services.deliveries();
        Recipients recipients = new Recipients(
                delivery.template() != null,
                settings.maxErrors(),
                batch -> deliveries.addRecipients(delivery.id(), batch));
        try (InputStream body = request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(settings.uploadTimeout())
                .runWith(StreamConverters.asInputStream(settings.idleTimeout()), materializer)) {
            if (format == Format.CSV) {
                CsvRows.read(body, recipients);
            } else {
                NdjsonRows.read(body, recipients);
            }
            return recipients.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("the upload to delivery " + delivery.id() + " broke off", e);
        }
    }

    private static HttpResponse response(Recipients.Result result) {
        return Json.response(200, json -> {
            json.writeStartObject();
            json.writeNumberField("accepted", result.accepted());
            json.writeNumberField("refused", result.refused());
            json.writeArrayFieldStart("errors");
            for (LineError error : result.errors()) {
                json.writeStartObject();
                json.writeNumberField("line", error.line());
                json.writeStringField("message", error.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private enum Format {
        CSV,
        NDJSON;

        static Format of(HttpRequest request) {
            String type = request.entity().getContentType().mediaType().toString();
            return switch (type) {
                case "text/csv" -> CSV;
                case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/json-lines" ->
                    NDJSON;
                default ->
                    throw Problem.unsupportedType("text/csv or application/x-ndjson", type)
                            .refusal();
            };
        }
    }
}
