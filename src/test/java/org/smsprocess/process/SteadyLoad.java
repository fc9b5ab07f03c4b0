// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.smsprocess.simulator.Record.Expected;

/** Ten messages every 50 ms over HTTP, with a book of what was accepted and of the other answers. A request is never repeated. */
final class SteadyLoad implements AutoCloseable {
    private static final int BATCH = 10;
    private static final String SENDER = "12345";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final IntSupplier port;
    private final Queue<Expected> accepted = new ConcurrentLinkedQueue<>();
    /** Statuses other than 202, with Retry-After. */
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    private int number;

    /** @param port of the node's API */
    SteadyLoad(IntSupplier port) {
        this.port = port;
        clock.scheduleAtFixedRate(() -> clock.execute(this::post), 0, 50, TimeUnit.MILLISECONDS);
    }

    private synchronized int next() {
        int first = number;
        number += BATCH;
        return first;
    }

    private void post() {
        int first = next();
        List<Expected> batch = IntStream.range(first, first + BATCH)
                .mapToObj(i -> new Expected(SENDER, "336" + (10_000_000 + i), "message " + i))
                .toList();
        String messages = batch.stream()
                .map(message -> "{\"to\":\"+" + message.destination() + "\",\"text\":\"" + message.text() + "\"}")
                .collect(Collectors.joining(","));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port.getAsInt() + "/api/v1/messages"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(100))
                .POST(BodyPublishers.ofString("{\"account\":\"acme\",\"messages\":[" + messages + "]}"))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                accepted.addAll(batch);
            } else {
                refusals.add(answer.statusCode() + ", Retry-After "
                        + answer.headers().firstValue("Retry-After").orElse("missing"));
            }
        } catch (IOException unanswered) {
            refusals.add("unanswered: " + unanswered.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    Queue<Expected> accepted() {
        return accepted;
    }

    /** The different refusals so far. */
    List<String> refusals() {
        return refusals.stream().distinct().toList();
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(110, TimeUnit.SECONDS);
    }
}
