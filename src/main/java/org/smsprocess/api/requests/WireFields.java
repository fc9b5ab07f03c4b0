// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.TlvSetting;
import org.smsprocess.delivery.TransmissionMode;
import org.smsprocess.delivery.WireSettings;

/** The fields of a request that become its {@link WireSettings}. Not threadsafe. */
final class WireFields {
    private static final int MAX_SERVICE_ID = 255;
    private static final int MAX_TLVS = 50;
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(99); // two digits in relative time

    private final FieldErrors errors;
    private final List<TlvSetting> tlvs = new ArrayList<>(0);
    private @Nullable String serviceId;
    private @Nullable TransmissionMode transmissionMode;
    private @Nullable Instant validUntil;
    private @Nullable Duration validFor;

    WireFields(FieldErrors errors) {
        this.errors = errors;
    }

    /** @return false when it is none of these fields: then nothing was read */
    boolean read(JsonParser json, String field) throws IOException {
        switch (field) {
            case "serviceId" -> {
                serviceId = JsonFields.string(json, field, errors);
                errors.add(field, serviceId == null ? null : template(serviceId, MAX_SERVICE_ID));
            }
            case "transmissionMode" -> readMode(JsonFields.string(json, field, errors), field);
            case "validity" -> readValidity(JsonFields.string(json, field, errors), field);
            case "tlvs" -> readTlvs(json, field);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readMode(@Nullable String name, String field) {
        if (name == null || name.equals("unspecified")) {
            transmissionMode = null;
            return;
        }
        Optional<TransmissionMode> mode = TransmissionMode.named(name);
        errors.add(field, mode.isPresent() ? null : "is none of flash, normal, mobile, sim, unspecified");
        transmissionMode = mode.orElse(null);
    }

    /** A time with its offset, or a duration as {@code PT2H} or {@code P1D}. */
    private void readValidity(@Nullable String text, String field) {
        validFor = null;
        validUntil = null;
        if (text == null) {
            return;
        }
        try {
            if (text.startsWith("P")) {
                Duration period = Duration.parse(text);
                boolean isFit = period.compareTo(Duration.ofSeconds(1)) >= 0 && period.compareTo(LONGEST_VALIDITY) <= 0;
                errors.add(field, isFit ? null : "is out of range (PT1S to P99D)");
                validFor = period;
            } else {
                validUntil = JsonFields.instant(text, field, errors);
            }
        } catch (DateTimeException unreadable) {
            errors.add(field, "must be a time with its offset (2026-01-31T08:00:00Z) or a duration (PT2H, P1D)");
        }
    }

    private void readTlvs(JsonParser json, String field) throws IOException {
        tlvs.clear();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            JsonFields.wrongType(json, field, "an array", errors);
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            TlvSetting tlv = new TlvFields(errors, field + "[" + index + "]").read(json);
            if (tlv != null && tlvs.size() < MAX_TLVS) {
                tlvs.add(tlv);
            } else if (tlv != null) {
                errors.add(field, "holds more than " + MAX_TLVS);
            }
        }
    }

    /** What is wrong with a value in which fields of a recipient may stand; null if nothing is. */
    static @Nullable String template(String value, int longest) {
        if (value.length() > longest) {
            return "has " + value.length() + " characters; at most " + longest + " are allowed";
        }
        String unfit = Templates.unfit(value);
        return unfit != null ? unfit : MessageRules.storable(value);
    }

    WireSettings toSettings() {
        return new WireSettings(serviceId, transmissionMode, validUntil, validFor, tlvs);
    }
}
