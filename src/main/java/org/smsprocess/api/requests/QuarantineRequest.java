// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Problem;
import org.smsprocess.mo.inbox.Quarantine.Addition;
import org.smsprocess.mo.inbox.Quarantine.Entry;

/**
 * Reads and checks what is to be added to the quarantine or removed from it. Not threadsafe.
 *
 * <pre>{"entries": [{"shortCode": "7000", "number": "+33600000001", "reason": "asked by phone"}]}</pre>
 */
public final class QuarantineRequest {
    /** SMPP 3.4 has no longer address (§5.2.8 and §4.7.1: 65 octets); what MO rules added may be a name. */
    private static final int MAX_NUMBER = 65;

    private final int maxEntries;
    private final FieldErrors errors;
    private final @Nullable Predicate<String> isShortCode;
    private final List<Addition> entries = new ArrayList<>();
    private boolean hasEntries;

    private QuarantineRequest(HttpSettings limits, @Nullable Predicate<String> isShortCode) {
        this.maxEntries = limits.maxMessages();
        this.errors = new FieldErrors(limits.maxErrors());
        this.isShortCode = isShortCode;
    }

    /**
     * @param isShortCode whether an account has it: in the scope of another one an entry would keep nobody from writing
     * @throws Problem.Refusal if the body cannot be read or a field is wrong
     */
    public static List<Addition> additions(byte[] body, HttpSettings limits, Predicate<String> isShortCode) {
        return new QuarantineRequest(limits, isShortCode).read(body);
    }

    /** Whatever can be in the quarantine can be removed. @throws Problem.Refusal if it cannot be read or a field is wrong */
    public static List<Entry> removals(byte[] body, HttpSettings limits) {
        return new QuarantineRequest(limits, null)
                .read(body).stream().map(Addition::entry).toList();
    }

    /** @return what is wrong with a number or name to look for, or null */
    public static @Nullable String named(@Nullable String number) {
        if (number == null || number.isBlank()) {
            return "is missing or empty";
        }
        return number.length() > MAX_NUMBER
                ? "has " + number.length() + " characters; at most " + MAX_NUMBER + " are kept"
                : MessageRules.storable(number);
    }

    private List<Addition> read(byte[] body) {
        JsonFields.ofObject(body, (json, field) -> {
            if (field.equals("entries")) {
                readEntries(json);
            } else {
                JsonFields.unknown(json, field, errors);
            }
        });
        if (!hasEntries) {
            errors.add("entries", "is missing or empty");
        }
        errors.throwIfAny();
        return entries;
    }

    private void readEntries(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            JsonFields.wrongType(json, "entries", "an array", errors);
            hasEntries = true;
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == maxEntries) {
                throw Problem.invalid("entries", "holds more than " + maxEntries + " entries")
                        .refusal();
            }
            hasEntries = true;
            readEntry(json, "entries[" + index + "]");
        }
    }

    private void readEntry(JsonParser json, String path) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            JsonFields.wrongType(json, path, "an object", errors);
            return;
        }
        String shortCode = null;
        String number = null;
        String reason = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            String at = path + "." + field;
            switch (field) {
                case "shortCode" -> shortCode = JsonFields.string(json, at, errors);
                case "number" -> number = JsonFields.string(json, at, errors);
                case "reason" -> reason = JsonFields.string(json, at, errors);
                default -> JsonFields.unknown(json, at, errors);
            }
        }
        errors.add(path + ".shortCode", shortCode(shortCode));
        if (isShortCode == null) {
            number = number == null ? "" : number.strip();
            errors.add(path + ".number", named(number));
        } else {
            number = number == null ? "" : number.replace(" ", "");
            errors.add(path + ".number", MessageRules.recipient(number));
        }
        if (reason != null) {
            errors.add(path + ".reason", MessageRules.reference(reason));
        }
        String why = reason == null || reason.isBlank() ? "no reason given" : reason;
        entries.add(new Addition(new Entry(String.valueOf(shortCode), number), why));
    }

    private @Nullable String shortCode(@Nullable String shortCode) {
        if (shortCode == null) {
            return "is missing";
        }
        String unstorable = MessageRules.storable(shortCode);
        if (unstorable != null) {
            return unstorable;
        }
        return isShortCode == null || isShortCode.test(shortCode) ? null : "no account has the short code " + shortCode;
    }
}
