// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.pdu.Octets;
import org.smsprocess.smpp.pdu.TolerantDecoder;

/**
 * The way of a SUBMIT_SM through one link: waiting, then open in the window, then exactly one outcome. Outcomes collect until the
 * link tells them. Confined to the link's event loop.
 *
 * <pre>
 * add ─► waiting ──write──► open ──answer──► ANSWERED, NACKED
 *           │                ├───timeout───► TIMED_OUT ──answer──► LATE_ANSWER
 *           └─refuse─► NOT_SENT  └─loss────► LINK_LOST
 * </pre>
 */
final class SubmitFlow {
    /** Why {@link #write} stopped. */
    enum Stop {
        /** Nothing waits, or the window is full: an answer or a new batch goes on. */
        IDLE,
        /** The rate: go on after {@link #nanosUntilPermit}. */
        RATE,
        /** The socket takes no more: go on when it does. */
        SOCKET,
        /** The lease has run out. */
        LEASE
    }

    private final WaitingSubmits waiting = new WaitingSubmits();
    private final SendingWindow window;
    private final RatePacer pacer;
    private final LateAnswers late;
    private final TolerantDecoder decoder;
    private final LinkOutput output;
    private final LinkCounters counters;
    private final long timeoutNanos;
    private List<SubmitOutcome> outcomes = new ArrayList<>();
    private int unpaced;
    private boolean holdsPlaces;
    /** Places whose outcome is known and not confirmed. */
    private int held;

    SubmitFlow(
            LinkSettings settings,
            WireLimits limits,
            TolerantDecoder decoder,
            LinkOutput output,
            LinkCounters counters,
            int lastSequenceNumber) {
        this.window = new SendingWindow(settings.window(), lastSequenceNumber);
        this.pacer = new RatePacer(settings.ratePerSecond(), System.nanoTime());
        this.late = new LateAnswers(limits.maxLateAnswers());
        this.decoder = decoder;
        this.output = output;
        this.counters = counters;
        this.timeoutNanos = settings.answerTimeout().toNanos();
    }

    SendingWindow window() {
        return window;
    }

    int waiting() {
        return waiting.count();
    }

    /** Nothing is open, and each outcome that a place is held for has been confirmed. */
    boolean isSettled() {
        return window.open() == 0 && held == 0;
    }

    void limitRate(double perSecond, long nowNanos) {
        pacer.limit(perSecond, nowNanos);
    }

    void add(List<Submit> batch, CompletableFuture<Void> written) {
        waiting.add(batch, written);
    }

    void holdPlaces() {
        holdsPlaces = true;
    }

    void confirm(int confirmed) {
        held = Math.max(0, held - confirmed);
    }

    /** Writes what window, rate, socket and lease allow now. */
    Stop write(long nowNanos) {
        if (unpaced > 0 && !flush()) {
            return Stop.LEASE;
        }
        while (true) {
            int wanted = Math.min(waiting.count(), window.room() - held);
            if (wanted <= 0) {
                return Stop.IDLE;
            }
            int permits = pacer.permits(wanted, nowNanos);
            if (permits == 0) {
                return Stop.RATE;
            }
            if (!output.hasRoom()) {
                return Stop.SOCKET;
            }
            if (!output.isAllowed()) {
                return Stop.LEASE;
            }
            int written = 0;
            while (written < permits && !output.isBurst()) {
                Submit submit = waiting.next();
                output.submit(submit, window.open(submit, nowNanos));
                written++;
            }
            counters.submitted += written;
            unpaced += pacer.isLimited() ? written : 0;
            if ((output.isBurst() || unpaced > 0) && !flush()) {
                return Stop.LEASE;
            }
        }
    }

    /** The rate counts from when they are on the socket: this thread may have been held up since {@code nowNanos} was read. */
    private boolean flush() {
        if (!output.flush()) {
            return false;
        }
        pacer.sent(unpaced, System.nanoTime());
        unpaced = 0;
        return true;
    }

    long nanosUntilPermit(long nowNanos) {
        return pacer.nanosUntilNext(nowNanos);
    }

    /** Completes the batches that {@link #write} has written to the end. */
    void completeWritten() {
        waiting.completeDone();
    }

