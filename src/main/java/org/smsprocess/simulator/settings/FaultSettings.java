// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.time.Duration;
import java.util.Optional;
import org.smsprocess.settings.Section;

/**
 * One fault and when it strikes. Without any of {@code at}, {@code every}, {@code afterPdus}, {@code probability} it is
 * for now.
 *
 * @param at after the start of the simulator
 * @param every again and again, first at {@code at} if given
 * @param afterPdus at every n-th submit_sm, 0: not so
 * @param probability at each submit_sm, 0 to 1
 * @param duration zero: the one submit_sm, connection or moment that it strikes
 * @param allConnections else one: that of the submit_sm, or any
 * @param systemId only of this system_id; empty: of all
 * @param status command_status to answer with; 0: that of the kind
 * @param delay of late answers
 * @param share of the submit_sm that are hit while it lasts, 0 to 1
 */
public record FaultSettings(
        FaultKind kind,
        Optional<Duration> at,
        Optional<Duration> every,
        long afterPdus,
        double probability,
        Duration duration,
        boolean allConnections,
        String systemId,
        int status,
        Duration delay,
        double share) {

    /** One or all of the connections that a fault may strike. */
    enum Connections {
        ONE,
        ALL
    }

    static FaultSettings from(Section section) {
        FaultSettings fault = new FaultSettings(
                section.choice("kind", FaultKind.class),
                moment(section, "at", Duration.ZERO),
                moment(section, "every", Duration.ofMillis(1)),
                section.isSet("after-pdus") ? section.integer("after-pdus", 1, Integer.MAX_VALUE) : 0,
                section.isSet("probability") ? section.decimal("probability", 0, 1) : 0,
                section.duration("duration", Duration.ZERO, SimulatorSettings.LONGEST),
                section.choice("connections", Connections.class) == Connections.ALL,
                section.text("system-id", 15),
                section.hexOrDecimal("status", 0, Integer.MAX_VALUE),
                section.duration("delay", Duration.ZERO, SimulatorSettings.LONGEST),
                section.decimal("share", 0, 1));
        if (fault.duration().isZero() && fault.kind().lasts() && !fault.strikesSingleAnswers()) {
            section.problem("kind", "needs a duration");
        }
        section.noOtherKeys();
        return fault;
    }

    private static Optional<Duration> moment(Section section, String key, Duration min) {
        return section.isSet(key)
                ? Optional.of(section.duration(key, min, SimulatorSettings.LONGEST))
                : Optional.empty();
    }

    public boolean isForNow() {
        return at.isEmpty() && every.isEmpty() && !isByPdu();
    }

    public boolean isByPdu() {
        return afterPdus > 0 || probability > 0;
    }

    public int statusOrUsual() {
        return status == 0 ? kind.status : status;
    }

    private boolean strikesSingleAnswers() {
        return isByPdu() && kind.reach == FaultKind.Reach.ANSWER && kind != FaultKind.HOLD_ANSWERS;
    }
}
