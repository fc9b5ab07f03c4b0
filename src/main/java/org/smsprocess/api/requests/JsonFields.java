// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.Json;
import org.smsprocess.api.http.Problem;
import org.smsprocess.delivery.DeliverySettings;

/** Reads an object field by field, and single values where the parser stands; a wrong one is noted with its field and left out. */
public final class JsonFields {
    private JsonFields() {}

    /** Takes one field; the parser stands at its value. */
    @FunctionalInterface
    public interface Reader {
        void read(JsonParser json, String field) throws IOException;
    }

    /** @throws Problem.Refusal if the body is anything but one JSON object */
    public static void ofObject(byte[] body, Reader reader) {
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            expectObject(json);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                reader.read(json, field);
            }
            expectEnd(json);
        } catch (IOException unreadable) {
            throw badSyntax(unreadable);
        }
    }

    private static void expectObject(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw Problem.badSyntax(first == null ? "the body is empty" : "the body must be a JSON object")
                    .refusal();
        }
    }

    private static void expectEnd(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            throw Problem.badSyntax("something follows the JSON object, at " + place(json.currentTokenLocation()))
                    .refusal();
        }
    }

    /** @return null also for a JSON null */
    public static @Nullable String string(JsonParser json, String field, FieldErrors errors) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> {
                wrongType(json, field, "a string", errors);
                yield null;
            }
        };
    }

    static int integer(JsonParser json, String field, int low, int high, FieldErrors errors) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            wrongType(json, field, "a whole number", errors);
            return low;
        }
        String digits = json.getText(); // may be longer than any type holds
        if (digits.length() < 10) {
            int value = Integer.parseInt(digits);
            if (value >= low && value <= high) {
                return value;
            }
        }
        errors.add(field, "is out of range (" + low + " to " + high + ")");
        return low;
    }

    static boolean flag(JsonParser json, String field, FieldErrors errors) throws IOException {
        if (!json.currentToken().isBoolean()) {
            wrongType(json, field, "true or false", errors);
            return false;
        }
        return json.getBooleanValue();
    }

    /** @return null also for a JSON null */
    static @Nullable Instant time(JsonParser json, String field, FieldErrors errors) throws IOException {
        String text = string(json, field, errors);
        if (text == null) {
            return null;
        }
        try {
            return instant(text, field, errors);
        } catch (DateTimeException e) {
            errors.add(field, "must be a time with its offset, like 2026-01-31T09:00:00+01:00 or 2026-01-31T08:00:00Z");
            return null;
        }
    }

    /**
     * A time of the years that may be; null, and noted, if it is of another.
     *
     * @throws DateTimeException if it is no time
     */
    static @Nullable Instant instant(String text, String field, FieldErrors errors) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < DeliverySettings.FIRST_YEAR || time.getYear() > DeliverySettings.LAST_YEAR) {
            errors.add(
                    field,
                    "is out of range (years " + DeliverySettings.FIRST_YEAR + " to " + DeliverySettings.LAST_YEAR
                            + ")");
            return null;
        }
        return time.toInstant();
    }

    public static void wrongType(JsonParser json, String field, String expected, FieldErrors errors)
            throws IOException {
        errors.add(field, "must be " + expected);
        json.skipChildren();
    }

    public static void unknown(JsonParser json, String field, FieldErrors errors) throws IOException {
        errors.add(field, "is not a field of this request");
        json.skipChildren();
    }

    private static Problem.Refusal badSyntax(IOException failure) {
        if (failure instanceof JsonProcessingException syntax) {
            // the original message: the other one quotes the body, which holds what people write to each other
            return Problem.badSyntax(
                            "not valid JSON at " + place(syntax.getLocation()) + ": " + syntax.getOriginalMessage())
                    .refusal();
        }
        if (failure instanceof CharConversionException) {
            return Problem.badSyntax("not valid UTF-8: " + failure.getMessage()).refusal();
        }
        throw new UncheckedIOException("reading from memory cannot fail", failure);
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "its end" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
