// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * Ends a connection whose next request does not come in time. A head that comes octet by octet is never idle, and would else keep its
 * place among the connections for ever. While a response is still being read the client has the time it needs.
 */
final class NextRequest extends GraphStage<FlowShape<HttpRequest, HttpRequest>> {
    private static final String DUE = "due";

    private final Inlet<HttpRequest> in = Inlet.create("requests.in");
    private final Outlet<HttpRequest> out = Outlet.create("requests.out");
    private final Duration patience;
    private final AtomicInteger openResponses;

    private NextRequest(Duration patience, AtomicInteger openResponses) {
        this.patience = patience;
        this.openResponses = openResponses;
    }

    /** One connection's requests and their answers, one after the other. */
    static Flow<HttpRequest, HttpResponse, NotUsed> answering(
            Duration patience, Function<HttpRequest, CompletionStage<HttpResponse>> answer) {
        return Flow.<HttpRequest, HttpResponse, NotUsed>fromMaterializer((materializer, attributes) -> {
                    AtomicInteger openResponses = new AtomicInteger();
                    return Flow.of(HttpRequest.class)
                            .via(new NextRequest(patience, openResponses))
                            .mapAsync(
                                    1,
                                    request -> answer.apply(request)
                                            .thenApply(response -> watched(response, openResponses)));
                })
                .mapMaterializedValue(any -> NotUsed.getInstance());
    }

    private static HttpResponse watched(HttpResponse response, AtomicInteger openResponses) {
        ResponseEntity entity = response.entity();
        if (entity.isChunked()) {
            openResponses.incrementAndGet();
            return response.withEntity(HttpEntities.createChunked(
                    entity.getContentType(), entity.getDataBytes().watchTermination((any, ended) -> {
                        ended.whenComplete((done, failure) -> openResponses.decrementAndGet());
                        return any;
                    })));
        }
        return response;
    }

    @Override
    public FlowShape<HttpRequest, HttpRequest> shape() {
        return FlowShape.of(in, out);
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new TimerGraphStageLogic(shape()) {
            {
                setHandler(in, new AbstractInHandler() {
                    @Override
                    public void onPush() {
                        cancelTimer(DUE);
                        push(out, grab(in));
                    }
                });
                setHandler(out, new AbstractOutHandler() {
                    @Override
                    public void onPull() {
                        pull(in);
                        scheduleOnce(DUE, patience);
                    }
                });
            }

            @Override
            public void onTimer(Object key) {
                if (openResponses.get() > 0) {
                    scheduleOnce(DUE, patience);
                } else {
                    completeStage();
                }
            }
        };
    }
}
