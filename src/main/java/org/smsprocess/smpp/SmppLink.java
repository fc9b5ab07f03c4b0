// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One bound SMPP session. All methods may be called from any thread and none blocks; the work is done on the session's event
 * loop. What happens is told to the {@link LinkListener} given at bind.
 */
public interface SmppLink {
    /**
     * Hands SUBMIT_SM over, to be written in this order as window and rate allow. Each gets its outcome through the listener; those
     * that are handed over after the link has ended too, as NOT_SENT.
     *
     * @return completes (always normally) when the last of them has been written, or when the link ended; this is the
     *     backpressure: hand the next batch over then
     */
    CompletionStage<Void> submit(List<Submit> batch);

    /**
     * From now on a place in the window is free again only when its outcome has been {@link #confirm confirmed}: so what a crash can
     * leave unknown is never more than the window.
     */
    void holdPlaces();

    /** @param outcomes that have become durable; NOT_SENT and LATE_ANSWER held no place and don't count */
    void confirm(int outcomes);

    /** Answers inbound PDUs; one flush for all of them. Ignored when the link has ended (the SMSC sends again). */
    void answer(List<InboundAnswer> answers);

    /**
     * Writes CANCEL_SM or QUERY_SM, outside of window and rate; the answer is awaited as long as those of SUBMIT_SM.
     *
     * @return completes always normally, on the link's event loop
     */
    CompletionStage<MessageAnswer> request(MessageRequest request);

    /** @param perSecond SUBMIT_SM a second, 0 for no limit; takes effect at once */
    void limitRate(double perSecond);

    /** @param size SUBMIT_SM without answer, at least 1; takes effect at once */
    void limitWindow(int size);

    /** Logs each PDU decoded from now on, or no longer; of texts only their length unless they are asked for. */
    void trace(boolean pdus, boolean texts);

    /**
     * Ends in good order: what was not written comes back as NOT_SENT, the open window is waited for, and after {@link #holdPlaces} the
     * confirmation of its outcomes, then UNBIND is sent and its answer awaited. The listener's onClosed follows.
     *
     * @param drain longest wait for the window
     */
    void unbind(Duration drain);

    /** Ends at once: open requests come back as LINK_LOST. The listener's onClosed follows. */
    void close(String reason);

    /** A consistent enough picture for people and metrics. */
    LinkStatus status();
}
