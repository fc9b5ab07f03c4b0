// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.HttpPump;
import org.smsprocess.bench.plant.Pause;

/** Posts messages over several keep-alive connections, a thread each, in batches, as fast as the node answers. */
final class Load {
    private static final String PATH = "/api/v1/messages";
    private static final Duration BUSY = Duration.ofMillis(50);
    private static final long MOST_NANOS = 600_000_000_000L;

    private final int port;
    private final Messages messages;
    private final int total;
    private final int batch;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Histogram> latencies = new ArrayList<>();
    private volatile boolean isStopped;
    private int perSecond;
    private long startNanos;

    Load(int port, Messages messages, int total, int batch) {
        this.port = port;
        this.messages = messages;
        this.total = total;
        this.batch = batch;
    }

    /** Messages leave when they are due at this rate, or later when the node is slower; to be called before the start. */
    Load paced(int rate) {
        perSecond = rate;
        return this;
    }

    void start(int clients) {
        startNanos = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Histogram latency = new Histogram(MOST_NANOS, 3);
            latencies.add(latency);
            Thread thread = new Thread(() -> run(latency), "bench-http-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void run(Histogram latency) {
        try (HttpPump http = new HttpPump(port)) {
            for (int from = next.getAndAdd(batch); from < total && !isStopped; from = next.getAndAdd(batch)) {
                if (perSecond > 0) {
                    long dueNanos = startNanos + from * 1_000_000_000L / perSecond;
                    Pause.of(Duration.ofNanos(dueNanos - System.nanoTime()));
                }
                post(http, messages.body(from, Math.min(batch, total - from)), latency);
            }
        } catch (IOException failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private void post(HttpPump http, String body, Histogram latency) throws IOException {
        while (true) {
            long start = System.nanoTime();
            int status = http.post(PATH, body);
            if (status == 202) {
                latency.recordValue(System.nanoTime() - start);
                return;
            }
            if (status != 503 && status != 429) {
                throw new IOException("the node answers " + status);
            }
            refused.incrementAndGet();
            Pause.of(BUSY);
        }
    }

    /** No further requests after the present ones. */
    void stop() {
        isStopped = true;
    }

    boolean isDone() {
        IOException failed = failure.get();
        if (failed != null) {
            throw new BenchFailure("the load failed: " + failed.getMessage(), failed);
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** "Come again later" answers. */
    int refused() {
        return refused.get();
    }

    /** From request to 202, in nanoseconds; once it is done. */
    Histogram latency() {
        Histogram sum = new Histogram(MOST_NANOS, 3);
        latencies.forEach(sum::add);
        return sum;
    }
}
