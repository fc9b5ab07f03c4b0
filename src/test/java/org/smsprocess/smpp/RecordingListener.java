// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers all it hears, in order. */
final class RecordingListener implements LinkListener {
    private static final long PATIENCE_SECONDS = 30;

    private final LinkedBlockingQueue<SubmitOutcome> outcomes = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Inbound> inbound = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> closed = new LinkedBlockingQueue<>();
    final List<String> order = new CopyOnWriteArrayList<>();

    /** PDUs that were told with one call. */
    final List<Integer> inboundBatches = new CopyOnWriteArrayList<>();

    /** Runs once, on the event loop. */
    volatile Runnable onNextInbound = () -> {};

    @Override
    public void onOutcomes(List<SubmitOutcome> batch) {
        order.add("outcomes");
        outcomes.addAll(batch);
    }

    @Override
    public void onInbound(List<Inbound> batch) {
        order.add("inbound");
        inboundBatches.add(batch.size());
        inbound.addAll(batch);
        onNextInbound.run();
        onNextInbound = () -> {};
    }

    @Override
    public void onClosed(String reason) {
        order.add("closed");
        closed.add(reason);
    }

    SubmitOutcome nextOutcome() {
        return next(outcomes, "outcome");
    }

    Inbound nextInbound() {
        return next(inbound, "inbound PDU");
    }

    String whyClosed() {
        return next(closed, "close");
    }

    boolean hasNoOutcome() {
        return outcomes.isEmpty();
    }

    boolean hasNoInbound() {
        return inbound.isEmpty();
    }

    boolean isOpen() {
        return closed.isEmpty();
    }

    private static <T> T next(LinkedBlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + what + " within " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
