// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;

/** The fields of a request that become its {@link DeliverySettings}. Not threadsafe. */
final class SettingsFields {
    private static final int MAX_PRIORITY = 3; // SMPP 3.4 §5.2.14
    private static final int MAX_PARTS = 255;

    private final FieldErrors errors;
    private @Nullable String sender;
    private int priority = DeliverySettings.DEFAULT.priority();
    private int maxParts = DeliverySettings.DEFAULT.maxParts();
    private @Nullable Instant sendAt;
    private boolean longSender;
    private final WireFields wire;

    SettingsFields(FieldErrors errors) {
        this.errors = errors;
        this.wire = new WireFields(errors);
    }

    /** @return false when it is none of these fields: then nothing was read */
    boolean read(JsonParser json, String field) throws IOException {
        switch (field) {
            case "sender" -> {
                sender = JsonFields.string(json, field, errors);
            }
            case "longSender" -> longSender = JsonFields.flag(json, field, errors);
            case "priority" -> priority = JsonFields.integer(json, field, 0, MAX_PRIORITY, errors);
            case "maxParts" -> maxParts = JsonFields.integer(json, field, 0, MAX_PARTS, errors);
            case "sendAt" -> sendAt = JsonFields.time(json, field, errors);
            default -> {
                return wire.read(json, field);
            }
        }
        return true;
    }

    /** What one field alone does not tell; once all are read. */
    void check() {
        if (sender != null) {
            errors.add("sender", longSender ? MessageRules.longSender(sender) : MessageRules.sender(sender));
        }
    }

    DeliverySettings toSettings() {
        return new DeliverySettings(sender, priority, maxParts, sendAt, true, wire.toSettings());
    }
}
