// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.smsprocess.smpp.link.CloudhopperConnector;
import org.smsprocess.spec.SubmitSink;

/** Measures, by hand, what a link costs against the cheapest SMSC: {@code LinkSpeed [messages [window]]}. Not a test. */
final class LinkSpeed {
    private LinkSpeed() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 5_000_000;
        int window = args.length > 1 ? Integer.parseInt(args[1]) : 1000;
        int batch = args.length > 2 ? Integer.parseInt(args[2]) : 500;
        try (SubmitSink sink = new SubmitSink();
                CloudhopperConnector connector = new CloudhopperConnector(new WireLimits(
                        1, 1 << 16, 1 << 16, 1 << 18, 1 << 24, 0, 100, Duration.ofSeconds(1), Duration.ofSeconds(1)))) {
            for (int round = 1; round <= 5; round++) {
                run(connector, sink.port(), messages, window, batch);
            }
        }
    }

    private static void run(CloudhopperConnector connector, int port, int messages, int window, int batchSize)
            throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AtomicLong outcomes = new AtomicLong();
        LinkListener listener = new LinkListener() {
            private long count;

            @Override
            public void onOutcomes(List<SubmitOutcome> batch) {
                count += batch.size();
                if (count == messages) {
                    done.countDown();
                }
            }

            @Override
            public void onInbound(List<Inbound> inbound) {}

            @Override
            public void onClosed(String reason) {
                outcomes.addAndGet(-1_000_000_000);
                done.countDown();
            }
        };
        LinkSettings settings = new LinkSettings(
                "speed",
                "127.0.0.1",
                port,
                BindMode.TRANSCEIVER,
                "a",
                "b",
                "",
                new SmppAddress(0, 0, ""),
                window,
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                65536,
                10000,
                () -> Long.MAX_VALUE / 2 + System.nanoTime() / 2,
                null,
                false,
                false,
                false);
        SmppLink link = connector.bind(settings, listener).toCompletableFuture().get();
        List<Submit> batch = new ArrayList<>();
        for (int i = 0; i < batchSize; i++) {
            batch.add(LinkFixture.submit(
                    1_000_000 + i,
                    "Hello dear customer, your code is 123456. Do not tell it to anybody. Thank you very much."));
        }
        long cpu = cpu("smpp-");
        long sinkCpu = cpu("sink");
        long start = System.nanoTime();
        int handed = 0;
        var previous = link.submit(batch);
        handed += batchSize;
        var previous2 = link.submit(batch);
        handed += batchSize;
        while (handed < messages) {
            previous.toCompletableFuture().join();
            previous = previous2;
            previous2 = link.submit(batch);
            handed += batchSize;
        }
        done.await();
        long nanos = System.nanoTime() - start;
        LinkStatus status = link.status();
        System.out.printf(
                "%,d msg/s, CPU per message: link %.0f ns, sink %.0f ns; messages per write %.0f%n",
                messages * 1_000_000_000L / nanos,
                (cpu("smpp-") - cpu) / (double) messages,
                (cpu("sink") - sinkCpu) / (double) messages,
                messages / (double) status.writes());
        link.close("done");
    }

    private static long cpu(String prefix) {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith(prefix)) {
                sum += threads.getThreadCpuTime(id);
            }
        }
        return sum;
    }
}
