// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Record.Expected;
import org.smsprocess.simulator.Simulator;

/** Steady messages over HTTP, with a book of what was accepted. */
final class Load implements AutoCloseable {
    private static final int BATCH = 20;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Expected> accepted = new ConcurrentLinkedQueue<>();
    private final List<String> accounts;
    private volatile List<NodeJvm> nodes;
    private int number;

    Load(List<NodeJvm> nodes) {
        this(nodes, List.of("north", "south"));
    }

    Load(List<NodeJvm> nodes, List<String> accounts) {
        this.nodes = nodes;
        this.accounts = accounts;
        clock.scheduleWithFixedDelay(this::post, 0, 50, TimeUnit.MILLISECONDS);
    }

    void only(NodeJvm node) {
        only(List.of(node));
    }

    /** When this returns, nothing is under way to any other: it may end. */
    void only(List<NodeJvm> some) {
        nodes = some;
        try {
            clock.submit(() -> {}).get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    void awaitAccepted(int more) {
        int enough = accepted.size() + more;
        await().atMost(Duration.ofSeconds(90)).until(() -> accepted.size() >= enough);
    }

    /** Waits until all that was accepted has arrived. */
    Comparison end(Simulator smsc) throws InterruptedException {
        close();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> smsc.record().compare(accepted).lost() == 0);
        return smsc.record().compare(accepted);
    }

    private void post() {
        int first = number;
        number += BATCH;
        List<NodeJvm> asked = nodes;
        NodeJvm node = asked.get(first / BATCH % asked.size());
        String account = accounts.get(first / BATCH % accounts.size());
        List<Expected> batch = IntStream.range(first, number)
                .mapToObj(i -> new Expected("12345", "336" + (10_000_000 + i), "message " + i))
                .toList();
        String messages = batch.stream()
                .map(message -> "{\"to\":\"" + message.destination() + "\",\"text\":\"" + message.text() + "\"}")
                .collect(Collectors.joining(","));
        int status = node.post("/api/v1/messages", "{\"account\":\"" + account + "\",\"messages\":[" + messages + "]}");
        if (status == 202) {
            accepted.addAll(batch);
        }
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(30, TimeUnit.SECONDS);
    }
}
