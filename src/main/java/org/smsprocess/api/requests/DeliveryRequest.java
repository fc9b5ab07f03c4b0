// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Problem;
import org.smsprocess.delivery.DeliverySettings;

/**
 * The body of {@code POST /api/v1/deliveries}, read and checked.
 *
 * <pre>{"account": "acme", "label": "spring", "template": "Hello {{firstName}}", "sender": "ACME"}</pre>
 *
 * @param template null: each recipient brings its text
 */
public record DeliveryRequest(
        String account, @Nullable String label, @Nullable String template, DeliverySettings settings) {
    private static final int MAX_LABEL = 255;

    /** @throws Problem.Refusal if it cannot be read or a field is wrong */
    public static DeliveryRequest parse(byte[] body, HttpSettings limits, Predicate<String> isAccount) {
        return new Reader(limits).read(body, isAccount);
    }

    /** Reads the fields in whatever order they come. Not threadsafe. */
    private static final class Reader {
        private final FieldErrors errors;
        private final SettingsFields settings;
        private @Nullable String account;
        private @Nullable String label;
        private @Nullable String template;

        Reader(HttpSettings limits) {
            this.errors = new FieldErrors(limits.maxErrors());
            this.settings = new SettingsFields(errors);
        }

        DeliveryRequest read(byte[] body, Predicate<String> isAccount) {
            JsonFields.ofObject(body, this::readField);
            SubmitRequest.checkAccount(errors, account, isAccount);
            settings.check();
            if (label != null) {
                errors.add(
                        "label",
                        label.length() > MAX_LABEL ? "is longer than " + MAX_LABEL : MessageRules.storable(label));
            }
            if (template != null) {
                errors.add("template", templateRule(template));
            }
            errors.throwIfAny();
            return new DeliveryRequest(String.valueOf(account), label, template, settings.toSettings());
        }

        private void readField(JsonParser json, String field) throws IOException {
            switch (field) {
                case "account" -> account = JsonFields.string(json, field, errors);
                case "label" -> label = JsonFields.string(json, field, errors);
                case "template" -> template = JsonFields.string(json, field, errors);
                default -> {
                    if (!settings.read(json, field)) {
                        JsonFields.unknown(json, field, errors);
                    }
                }
            }
        }
    }

    private static @Nullable String templateRule(String template) {
        String unfit = MessageRules.text(template);
        return unfit != null ? unfit : Templates.unfit(template);
    }
}