    void onSubmitResp(byte[] pdu, int offset, int length, long nowNanos) {
        int sequenceNumber = Octets.int32(pdu, offset + 12);
        String providerId = decoder.messageId(pdu, offset, length);
        String statusText = decoder.statusText();
        if (decoder.isMalformed()) {
            counters.malformed("submit_sm_resp", pdu, offset, length);
        }
        int commandStatus = Octets.int32(pdu, offset + 8);
        int slot = window.find(sequenceNumber);
        if (slot >= 0) {
            counters.answered++;
            counters.latency(nowNanos - window.sentNanos(slot));
            settle(slot, Kind.ANSWERED, commandStatus, providerId, statusText, nowNanos);
        } else {
            LateAnswers.Overdue overdue = takeLate(sequenceNumber, pdu, offset, length);
            if (overdue != null) {
                settleLate(overdue, commandStatus, providerId, statusText, nowNanos);
            }
        }
    }

    /** A GENERIC_NACK names its request by sequence_number; with 0 the SMSC could not read it, so it is clear only if just one is open. */
    void onGenericNack(byte[] pdu, int offset, int length, long nowNanos) {
        int sequenceNumber = Octets.int32(pdu, offset + 12);
        int commandStatus = Octets.int32(pdu, offset + 8);
        int slot = window.find(sequenceNumber);
        if (slot < 0 && sequenceNumber == 0 && window.open() == 1) {
            slot = window.oldest();
        }
        if (slot >= 0) {
            settle(slot, Kind.NACKED, commandStatus, null, null, nowNanos);
        } else {
            LateAnswers.Overdue overdue = takeLate(sequenceNumber, pdu, offset, length);
            if (overdue != null) {
                settleLate(overdue, commandStatus, null, null, nowNanos);
            }
        }
    }

    /** @return null when it answers nothing that is remembered, which is counted */
    private LateAnswers.@Nullable Overdue takeLate(int sequenceNumber, byte[] pdu, int offset, int length) {
        LateAnswers.Overdue overdue = late.take(sequenceNumber);
        if (overdue == null) {
            counters.unexpected(pdu, offset, length);
        }
        return overdue;
    }

    private void settleLate(
            LateAnswers.Overdue overdue,
            int commandStatus,
            @Nullable String providerId,
            @Nullable String statusText,
            long nowNanos) {
        outcomes.add(new SubmitOutcome(
                overdue.submit(),
                Kind.LATE_ANSWER,
                commandStatus,
                providerId,
                nowNanos - overdue.sentNanos(),
                statusText));
    }

    /** Times out what has waited too long. @return how long until the next may, or -1 if nothing is open */
    long expire(long nowNanos) {
        for (int slot = window.oldest(); slot >= 0; slot = window.oldest()) {
            long waitedNanos = nowNanos - window.sentNanos(slot);
            if (waitedNanos < timeoutNanos) {
                return timeoutNanos - waitedNanos;
            }
            late.remember(window.sequenceNumber(slot), window.submit(slot), window.sentNanos(slot));
            settle(slot, Kind.TIMED_OUT, 0, null, null, nowNanos);
        }
        return -1;
    }

    /** What was never written goes back. */
    void refuseWaiting() {
        while (waiting.count() > 0) {
            outcomes.add(notSent(waiting.next()));
        }
    }

    /** The link is gone: what is open will not be answered. */
    void loseOpen(long nowNanos) {
        for (int slot = window.oldest(); slot >= 0; slot = window.oldest()) {
            settle(slot, Kind.LINK_LOST, 0, null, null, nowNanos);
        }
    }

    boolean hasOutcomes() {
        return !outcomes.isEmpty();
    }

    /** @return the outcomes since the last call */
    List<SubmitOutcome> takeOutcomes() {
        if (outcomes.isEmpty()) {
            return List.of();
        }
        List<SubmitOutcome> taken = outcomes;
        outcomes = new ArrayList<>(taken.size());
        return taken;
    }

    static SubmitOutcome notSent(Submit submit) {
        return new SubmitOutcome(submit, Kind.NOT_SENT, 0, null, 0);
    }

    private void settle(
            int slot,
            Kind kind,
            int commandStatus,
            @Nullable String providerId,
            @Nullable String statusText,
            long nowNanos) {
        held += holdsPlaces ? 1 : 0;
        long latencyNanos = nowNanos - window.sentNanos(slot);
        outcomes.add(
                new SubmitOutcome(window.release(slot), kind, commandStatus, providerId, latencyNanos, statusText));
    }
}
