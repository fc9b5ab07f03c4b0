// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a client still sends with a request that is refused, and throws it away, before the refusal leaves. An answer to a body that
 * is on its way closes the connection, and most clients then report a broken pipe in place of the answer.
 */
final class UnreadBodies {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadBodies.class);

    private final long most;
    private final Duration timeout;
    private final Materializer materializer;

    /**
     * @param most octets of one body; of a larger one nothing more is taken and the connection ends with the answer
     * @param timeout for one body, likewise
     */
    UnreadBodies(long most, Duration timeout, Materializer materializer) {
        this.most = most;
        this.timeout = timeout;
        this.materializer = materializer;
    }

    CompletionStage<HttpResponse> answerAfter(HttpRequest request, HttpResponse refusal) {
        if (request.entity() instanceof HttpEntity.Strict || asksBeforeItSends(request)) {
            return CompletableFuture.completedFuture(refusal);
        }
        return request.entity()
                .withSizeLimit(most)
                .getDataBytes()
                .completionTimeout(timeout)
                .runWith(Sink.ignore(), materializer)
                .handle((done, failure) -> {
                    if (failure != null) {
                        LOG.debug("the body of a refused request is left: {}", failure.toString());
                    }
                    return refusal;
                });
    }

    private static boolean asksBeforeItSends(HttpRequest request) {
        return request.getHeader("Expect").isPresent();
    }
}
