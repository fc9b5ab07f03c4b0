// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;
import java.util.Map;

/**
 * What {@code GET /stats} tells, as of one instant.
 *
 * @param seconds since the start or the last reset
 * @param maxPerSecond the most submit_sm received in any sliding second, over all connections
 * @param longestPauseMillis the longest the simulator itself was late; bursts seen may be due to that
 */
public record Stats(
        double seconds,
        int maxPerSecond,
        int maxPerSecondPerConnection,
        int peakWindow,
        double longestPauseMillis,
        Messages messages,
        Messages refusedByRule,
        Faults faults,
        Requests requests,
        List<SystemId> systemIds,
        List<Connection> connections) {

    /**
     * What arrived; a multipart message counts once all its parts are there.
     *
     * @param total messages, each copy counted
     * @param distinct by source, destination and text
     * @param duplicates total less distinct
     * @param incomplete multipart messages that miss parts
     * @param parts submit_sm that were a part of a multipart message
     * @param duplicateParts parts that had come before with the same octets and reference
     * @param duplicateSamples the first few duplicates, {@code destination: text}
     */
    public record Messages(
            long total,
            long distinct,
            long duplicates,
            long incomplete,
            long parts,
            long duplicateParts,
            List<String> duplicateSamples) {}

    /**
     * Faults by the words of the settings.
     *
     * @param active those that last at this moment
     * @param strikes how often each kind struck since the start
     */
    public record Faults(List<String> active, Map<String, Long> strikes) {}

    /**
     * query_sm and cancel_sm received.
     *
     * @param cancelled messages that were
     * @param known messages whose state could be asked for now
     */
    public record Requests(long queries, long cancels, long cancelled, long known) {}

    /**
     * One system_id.
     *
     * @param maxBound the most binds it had at one instant
     * @param maxAcceptedPerSecond in any sliding second, at the time they were read: a pause of the simulator lets more come together
     * @param surelyPerSecond the same, but only what cannot have come further apart; 0 without {@code watch-period}
     * @param waiting SR and MO that are due and wait for a receiver or its window
     */
    public record SystemId(
            String systemId,
            int bound,
            int maxBound,
            long binds,
            long bindsRefused,
            int maxAcceptedPerSecond,
            int surelyPerSecond,
            int waiting,
            Traffic traffic) {}

    /** @param refusedByStatus command_status, as 0x00000058, to the number of submit_sm refused with it */
    public record Traffic(
            long submits,
            long accepted,
            long unanswered,
            Map<String, Long> refusedByStatus,
            Deliveries sr,
            Deliveries mo) {}

    /**
     * SR or MO.
     *
     * @param pending not yet answered with ESME_ROK
     * @param sent every try counted
     * @param answered with ESME_ROK
     * @param refused answered otherwise
     * @param answerMillisP50 from the deliver_sm to ESME_ROK, half of them took no longer
     */
    public record Deliveries(
            long made,
            long pending,
            long sent,
            long answered,
            long refused,
            long timedOut,
            long gaveUp,
            double answerMillisP50,
            double answerMillisP99) {}

    /** One TCP connection, open or among the last closed. */
    public record Connection(
            long number,
            String remote,
            String systemId,
            String mode,
            boolean open,
            String boundAt,
            long submits,
            int maxPerSecond,
            int peakWindow,
            long delivers) {}
}
