// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.delivery.TlvSetting;

/**
 * One optional parameter of a request: {@code {"label": "campaign", "tag": "0x1400", "value": "{{code}}", "format": "ascii",
 * "maxLength": 20}}. Not threadsafe.
 */
final class TlvFields {
    private static final int MAX_LABEL = 64;
    private static final int MAX_VALUE = 4096;

    private final FieldErrors errors;
    private final String path;
    private @Nullable String label;
    private @Nullable Integer tag;
    private @Nullable String value;
    private TlvFormat format = TlvFormat.ASCII;
    private int maxLength;

    TlvFields(FieldErrors errors, String path) {
        this.errors = errors;
        this.path = path;
    }

    /** @return null when it is of no use; then the errors tell why */
    @Nullable
    TlvSetting read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            JsonFields.wrongType(json, path, "an object", errors);
            return null;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            read(json, name, path + "." + name);
        }
        errors.add(path + ".tag", tag == null ? "is missing or wrong (0x0000 to 0xFFFF)" : null);
        errors.add(path + ".value", value == null ? "is missing" : WireFields.template(value, MAX_VALUE));
        if (label != null && label.length() > MAX_LABEL) {
            errors.add(path + ".label", "is longer than " + MAX_LABEL);
        }
        return tag == null || value == null
                ? null
                : new TlvSetting(label == null ? String.format("0x%04X", tag) : label, tag, value, format, maxLength);
    }

    private void read(JsonParser json, String name, String field) throws IOException {
        switch (name) {
            case "label" -> label = JsonFields.string(json, field, errors);
            case "tag" -> tag = tag(json, field);
            case "value" -> value = JsonFields.string(json, field, errors);
            case "format" -> format = format(JsonFields.string(json, field, errors), field);
            case "maxLength" -> maxLength = JsonFields.integer(json, field, 0, 0xFFFF, errors);
            default -> JsonFields.unknown(json, field, errors);
        }
    }

    private @Nullable Integer tag(JsonParser json, String field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return JsonFields.integer(json, field, 0, 0xFFFF, errors);
        }
        String text = JsonFields.string(json, field, errors);
        try {
            int number = text == null ? -1 : Integer.decode(text);
            return number >= 0 && number <= 0xFFFF ? number : null;
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    private TlvFormat format(@Nullable String name, String field) {
        if (name == null) {
            return TlvFormat.ASCII;
        }
        try {
            return TlvFormat.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            errors.add(
                    field,
                    "is none of ascii, latin-1, utf-8, ucs-2, gsm, int8, int16, int32, int64, uint8, uint16, uint32, uint64");
            return TlvFormat.ASCII;
        }
    }
}
