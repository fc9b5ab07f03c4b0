// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;

/**
 * One connection's requests and their answers, one after the other, and the clock of both: a connection whose next request does not
 * come in time ends, and a request that is not answered in time is told so. A head that comes octet by octet is never idle, and would
 * else keep its place among the connections for ever. While a response is still being read the client has the time it needs.
 *
 * <p>One stage and one timer for all of it. A timer per request would stay in the scheduler's wheel for its whole time although
 * cancelled, which at some thousand requests a second is hundreds of thousands of them in the heap.
 */
public final class Exchange extends GraphStage<FlowShape<HttpRequest, HttpResponse>> {
    /** Who answers; called by one thread for each connection. */
    public interface Answering {
        /** Never throws, never fails. */
        CompletionStage<HttpResponse> answer(HttpRequest request);

        /** How long that may take. */
        Duration patience(HttpRequest request);

        /** What the client is told instead, before the connection is closed. */
        HttpResponse tooLate();
    }

    private static final String DUE = "due";

    private final Inlet<HttpRequest> in = Inlet.create("requests.in");
    private final Outlet<HttpResponse> out = Outlet.create("responses.out");
    private final FlowShape<HttpRequest, HttpResponse> shape = FlowShape.of(in, out);
    private final Duration idleTimeout;
    private final Answering answering;

    public Exchange(Duration idleTimeout, Answering answering) {
        this.idleTimeout = idleTimeout;
        this.answering = answering;
    }

    @Override
    public FlowShape<HttpRequest, HttpResponse> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    /** Of one connection. */
    private final class Logic extends TimerGraphStageLogic {
        private final AtomicInteger openResponses = new AtomicInteger();
        private final AsyncCallback<Answer> answered = createAsyncCallback(this::answered);
        private boolean isAnswering;
        private long dueNanos;
        private boolean isArmed;
        private long armedForNanos;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    answer(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    if (!isAnswering) {
                        completeStage();
                    }
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    due(idleTimeout);
                    pull(in);
                }
            });
        }

        private void answer(HttpRequest request) {
            isAnswering = true;
            due(answering.patience(request));
            answering
                    .answer(request)
                    .whenComplete((response, failure) -> answered.invoke(new Answer(response, failure)));
        }

        private void answered(Answer answer) {
            if (answer.response == null) {
                failStage(answer.failure);
                return;
            }
            isAnswering = false;
            push(out, watched(answer.response));
            if (isClosed(in)) {
                completeStage();
            }
        }

        private HttpResponse watched(HttpResponse response) {
            ResponseEntity entity = response.entity();
            if (!entity.isChunked()) {
                return response;
            }
            openResponses.incrementAndGet();
            return response.withEntity(HttpEntities.createChunked(
                    entity.getContentType(), entity.getDataBytes().watchTermination((any, ended) -> {
                        ended.whenComplete((done, failure) -> openResponses.decrementAndGet());
                        return any;
                    })));
        }

        /** The one timer is moved only when it would come too late. When it comes too early, it is set again. */
        private void due(Duration time) {
            long nanos = time.toNanos();
            dueNanos = System.nanoTime() + nanos;
            if (!isArmed || dueNanos - armedForNanos < 0) {
                arm(nanos);
            }
        }

        private void arm(long nanos) {
            isArmed = true;
            armedForNanos = System.nanoTime() + nanos;
            scheduleOnce(DUE, Duration.ofNanos(nanos));
        }

        @Override
        public void onTimer(Object key) {
            isArmed = false;
            long left = dueNanos - System.nanoTime();
            if (left > 0) {
                arm(left);
            } else if (isAnswering) {
                push(out, answering.tooLate());
                completeStage(); // the true answer must not be taken for that of the next request
            } else if (openResponses.get() > 0) {
                due(idleTimeout);
            } else {
                completeStage();
            }
        }
    }

    private record Answer(
            @Nullable HttpResponse response, @Nullable Throwable failure) {}
}
