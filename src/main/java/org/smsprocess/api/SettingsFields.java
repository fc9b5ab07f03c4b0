// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    SettingsFields(FieldErrors errors) {
        this.errors = errors;
    }

    /** @return false when it is none of these fields: then nothing was read */
    boolean read(JsonParser json, String field) throws IOException {
        switch (field) {
            case "sender" -> {
                sender = JsonFields.string(json, field, errors);
                if (sender != null) {
                    errors.add(field, MessageRules.sender(sender));
                }
            }
            case "priority" -> priority = JsonFields.integer(json, field, 0, MAX_PRIORITY, errors);
            case "maxParts" -> maxParts = JsonFields.integer(json, field, 0, MAX_PARTS, errors);
            case "sendAt" -> sendAt = time(JsonFields.string(json, field, errors), field);
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Instant time(@Nullable String text, String field) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            errors.add(field, "must be a time with its offset, like 2026-01-31T09:00:00+01:00 or 2026-01-31T08:00:00Z");
            return null;
        }
    }

    DeliverySettings toSettings() {
        return new DeliverySettings(sender, priority, maxParts, sendAt, true);
    }
}
