// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pekko.http.impl.engine.server.ServerTerminationDeadlineReached;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.intake.Intake.IntakeFull;
import org.smsprocess.store.DatabaseBusy;
import org.smsprocess.store.SqlErrors;

/** Finds a request's endpoint, asks the gate, and turns whatever goes wrong into a {@link Problem}. */
public final class Dispatch implements Exchange.Answering {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final Routes routes;
    private final Gate gate;
    private final HttpSettings settings;
    private final UnreadBodies unread;

    public Dispatch(Routes routes, Gate gate, HttpSettings settings, Materializer materializer) {
        this.routes = routes;
        this.gate = gate;
        this.settings = settings;
        this.unread = new UnreadBodies(2 * settings.maxBody(), settings.bodyTimeout(), materializer);
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        try {
            return find(request).exceptionally(failure -> failed(request, failure));
        } catch (RuntimeException e) {
            return unread.answerAfter(request, failed(request, e));
        }
    }

    /** A body that is there with its head, as small ones are, needs no time of its own. */
    @Override
    public Duration patience(HttpRequest request) {
        if (request.entity() instanceof HttpEntity.Strict) {
            return settings.requestTimeout();
        }
        Routes.Route route =
                routes.find(method(request), request.getUri().getPathString()).route();
        boolean isUpload = route != null && route.isUpload();
        return settings.requestTimeout().plus(isUpload ? settings.uploadTimeout() : settings.bodyTimeout());
    }

    @Override
    public HttpResponse tooLate() {
        return late().toResponse();
    }

    private static String method(HttpRequest request) {
        return request.method().equals(HttpMethods.HEAD)
                ? "GET"
                : request.method().value();
    }

    private CompletionStage<HttpResponse> find(HttpRequest request) {
        String method = method(request);
        String path = request.getUri().getPathString();
        Routes.Match match = routes.find(method, path);
        Routes.Route route = match.route();
        if (route == null) {
            HttpResponse response = unmatched(method, path, match).toResponse();
            return unread.answerAfter(
                    request,
                    match.allowed().isEmpty()
                            ? response
                            : response.addHeader(RawHeader.create("Allow", String.join(", ", match.allowed()))));
        }
        Problem refusal = gate.refuse(request, route.scope());
        if (refusal != null) {
            HttpResponse response = refusal.toResponse();
            return unread.answerAfter(
                    request,
                    refusal.status() == 401
                            ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
                            : response);
        }
        refuseUnknownParameters(request, route);
        return route.endpoint().answer(new Call(request, match.variables()));
    }

    private static void refuseUnknownParameters(HttpRequest request, Routes.Route route) {
        if (route.scope() == Scope.OPEN || request.getUri().rawQueryString().isEmpty()) {
            return; // pages and probes may be asked with what a cache or a balancer adds
        }
        for (String name : request.getUri().query().toMap().keySet()) {
            if (!route.parameters().contains(name)) {
                String known = route.parameters().isEmpty()
                        ? ""
                        : "; there are " + route.parameters().stream().sorted().collect(Collectors.joining(", "));
                throw Problem.invalidQuery(name, "is no parameter of this request" + known)
                        .refusal();
            }
        }
    }

    private static Problem unmatched(String method, String path, Routes.Match match) {
        return match.allowed().isEmpty()
                ? Problem.notFound("there is nothing at " + path)
                : Problem.of(405, "method-not-allowed", "Method not allowed", method + " is not possible at " + path);
    }

    private Problem late() {
        return Problem.tryLater(
                503,
                "too-slow",
                "Not answered in time",
                "the request is not acknowledged; look whether it was done before you send it again",
                settings.retryAfter());
    }

    private HttpResponse failed(HttpRequest request, Throwable failure) {
        return problem(request, failure).toResponse();
    }

    private Problem problem(HttpRequest request, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Problem known = known(cause);
            if (known != null) {
                return known;
            }
            if (cause instanceof ServerTerminationDeadlineReached) {
                LOG.info(
                        "{} {} is cut off: the node ends, and http.shutdown-timeout is over",
                        request.method().value(),
                        request.getUri().getPathString());
                return late();
            }
        }
        LOG.error("{} {} failed", request.method().value(), request.getUri().getPathString(), failure);
        return Problem.of(500, "internal-error", "Internal error", "the log of this node tells more");
    }

    private @Nullable Problem known(Throwable cause) {
        if (cause instanceof Problem.Refusal refusal) {
            return refusal.problem();
        }
        if (cause instanceof IntakeFull full) {
            return Problem.tryLater(
                    429,
                    "too-much-waiting",
                    "Too much is waiting",
                    String.valueOf(full.getMessage()),
                    settings.retryAfter());
        }
        if (cause instanceof Deliveries.WrongState wrong) {
            return Problem.conflict(String.valueOf(wrong.getMessage()));
        }
        if (cause instanceof DatabaseBusy busy) {
            return database("busy", String.valueOf(busy.getMessage()));
        }
        if (SqlErrors.isAway(cause)) {
            return database("away", "the request is not acknowledged; send it again later");
        }
        if (SqlErrors.isOverloaded(cause)) {
            return database("busy", "the request is not acknowledged; send it again later");
        }
        if (cause instanceof EntityStreamSizeException size) {
            return Problem.bodyTooLarge(size.limit());
        }
        if (cause
                instanceof
                EntityStreamException broken) { // chunks that are none, a body shorter than its Content-Length
            return Problem.badSyntax("the body is no HTTP: " + broken.getMessage());
        }
        if (cause instanceof TimeoutException) {
            return late();
        }
        return null;
    }

    private Problem database(String state, String detail) {
        return Problem.tryLater(503, "database-" + state, "The database is " + state, detail, settings.retryAfter());
    }
}
