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
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.intake.NewMt;

/**
 * The body of {@code POST /api/v1/messages}, read and checked.
 *
 * <pre>{"account": "acme", "sender": "ACME", "messages": [{"to": "+33600000001", "text": "Hello", "reference": "A-17"}]}</pre>
 */
public record SubmitRequest(String account, DeliverySettings settings, List<NewMt> messages) {

    /** @throws Problem.Refusal if it cannot be read or a field is wrong; nothing of it is to be stored then */
    public static SubmitRequest parse(byte[] body, HttpSettings limits, Predicate<String> isAccount) {
        return new Reader(limits).read(body, isAccount);
    }

    /** Reads the fields in whatever order they come. Not threadsafe. */
    private static final class Reader {
        private final HttpSettings limits;
        private final FieldErrors errors;
        private final SettingsFields settings;
        private final List<NewMt> messages = new ArrayList<>();
        private @Nullable String account;
        private boolean hasMessages;

        Reader(HttpSettings limits) {
            this.limits = limits;
            this.errors = new FieldErrors(limits.maxErrors());
            this.settings = new SettingsFields(errors);
        }

        SubmitRequest read(byte[] body, Predicate<String> isAccount) {
            JsonFields.ofObject(body, this::readField);
            checkAccount(errors, account, isAccount);
            settings.check();
            if (!hasMessages) {
                errors.add("messages", "is missing or empty");
            }
            errors.throwIfAny();
            return new SubmitRequest(String.valueOf(account), settings.toSettings(), messages);
        }

        private void readField(JsonParser json, String field) throws IOException {
            switch (field) {
                case "account" -> account = JsonFields.string(json, field, errors);
                case "messages" -> {
                    if (hasMessages) { // which of the two was meant?
                        errors.add(field, "is there twice");
                        json.skipChildren();
                    } else {
                        readMessages(json);
                    }
                }
                default -> {
                    if (!settings.read(json, field)) {
                        JsonFields.unknown(json, field, errors);
                    }
                }
            }
        }

        private void readMessages(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                JsonFields.wrongType(json, "messages", "an array", errors);
                hasMessages = true;
                return;
            }
            for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
                if (index == limits.maxMessages()) {
                    throw Problem.invalid("messages", "holds more than " + limits.maxMessages() + " messages")
                            .refusal();
                }
                hasMessages = true;
                readMessage(json, index);
            }
        }

        private void readMessage(JsonParser json, int index) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                JsonFields.wrongType(json, path(index, null), "an object", errors);
                return;
            }
            String to = null;
            String text = null;
            String reference = null;
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                boolean isText = value == JsonToken.VALUE_STRING;
                if (field.equals("to") && to != null || field.equals("text") && text != null) {
                    errors.add(path(index, field), "is there twice");
                }
                switch (field) {
                    case "to" -> to = isText ? json.getText() : mistyped(json, index, field);
                    case "text" -> text = isText ? json.getText() : mistyped(json, index, field);
                    case "reference" -> reference = isText ? json.getText() : mistyped(json, index, field);
                    default -> JsonFields.unknown(json, path(index, field), errors);
                }
            }
            check(index, "to", MessageRules.recipient(to));
            check(index, "text", MessageRules.text(text));
            if (reference != null) {
                check(index, "reference", MessageRules.reference(reference));
            }
            messages.add(new NewMt(String.valueOf(to), text, null, reference));
        }

        private void check(int index, String field, @Nullable String message) {
            if (message != null) { // the path is built for wrong fields only
                errors.add(path(index, field), message);
            }
        }

        private @Nullable String mistyped(JsonParser json, int index, String field) throws IOException {
            return JsonFields.string(json, path(index, field), errors);
        }

        private static String path(int index, @Nullable String field) {
            return "messages[" + index + "]" + (field == null ? "" : "." + field);
        }
    }

    public static void checkAccount(FieldErrors errors, @Nullable String account, Predicate<String> isAccount) {
        if (account == null || account.isEmpty()) {
            errors.add("account", "is missing");
        } else if (!isAccount.test(account)) {
            errors.add("account", "there is no account " + account);
        }
    }
}
