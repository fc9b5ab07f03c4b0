// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.Json;
import org.smsprocess.mo.inbox.InboxMo;

/** {@code GET /api/v1/inbox?account=&after=&limit=}: what people wrote, oldest first from the last id that the client has seen. */
final class InboxEndpoints {
    private final ApiServices services;

    InboxEndpoints(ApiServices services) {
        this.services = services;
    }

    /** Without an account: of all. With {@code latest=true}: the newest of all accounts, newest first. */
    CompletionStage<HttpResponse> page(Call call) {
        int limit = (int) call.query("limit", 100, 1, 10_000);
        if (call.queryFlag("latest")) {
            return services.inbox().latest(limit).thenApply(InboxEndpoints::response);
        }
        long after = call.query("after", 0, 0, Long.MAX_VALUE);
        return call.query("account")
                .map(account -> services.inbox().page(account, after, limit))
                .orElseGet(() -> services.inbox().page(after, limit))
                .thenApply(InboxEndpoints::response);
    }

    private static HttpResponse response(List<InboxMo> page) {
        return Json.response(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("inbox");
            for (InboxMo mo : page) {
                write(json, mo);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(JsonGenerator json, InboxMo mo) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", mo.id());
        json.writeStringField("account", mo.account());
        json.writeStringField("from", mo.sender());
        json.writeStringField("to", mo.shortCode());
        Json.text(json, "text", mo.text());
        if (mo.text() == null) {
            json.writeStringField("octets", mo.octets());
            Json.text(json, "udh", mo.udh());
        }
        json.writeNumberField("dataCoding", mo.dataCoding());
        json.writeNumberField("parts", mo.parts());
        if (!mo.complete()) {
            json.writeBooleanField("complete", false);
            json.writeNumberField("total", mo.total());
        }
        Json.text(json, "remarks", mo.remarks());
        Json.text(json, "linkedSms", mo.linkedSms());
        Json.text(json, "alias", mo.alias());
        Json.text(json, "providerId", mo.providerId());
        Json.text(json, "largeAccount", mo.largeAccount());
        Json.time(json, "receivedAt", mo.receivedAt());
        json.writeEndObject();
    }
}
