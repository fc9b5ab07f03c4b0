// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * One request on its way to its endpoint.
 *
 * @param variables what stood where the route's path has {@code {…}}, in order
 */
public record Call(HttpRequest request, List<String> variables) {

    /** Answers a request of one route; never blocks. A stage that fails becomes a {@link Problem}. */
    @FunctionalInterface
    public interface Endpoint {
        CompletionStage<HttpResponse> answer(Call call);
    }

    public String variable(int index) {
        return variables.get(index);
    }

    /** An id in the path; what is no number names nothing that exists. */
    public long id(int index) {
        try {
            return Long.parseLong(variables.get(index));
        } catch (NumberFormatException e) {
            throw Problem.notFound("there is no " + variables.get(index)).refusal();
        }
    }

    public Optional<String> query(String name) {
        return given(name).filter(value -> !value.isEmpty());
    }

    /** As {@link #query(String)}, for what may be there and empty. */
    public Optional<String> given(String name) {
        Optional<String> value = request.getUri().query().get(name);
        if (value.isPresent() && value.get().indexOf('\0') >= 0) { // PostgreSQL takes none
            throw Problem.invalidQuery(name, "holds the character U+0000").refusal();
        }
        return value;
    }

    /** As {@link #query(String)}: true or false, and false when it is not there. */
    public boolean queryFlag(String name) {
        String value = query(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Problem.invalidQuery(name, value + " is neither true nor false")
                    .refusal();
        }
        return value.equals("true");
    }

    /** A whole number of the query, {@code absent} when it is not there. */
    public long query(String name, long absent, long low, long high) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw Problem.invalidQuery(name, text.get() + " is not a number from " + low + " to " + high)
                .refusal();
    }
}
