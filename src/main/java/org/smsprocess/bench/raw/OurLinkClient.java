// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.smpp.BindMode;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.link.CloudhopperConnector;

/** The product's own session and window, fed with batches of as many as a delivery part has. */
final class OurLinkClient implements RawClient, LinkListener {
    private static final int BATCH = 500;
    private static final int BATCHES_AHEAD = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Submit.Fields FIELDS = new Submit.Fields("", 0, false, 0, 0, null, null, 0);

    private final SmppConnector connector = new CloudhopperConnector(WireLimits.from(ConfigFactory.load()));
    private final SmppLink link;
    private volatile boolean isClosing;
    private volatile long answered;

    OurLinkClient(RawTarget target) {
        LinkSettings settings = new LinkSettings(
                "bench",
                RawTarget.HOST,
                target.port(),
                BindMode.TRANSCEIVER,
                RawTarget.SYSTEM_ID,
                "",
                "",
                new SmppAddress(0, 0, ""),
                target.window(),
                0,
                PATIENCE,
                PATIENCE,
                PATIENCE,
                65_536,
                5000,
                () -> System.nanoTime() + PATIENCE.toNanos(),
                null,
                false,
                false,
                false);
        try {
            link = connector.bind(settings, this).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            connector.close();
            throw new BenchFailure("no bind to the simulator: " + failed, failed);
        }
        for (int i = 0; i < BATCHES_AHEAD; i++) {
            submitNext();
        }
    }

    private void submitNext() {
        if (!isClosing) {
            link.submit(batch()).thenRun(this::submitNext);
        }
    }

    private static List<Submit> batch() {
        SmppAddress source = new SmppAddress(0, 0, RawTarget.SOURCE);
        SmppAddress destination = new SmppAddress(0, 0, RawTarget.DESTINATION);
        byte[] text = RawTarget.text();
        List<Submit> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            batch.add(new Submit(i, 1, 1, source, destination, FIELDS, 0, text, List.of()));
        }
        return batch;
    }

    @Override
    public void onOutcomes(List<SubmitOutcome> outcomes) {
        long count = answered;
        for (SubmitOutcome outcome : outcomes) {
            if (outcome.kind() == SubmitOutcome.Kind.ANSWERED && outcome.commandStatus() == 0) {
                count++;
            }
        }
        answered = count; // one event loop writes it
    }

    @Override
    public void onInbound(List<Inbound> inbound) {}

    @Override
    public void onClosed(String reason) {
        isClosing = true;
    }

    /** Socket writes so far; many SUBMIT_SM share one. */
    long writes() {
        return link.status().writes();
    }

    @Override
    public long answered() {
        return answered;
    }

    @Override
    public void close() {
        isClosing = true;
        connector.close();
    }
}
