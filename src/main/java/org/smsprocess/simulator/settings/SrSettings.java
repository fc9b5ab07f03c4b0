// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.time.Duration;
import java.util.List;
import org.smsprocess.settings.Section;

/**
 * The SR that the simulator sends for what it accepted.
 *
 * @param delay from the acceptance to the SR, plus an evenly spread part of {@code jitter}
 * @param states the mix of final states; weights need not sum up to anything
 * @param intermediate share of messages with an ENROUTE notification before the final one, 0 to 1
 * @param beforeAnswer share of messages whose SR leaves before their submit_sm_resp, 0 to 1
 * @param beforeAnswerBy how much later the answer then leaves
 * @param repeat share of SR that are sent a second time though answered, 0 to 1
 * @param echoReference whether user_message_reference of the submit_sm comes back in the SR
 * @param maxPending SR that may wait; beyond, submit_sm that ask for an SR are refused with ESME_RMSGQFUL
 */
public record SrSettings(
        boolean enabled,
        Duration delay,
        Duration jitter,
        Form form,
        List<Weighted> states,
        double intermediate,
        double beforeAnswer,
        Duration beforeAnswerBy,
        double repeat,
        boolean echoReference,
        int maxPending) {

    /** Where the SR carries its content. */
    public enum Form {
        /** deliver_sm with the text of SMPP 3.4 appendix B in short_message. */
        TEXT,
        /** deliver_sm with TLVs receipted_message_id, message_state and network_error_code only. */
        TLVS,
        /** deliver_sm with both. */
        BOTH,
        /** data_sm with the TLVs. */
        DATA_SM,
        /** deliver_sm with the text in TLV message_payload. */
        MESSAGE_PAYLOAD
    }

    /** A final state and how often it is drawn. */
    public record Weighted(FinalState state, double weight) {
        static Weighted from(Section section) {
            Weighted state = new Weighted(
                    FinalState.of(section.choice("stat", MessageState.class), section.text("err", 8)),
                    section.decimal("weight", 0, 1e9));
            section.noOtherKeys();
            return state;
        }
    }

    public SrSettings {
        states = List.copyOf(states);
    }

    static SrSettings from(Section section) {
        SrSettings settings = new SrSettings(
                section.flag("enabled"),
                section.duration("delay", Duration.ZERO, SimulatorSettings.LONGEST),
                section.duration("jitter", Duration.ZERO, SimulatorSettings.LONGEST),
                section.choice("form", Form.class),
                section.sections("states", 1).stream().map(Weighted::from).toList(),
                section.decimal("intermediate", 0, 1),
                section.decimal("before-answer", 0, 1),
                section.duration("before-answer-by", Duration.ZERO, SimulatorSettings.LONGEST),
                section.decimal("repeat", 0, 1),
                section.flag("echo-reference"),
                section.integer("max-pending", 1, Integer.MAX_VALUE));
        if (settings.states().stream().mapToDouble(Weighted::weight).sum() <= 0) {
            section.problem("states", "needs a state with a weight above 0");
        }
        return settings;
    }
}
