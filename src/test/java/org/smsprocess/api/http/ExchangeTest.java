// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** One connection without a socket: the test is the client and the one who answers. */
class ExchangeTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create(ConfigFactory.parseString("pekko { actor.provider = local, loglevel = OFF }")
                    .withFallback(ConfigFactory.load()));
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<HttpResponse>> answers = new CopyOnWriteArrayList<>();

    /** @param ended of the answers, as the connection sees it */
    private record Connection(
            BoundedSourceQueue<HttpRequest> requests,
            SinkQueueWithCancel<HttpResponse> responses,
            CompletionStage<Done> ended) {
        void send(String... paths) {
            for (String path : paths) {
                assertThat(requests.offer(HttpRequest.GET(path)).isEnqueued()).isTrue();
            }
        }

        /** @return its status; empty: the connection is closed */
        Optional<Integer> next() throws Exception {
            return responses
                    .pull()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS)
                    .map(response -> response.status().intValue());
        }

        void awaitEnd() throws Exception {
            ended.toCompletableFuture().get(30, TimeUnit.SECONDS); // an error if it failed
        }
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void pipelinedRequestsAreAnsweredOneAfterTheOtherInTheirOrder() throws Exception {
        Connection connection = connection(LONG, LONG);
        connection.send("/a", "/b", "/c");
        awaitAsked(1);

        answer(0, 201);
        assertThat(connection.next()).hasValue(201);
        awaitAsked(2);
        assertThat(asked).containsExactly("/a", "/b"); // the third waits: an answer never overtakes another

        answer(1, 202);
        assertThat(connection.next()).hasValue(202);
        awaitAsked(3);
        answer(2, 203);
        assertThat(connection.next()).hasValue(203);
        assertThat(asked).containsExactly("/a", "/b", "/c");
    }

    @Test
    void whatIsNotAnsweredInTimeIsToldSoAndNothingElseIsAnswered() throws Exception {
        Connection connection = connection(LONG, SHORT);
        connection.send("/slow", "/next");
        awaitAsked(1);

        assertThat(connection.next()).hasValue(503);
        assertThat(connection.next()).isEmpty();
        answer(0, 200); // the true answer, too late: it must not be taken for that of the next request

        connection.awaitEnd();
        assertThat(asked).containsExactly("/slow");
    }

    /** The one timer was set for the first request, whose time is long. */
    @Test
    void eachRequestHasItsOwnTime() throws Exception {
        List<Duration> patience = new ArrayList<>(List.of(LONG, SHORT));
        Connection connection = connection(LONG, patience);
        connection.send("/patient", "/hasty");
        awaitAsked(1);
        answer(0, 200);
        assertThat(connection.next()).hasValue(200);

        assertThat(connection.next()).hasValue(503);
        connection.awaitEnd();
    }

    @Test
    void aConnectionWithoutARequestEnds() throws Exception {
        Connection connection = connection(SHORT, LONG);

        assertThat(connection.next()).isEmpty();
        connection.awaitEnd();
    }

    @Test
    void oneWhoseNextRequestDoesNotComeEndsToo() throws Exception {
        Connection connection = connection(SHORT, LONG, "/a");
        awaitAsked(1);
        answer(0, 200);
        assertThat(connection.next()).hasValue(200);

        assertThat(connection.next()).isEmpty();
        connection.awaitEnd();
    }

    /** Answering takes longer than a connection may be idle: it is not idle. */
    @Test
    void oneThatWaitsForItsAnswerIsNotIdle() throws Exception {
        Connection connection = connection(SHORT, LONG, "/a");
        awaitAsked(1);
        await().during(SHORT.multipliedBy(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !connection.ended.toCompletableFuture().isDone());

        answer(0, 200);

        assertThat(connection.next()).hasValue(200);
    }

    @Test
    void oneWhoseAnswerIsStillBeingReadIsNotIdle() throws Exception {
        Connection connection = connection(SHORT, LONG, "/log");
        awaitAsked(1);
        Pair<CompletableFuture<Optional<ByteString>>, Source<ByteString, NotUsed>> body =
                Source.<ByteString>maybe().preMaterialize(KIT.system());
        answers.get(0)
                .complete(HttpResponse.create()
                        .withEntity(HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, body.second())));
        HttpResponse response = connection
                .responses
                .pull()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .orElseThrow();
        CompletionStage<Done> read = response.entity().getDataBytes().runWith(Sink.ignore(), KIT.system());
        await().during(SHORT.multipliedBy(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !connection.ended.toCompletableFuture().isDone());

        body.first().complete(Optional.empty());
        read.toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(connection.next()).isEmpty(); // idle from now on
        connection.awaitEnd();
    }

    /** As a client does that half-closes after its request. */
    @Test
    void aClientThatSendsNoMoreGetsItsAnswer() throws Exception {
        Connection connection = connection(LONG, LONG);
        connection.send("/a");
        awaitAsked(1);
        connection.requests.complete();

        answer(0, 200);

        assertThat(connection.next()).hasValue(200);
        assertThat(connection.next()).isEmpty();
        connection.awaitEnd();
    }

    /** @param first requests that are there before the connection can become idle */
    private Connection connection(Duration idle, Duration patience, String... first) {
        return connection(idle, new ArrayList<>(Collections.nCopies(10, patience)), first);
    }

    /** @param patience of one request after the other */
    private Connection connection(Duration idle, List<Duration> patience, String... first) {
        Exchange exchange = new Exchange(idle, new Exchange.Answering() {
            @Override
            public CompletionStage<HttpResponse> answer(HttpRequest request) {
                CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
                answers.add(answer);
                asked.add(request.getUri().path());
                return answer;
            }

            @Override
            public Duration patience(HttpRequest request) {
                return patience.remove(0);
            }

            @Override
            public HttpResponse tooLate() {
                return HttpResponse.create().withStatus(503);
            }
        });
        CompletableFuture<Done> ended = new CompletableFuture<>();
        Pair<BoundedSourceQueue<HttpRequest>, SinkQueueWithCancel<HttpResponse>> running = Source.<HttpRequest>queue(10)
                .prepend(Source.from(Stream.of(first).map(HttpRequest::GET).toList()))
                .via(exchange)
                .watchTermination((queue, end) -> {
                    end.whenComplete((done, failure) -> {
                        if (failure == null) {
                            ended.complete(done);
                        } else {
                            ended.completeExceptionally(failure);
                        }
                    });
                    return queue;
                })
                .toMat(Sink.queue(), Keep.both())
                .run(KIT.system());
        return new Connection(running.first(), running.second(), ended);
    }

    private void awaitAsked(int requests) {
        await().atMost(Duration.ofSeconds(30)).until(() -> asked.size() >= requests);
        assertThat(asked).hasSize(requests);
    }

    private void answer(int request, int status) {
        answers.get(request).complete(HttpResponse.create().withStatus(status));
    }
}
