// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Json;
import org.smsprocess.delivery.TlvSetting;
import org.smsprocess.delivery.TransmissionMode;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.lookup.DeliveryCounters;
import org.smsprocess.delivery.lookup.DeliveryInfo;
import org.smsprocess.delivery.lookup.MessageInfo;

/** Deliveries and messages as clients see them. */
final class DeliveryJson {
    private DeliveryJson() {}

    static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** @param counters null: not shown */
    static void write(JsonGenerator json, DeliveryInfo delivery, @Nullable DeliveryCounters counters)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("delivery", delivery.id());
        json.writeStringField("account", delivery.account());
        Json.text(json, "label", delivery.label());
        json.writeStringField("state", wireName(delivery.state()));
        Json.text(json, "template", delivery.template());
        Json.text(json, "sender", delivery.settings().sender());
        json.writeNumberField("priority", delivery.settings().priority());
        json.writeNumberField("maxParts", delivery.settings().maxParts());
        Json.time(json, "sendAt", delivery.settings().sendAt());
        write(json, delivery.settings().wire());
        Json.time(json, "createdAt", delivery.createdAt());
        Json.time(json, "completedAt", delivery.completedAt());
        if (counters != null) {
            json.writeFieldName("counters");
            write(json, counters);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, WireSettings wire) throws IOException {
        Json.text(json, "serviceId", wire.serviceId());
        TransmissionMode mode = wire.transmissionMode();
        Json.text(json, "transmissionMode", mode == null ? null : wireName(mode));
        Object validity = wire.validUntil() == null ? wire.validFor() : wire.validUntil();
        Json.text(json, "validity", validity == null ? null : validity.toString());
        if (!wire.tlvs().isEmpty()) {
            json.writeArrayFieldStart("tlvs");
            for (TlvSetting tlv : wire.tlvs()) {
                json.writeStartObject();
                json.writeStringField("label", tlv.label());
                json.writeStringField("tag", String.format("0x%04X", tlv.tag()));
                json.writeStringField("value", tlv.value());
                json.writeStringField("format", wireName(tlv.format()).replace('_', '-'));
                json.writeNumberField("maxLength", tlv.maxLength());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, DeliveryCounters counters) throws IOException {
        json.writeStartObject();
        json.writeNumberField("accepted", counters.accepted());
        json.writeNumberField("queued", counters.queued());
        json.writeNumberField("submitting", counters.inFlight());
        json.writeNumberField("sent", counters.sent());
        json.writeNumberField("verified", counters.verified());
        json.writeNumberField("delivered", counters.delivered());
        json.writeNumberField("failed", counters.failed());
        json.writeNumberField("inDoubt", counters.inDoubt());
        json.writeNumberField("held", counters.held());
        json.writeNumberField("cancelled", counters.cancelled());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, MessageInfo message) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", message.id());
        json.writeNumberField("delivery", message.deliveryId());
        json.writeStringField("account", message.account());
        json.writeStringField("to", message.recipient());
        Json.text(json, "sender", message.sender());
        Json.text(json, "text", message.text());
        if (message.fields() != null) {
            json.writeFieldName("fields");
            json.writeRawValue(message.fields()); // was checked to be JSON when it was accepted
        }
        Json.text(json, "reference", message.reference());
        json.writeStringField("status", wireName(message.status()));
        json.writeNumberField("parts", message.parts());
        Json.text(json, "providerId", message.providerId());
        Json.text(json, "error", message.error());
        if (message.attempts() > 0) {
            json.writeNumberField("attempts", message.attempts());
        }
        if (message.resends() > 0) {
            json.writeNumberField("resends", message.resends());
            Json.text(json, "resendReason", message.resendReason());
        }
        Json.text(json, "cancellation", message.cancellation());
        Json.time(json, "createdAt", message.createdAt());
        Json.time(json, "submittedAt", message.submittedAt());
        Json.time(json, "sentAt", message.sentAt());
        Json.time(json, "finalAt", message.finalAt());
        json.writeEndObject();
    }
}
