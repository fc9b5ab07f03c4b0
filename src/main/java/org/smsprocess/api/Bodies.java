// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.stream.Materializer;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Problem;

/** Takes request bodies whole, within the limits of size and time. */
final class Bodies {
    /** Pekko has one of its own, 8 MiB; the entity's is http.max-body. */
    private static final long NO_OTHER_LIMIT = Long.MAX_VALUE;

    private final HttpSettings settings;
    private final Materializer materializer;

    Bodies(HttpSettings settings, Materializer materializer) {
        this.settings = settings;
        this.materializer = materializer;
    }

    /** As {@link #json}; empty when there is no body. */
    CompletionStage<byte[]> optionalJson(HttpRequest request) {
        return request.entity().isKnownEmpty() ? CompletableFuture.completedFuture(new byte[0]) : json(request);
    }

    /** The octets of a JSON body; a request that says it is something else is refused, one that says nothing is believed. */
    CompletionStage<byte[]> json(HttpRequest request) {
        var type = request.entity().getContentType();
        if (!type.mediaType().equals(MediaTypes.APPLICATION_JSON)
                && !type.mediaType().equals(MediaTypes.APPLICATION_OCTET_STREAM)) {
            throw Problem.unsupportedType("application/json", type).refusal();
        }
        if (request.entity() instanceof HttpEntity.Strict strict) {
            return CompletableFuture.completedFuture(strict.getData().toArrayUnsafe());
        }
        if (request.entity().getContentLengthOption().orElse(0) > settings.maxBody()) {
            throw Problem.bodyTooLarge(settings.maxBody()).refusal();
        }
        return request.entity()
                .toStrict(settings.bodyTimeout().toMillis(), NO_OTHER_LIMIT, materializer)
                .handle((strict, failure) -> {
                    if (failure instanceof TimeoutException
                            || failure instanceof CompletionException late
                                    && late.getCause() instanceof TimeoutException) {
                        throw tooSlow();
                    }
                    if (failure != null) {
                        throw new CompletionException(failure);
                    }
                    return strict.getData().toArrayUnsafe();
                });
    }

    private Problem.Refusal tooSlow() {
        return Problem.of(
                        408,
                        "body-timeout",
                        "The body came too slowly",
                        "the whole body must be there within "
                                + settings.bodyTimeout().toMillis() + " ms")
                .refusal();
    }
}
