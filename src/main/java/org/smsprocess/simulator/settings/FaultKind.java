// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import org.smsprocess.smpp.CommandStatus;

/** The ways in which the simulator misbehaves on request; each is described in {@code reference.conf}. */
public enum FaultKind {
    RESET(Reach.CONNECTION),
    UNBIND(Reach.CONNECTION),
    GARBAGE(Reach.CONNECTION),
    FREEZE(Reach.CONNECTION),
    HALF_OPEN(Reach.CONNECTION),
    HOLD_ANSWERS(Reach.ANSWER),
    NO_ANSWERS(Reach.ANSWER),
    LATE_ANSWERS(Reach.ANSWER),
    WRONG_SEQUENCE(Reach.ANSWER),
    DOUBLE_ANSWERS(Reach.ANSWER),
    NACK(Reach.ANSWER, CommandStatus.ESME_RSYSERR),
    THROTTLE(Reach.ANSWER, CommandStatus.ESME_RTHROTTLED),
    QUEUE_FULL(Reach.ANSWER, CommandStatus.ESME_RMSGQFUL),
    REFUSE_BINDS(Reach.SMSC, CommandStatus.ESME_RBINDFAIL),
    AWAY(Reach.SMSC);

    /** What one fault touches. */
    public enum Reach {
        ANSWER,
        CONNECTION,
        SMSC
    }

    public final Reach reach;
    /** What it answers unless the settings say otherwise. */
    final int status;

    FaultKind(Reach reach) {
        this(reach, CommandStatus.ESME_ROK);
    }

    FaultKind(Reach reach, int status) {
        this.reach = reach;
        this.status = status;
    }

    /** Whether it goes on for a time, rather than happening once. */
    boolean lasts() {
        return switch (this) {
            case RESET, UNBIND, GARBAGE -> false;
            default -> true;
        };
    }
}
