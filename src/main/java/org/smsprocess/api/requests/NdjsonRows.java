// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Json;

/**
 * Recipients as JSON objects, one a line, in UTF-8: {@code to}, perhaps {@code text} and {@code reference}; each other member is a
 * field of the template.
 *
 * <pre>{"to": "+33600000001", "reference": "A-17", "firstName": "Ann", "amount": 12.5}</pre>
 */
public final class NdjsonRows {
    /** Of the format, as documented with the upload. */
    private static final int MAX_LINE = 1 << 20;

    private NdjsonRows() {}

    public static void read(InputStream in, Recipients recipients) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        StringBuilder line = new StringBuilder();
        for (long number = 1; readLine(text, line); number++) {
            if (line.length() > MAX_LINE) {
                recipients.refuse(number, "is longer than " + MAX_LINE + " characters");
            } else if (line.indexOf("\uFFFD") >= 0) {
                recipients.refuse(number, "is not valid UTF-8");
            } else if (!isBlank(line)) {
                take(number, line.toString(), recipients);
            }
        }
    }

    /** Like {@link BufferedReader#readLine}, with a bound: of a longer line only the start is kept. */
    private static boolean readLine(BufferedReader text, StringBuilder line) throws IOException {
        line.setLength(0);
        int next = text.read();
        if (next < 0) {
            return false;
        }
        for (; next >= 0 && next != '\n'; next = text.read()) {
            if (line.length() <= MAX_LINE && next != '\r') {
                line.append((char) next);
            }
        }
        return true;
    }

    private static boolean isBlank(StringBuilder line) {
        return line.chars().allMatch(Character::isWhitespace);
    }

    private static void take(long number, String line, Recipients recipients) throws IOException {
        String to = null;
        String text = null;
        String reference = null;
        StringWriter fields = new StringWriter();
        try (JsonParser json = Json.FACTORY.createParser(line);
                JsonGenerator object = Json.FACTORY.createGenerator(fields)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                recipients.refuse(number, "is not a JSON object");
                return;
            }
            object.writeStartObject();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                switch (field) {
                    case "to" -> to = string(json, value);
                    case "reference" -> reference = string(json, value);
                    case "text" -> {
                        text = string(json, value);
                        if (recipients.hasTemplate()) {
                            copy(object, field, json);
                        }
                    }
                    default -> copy(object, field, json);
                }
            }
            object.writeEndObject();
        } catch (JsonProcessingException e) {
            recipients.refuse(number, "is not valid JSON: " + e.getOriginalMessage());
            return;
        }
        String values = fields.toString();
        recipients.add(number, to, text, values.equals("{}") ? null : values, reference);
    }

    private static void copy(JsonGenerator object, String field, JsonParser json) throws IOException {
        object.writeFieldName(field);
        object.copyCurrentStructureExact(json);
    }

    private static @Nullable String string(JsonParser json, JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        return value == JsonToken.VALUE_NULL ? null : json.getText();
    }
}
