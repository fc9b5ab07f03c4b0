// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers what is no HTTP request, or goes beyond a limit of its head, with a {@link Problem} as any other mistake of a client. Pekko
 * makes it, from its name.
 */
public final class UnreadableRequests extends ParsingErrorHandler {
    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
        log.debug("a request that cannot be read gets {}: {}", status.intValue(), error.summary());
        return Problem.of(status.intValue(), kind(status.intValue()), "The request cannot be read", error.summary())
                .toResponse();
    }

    private static String kind(int status) {
        return switch (status) {
            case 413 -> "body-too-large";
            case 414, 431 -> "head-too-large";
            case 501 -> "method-not-allowed";
            default -> "bad-syntax";
        };
    }
}
