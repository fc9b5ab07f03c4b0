// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountStateStore.Switch;
import org.smsprocess.api.http.Call;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.sr.SrRatio;

/** {@code /api/v1/accounts}: settings in force, without secrets, and what operators switch. */
final class AccountEndpoints {
    private final ApiServices services;

    AccountEndpoints(ApiServices services) {
        this.services = services;
    }

    CompletionStage<HttpResponse> list(Call call) {
        return CompletableFuture.completedFuture(Json.response(200, json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("accounts");
            for (AccountSnapshot account : services.accounts().get().values()) {
                write(json, account);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    CompletionStage<HttpResponse> get(Call call) {
        AccountSnapshot account = account(call);
        return CompletableFuture.completedFuture(Json.response(200, json -> write(json, account)));
    }

    /** The endpoint of one switch; its answer leaves when the change is durable. */
    Call.Endpoint switched(Switch change) {
        return call -> services.accountSwitches()
                .apply(account(call).name(), change)
                .thenApply(account -> Json.response(200, json -> write(json, account)));
    }

    /** Reads the configuration at once, instead of at the next config-refresh; answers as {@link #list} when all of it is in force. */
    CompletionStage<HttpResponse> reload(Call call) {
        return services.reload()
                .get()
                .thenCompose(problems -> problems.isEmpty()
                        ? list(call)
                        : CompletableFuture.completedFuture(
                                Problem.wrongSettings(problems).toResponse()));
    }

    private AccountSnapshot account(Call call) {
        AccountSnapshot account = services.accounts().get().get(call.variable(0));
        if (account == null) {
            throw Problem.notFound("there is no account " + call.variable(0)).refusal();
        }
        return account;
    }

    private void write(JsonGenerator json, AccountSnapshot account) throws IOException {
        AccountSettings settings = account.settings();
        json.writeStartObject();
        json.writeStringField("name", account.name());
        json.writeBooleanField("enabled", account.isConnected());
        json.writeBooleanField("paused", account.state().deliveriesPaused());
        json.writeStringField("smscName", settings.smscName());
        json.writeStringField(
                "smsc", settings.bind().host() + ":" + settings.bind().port());
        json.writeStringField("systemId", settings.bind().systemId());
        json.writeStringField("sourceNumber", settings.channel().sourceNumber());
        json.writeStringField("shortCode", settings.channel().shortCode());
        json.writeNumberField("childConnections", settings.bind().childConnections());
        json.writeNumberField("window", settings.throughput().window());
        json.writeNumberField("maxMtThroughput", settings.throughput().maxMtThroughput());
        json.writeStringField("inDoubt", settings.throughput().inDoubt().name().toLowerCase(Locale.ROOT));
        SrRatio.Reading sr = services.srRatios().get().get(account.name());
        if (sr != null) {
            json.writeObjectFieldStart("srRatio");
            json.writeNumberField("messages", sr.messages());
            json.writeNumberField("reported", sr.reported());
            json.writeBooleanField("alarm", sr.isAlarm());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
