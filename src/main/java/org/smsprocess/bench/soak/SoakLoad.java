// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.HttpPump;
import org.smsprocess.bench.plant.JsonHttp;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;

/**
 * Posts messages at a rate, whatever happens to the nodes. Each message has a number of its own in its text; a request that is refused
 * or has no answer is never repeated: its messages are accepted if the delivery log says so. Thread-safe.
 */
final class SoakLoad {
    static final String TAG = "soak-";
    private static final String PATH = "/api/v1/messages";
    private static final int BATCH = 10;
    private static final int LEAST_CLIENTS = 2;
    private static final int PATIENCE_MILLIS = 60_000;
    /** One of several nodes may be frozen or cut off: then another one is asked. */
    private static final int PATIENCE_OF_SEVERAL_MILLIS = 5000;
    /** Then a client that had to go elsewhere goes back to its own node. */
    private static final int REQUESTS_BEFORE_HOME = 50;

    private static final int LONG_EVERY = 20;
    private static final int FIRST_PART = 153;
    private static final Duration AWAY = Duration.ofMillis(100);

    private final List<SoakNode> nodes;
    private final int clients;
    private final long gapNanos;
    private final BitSet acknowledged = new BitSet();
    private final List<Thread> threads = new ArrayList<>();
    private int next;
    private long refused;
    private long unanswered;
    private volatile boolean isStopped;

    /** @param nodes each gets its part of it, while it answers */
    SoakLoad(List<SoakNode> nodes, int rate) {
        this.nodes = nodes;
        this.clients = Math.max(LEAST_CLIENTS, nodes.size());
        this.gapNanos = 1_000_000_000L * BATCH * clients / rate;
    }

    void start() {
        for (int i = 0; i < clients; i++) {
            int home = i % nodes.size();
            Thread thread = new Thread(() -> run(home), "soak-http-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(int home) {
        HttpPump http = null;
        int node = home;
        int requests = 0;
        long due = System.nanoTime();
        while (!isStopped) {
            int from = take();
            try {
                http = http == null ? connect(nodes.get(node)) : http;
                answered(from, http.post(PATH, body(from)));
                if (node != home && ++requests % REQUESTS_BEFORE_HOME == 0) {
                    close(http);
                    http = null;
                    node = home;
                }
            } catch (IOException gone) {
                close(http);
                http = null;
                node = (node + 1) % nodes.size();
                unanswered();
                Pause.of(AWAY);
            }
            due = Math.max(due + gapNanos, System.nanoTime() - gapNanos); // no burst after an outage
            Pause.of(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        }
        close(http);
    }

    private HttpPump connect(SoakNode node) throws IOException {
        return new HttpPump(
                node.api(), nodes.size() == 1 ? PATIENCE_MILLIS : PATIENCE_OF_SEVERAL_MILLIS, JsonHttp.TOKEN);
    }

    private synchronized int take() {
        int from = next;
        next += BATCH;
        return from;
    }

    private synchronized void answered(int from, int status) {
        if (status == 202) {
            acknowledged.set(from, from + BATCH);
        } else {
            refused++;
        }
    }

    private synchronized void unanswered() {
        unanswered++;
    }

    private static void close(@Nullable HttpPump http) {
        try {
            if (http != null) {
                http.close();
            }
        } catch (IOException gone) {
            // it is closed all the same
        }
    }

    /** Returns when the last answer is there. */
    void stop() {
        isStopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchFailure("interrupted", interrupted);
            }
        }
    }

    /** Numbers of the messages that were answered with 202; a copy. */
    synchronized BitSet acknowledged() {
        return (BitSet) acknowledged.clone();
    }

    /** Requests. */
    synchronized long refused() {
        return refused;
    }

    /** Requests. */
    synchronized long unansweredRequests() {
        return unanswered;
    }

    private static String body(int from) {
        StringBuilder json = new StringBuilder("{\"account\":\"" + NodeProcess.ACCOUNT + "\",\"messages\":[");
        for (int i = from; i < from + BATCH; i++) {
            json.append(i == from ? "" : ",").append("{\"to\":\"+").append(41_790_000_000L + i % 9_999_999);
            json.append("\",\"text\":\"").append(text(i)).append("\"}");
        }
        return json.append("]}").toString();
    }

    /** Its number stands in each part of a long one. */
    static String text(int number) {
        String first = TAG + number + "a ";
        return number % LONG_EVERY != 0 ? first : first + ".".repeat(FIRST_PART - first.length()) + TAG + number + "b ";
    }

    static int parts(int number) {
        return number % LONG_EVERY == 0 ? 2 : 1;
    }
}
