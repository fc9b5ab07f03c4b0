// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Optional;

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
        section.knows(
                "kind",
                "at",
                "every",
                "after-pdus",
                "probability",
                "duration",
                "connections",
                "system-id",
                "status",
                "delay",
                "share");
        FaultSettings fault = new FaultSettings(
                section.oneOf("kind", FaultKind.class),
                section.has("at") ? Optional.of(section.duration("at")) : Optional.empty(),
                section.has("every") ? Optional.of(section.duration("every")) : Optional.empty(),
                section.has("after-pdus") ? section.number("after-pdus", 1, Long.MAX_VALUE) : 0,
                section.has("probability") ? section.decimal("probability", 0, 1) : 0,
                section.duration("duration"),
                section.oneOf("connections", Connections.class) == Connections.ALL,
                section.text("system-id", 0, 15),
                section.integer("status", 0, Integer.MAX_VALUE),
                section.duration("delay"),
                section.decimal("share", 0, 1));
        if (fault.every().filter(Duration::isZero).isPresent()) {
            throw section.bad("every", "must be more than 0");
        }
        if (fault.duration().isZero() && fault.kind().lasts() && !fault.strikesSingleAnswers()) {
            throw section.bad("duration", "must be more than 0 for kind = " + Section.word(fault.kind()));
        }
        return fault;
    }

    /** {@code hocon} such as {@code "kind = away, duration = 5s"}; JSON is fine too. */
    static FaultSettings parse(String hocon, Section simulator) {
        Config fault;
        try {
            fault = ConfigFactory.parseString(hocon).resolve();
        } catch (ConfigException malformed) {
            throw new BadSetting("fault cannot be read: " + malformed.getMessage());
        }
        return from(simulator.item("fault", fault, "fault-defaults"));
    }

    boolean isForNow() {
        return at.isEmpty() && every.isEmpty() && !isByPdu();
    }

    boolean isByPdu() {
        return afterPdus > 0 || probability > 0;
    }

    int statusOrUsual() {
        return status == 0 ? kind.status : status;
    }

    private boolean strikesSingleAnswers() {
        return isByPdu() && kind.reach == FaultKind.Reach.ANSWER && kind != FaultKind.HOLD_ANSWERS;
    }
}
