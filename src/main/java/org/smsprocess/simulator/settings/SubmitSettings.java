// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * How SUBMIT_SM are taken.
 *
 * @param latency between submit_sm and its answer, plus an evenly spread part of {@code latencyJitter}
 * @param gather pause between reads of a connection, which lets more octets come together
 * @param watchPeriod how exactly the times of arrival are watched, zero: not
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
        Duration watchPeriod,
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
        return new SubmitSettings(
                section.duration("latency", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("latency-jitter", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("gather", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("watch-period", Duration.ZERO, SimulatorSettings.LONGEST),
                section.integer("window", 0, 1_000_000),
                section.hexOrDecimal("window-status", 1, Integer.MAX_VALUE),
                section.integer("max-per-connection", 0, 10_000_000),
                section.integer("max-per-system-id", 0, 10_000_000),
                section.hexOrDecimal("rate-status", 1, Integer.MAX_VALUE),
                section.choice("data-coding-0", DefaultAlphabet.class));
    }
}
