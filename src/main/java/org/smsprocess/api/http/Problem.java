// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;
import org.smsprocess.settings.SettingsProblem;

/**
 * An error as the client sees it: RFC 9457, {@code application/problem+json}, with {@code errors} naming the fields.
 *
 * @param kind last part of {@code type}; programs tell errors apart by it
 * @param retryAfter when the same request may succeed, or null
 */
public record Problem(
        int status,
        String kind,
        String title,
        String detail,
        List<FieldError> errors,
        @Nullable Duration retryAfter) {

    private static final ContentType CONTENT_TYPE =
            ContentTypes.create(MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8));

    /**
     * @param field path in the request, like {@code messages[3].to}, or the key of a setting
     * @param location file and line of a setting; null: the request itself
     */
    public record FieldError(
            String field, String message, @Nullable String location) {
        public FieldError(String field, String message) {
            this(field, message, null);
        }
    }

    public static Problem invalid(List<FieldError> errors) {
        FieldError first = errors.get(0);
        String detail = first.field() + ": " + first.message()
                + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)") + "; nothing was stored";
        return new Problem(422, "invalid-request", "The request is not valid", detail, errors, null);
    }

    public static Problem invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** @param most octets that are taken */
    public static Problem bodyTooLarge(long most) {
        return of(413, "body-too-large", "The body is too large", "at most " + most + " octets are taken");
    }

    /** What is wrong with a parameter of the query; nothing was asked to be stored. */
    public static Problem invalidQuery(String parameter, String message) {
        return new Problem(
                422,
                "invalid-request",
                "The request is not valid",
                parameter + ": " + message,
                List.of(new FieldError(parameter, message)),
                null);
    }

    /** What is wrong in the files of the configuration, as the log tells it. */
    public static Problem wrongSettings(List<SettingsProblem> problems) {
        String detail = problems.get(0) + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)")
                + "; what it concerns stays as it is";
        List<FieldError> errors = problems.stream()
                .map(problem -> new FieldError(problem.key(), problem.detail(), problem.location()))
                .toList();
        return new Problem(422, "wrong-settings", "The configuration is wrong", detail, errors, null);
    }

    public static Problem badSyntax(String detail) {
        return new Problem(400, "bad-syntax", "The request cannot be read", detail, List.of(), null);
    }

    public static Problem of(int status, String kind, String title, String detail) {
        return new Problem(status, kind, title, detail, List.of(), null);
    }

    public static Problem notFound(String detail) {
        return of(404, "not-found", "Not found", detail);
    }

    public static Problem conflict(String detail) {
        return of(409, "wrong-state", "Not possible in this state", detail);
    }

    public static Problem unsupportedType(String wanted, Object found) {
        return of(
                415,
                "unsupported-media-type",
                "The body's type is not supported",
                "send Content-Type: " + wanted + ", not " + found);
    }

    static Problem tryLater(int status, String kind, String title, String detail, Duration retryAfter) {
        return new Problem(status, kind, title, detail, List.of(), retryAfter);
    }

    /** This problem as an exception, for the places where a request can only be given up. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    public HttpResponse toResponse() {
        HttpResponse response =
                HttpResponse.create().withStatus(status).withEntity(Json.entity(CONTENT_TYPE, this::writeTo));
        return retryAfter == null
                ? response
                : response.addHeader(
                        RawHeader.create("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
    }

    private void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "urn:sms-process:problem:" + kind);
        json.writeStringField("title", title);
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        if (!errors.isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (FieldError error : errors) {
                json.writeStartObject();
                json.writeStringField("field", error.field());
                json.writeStringField("message", error.message());
                if (error.location() != null) {
                    json.writeStringField("location", error.location());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Carries a problem to where the answer is made; has no stack trace, because it is no bug. */
    public static final class Refusal extends RuntimeException {
        private final transient Problem problem;

        private Refusal(Problem problem) {
            super(problem.detail(), null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }
}
