// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.time.Duration;

/**
 * How SUBMIT_SM are taken.
 *
 * @param latency between submit_sm and its answer, plus an evenly spread part of {@code latencyJitter}
 * @param gather pause between reads of a connection, which lets more octets come together
 * @param window unanswered submit_sm a connection may have, 0: any number
 * @param windowStatus command_status of what exceeds the window
 * @param maxPerConnection accepted in any sliding second, 0: any number
 * @param maxPerSystemId accepted in any sliding second over all binds of a system_id, 0: any number
 * @param rateStatus command_status of what exceeds a rate
 */
public record SubmitSettings(
        Duration latency,
        Duration latencyJitter,
        Duration gather,
        int window,
        int windowStatus,
        int maxPerConnection,
        int maxPerSystemId,
        int rateStatus,
        DefaultAlphabet dataCoding0) {

    /** What data_coding 0, "SMSC default alphabet", means here. */
    public enum DefaultAlphabet {
        GSM,
        GSM_PACKED,
        LATIN_1,
        ASCII,
        UTF_8
    }

    static SubmitSettings from(Section section) {
        section.knows(
                "latency",
                "latency-jitter",
                "gather",
                "window",
                "window-status",
                "max-per-connection",
                "max-per-system-id",
                "rate-status",
                "data-coding-0");
        return new SubmitSettings(
                section.duration("latency"),
                section.duration("latency-jitter"),
                section.duration("gather"),
                section.integer("window", 0, 1_000_000),
                section.integer("window-status", 1, Integer.MAX_VALUE),
                section.integer("max-per-connection", 0, 10_000_000),
                section.integer("max-per-system-id", 0, 10_000_000),
                section.integer("rate-status", 1, Integer.MAX_VALUE),
                section.oneOf("data-coding-0", DefaultAlphabet.class));
    }
}
