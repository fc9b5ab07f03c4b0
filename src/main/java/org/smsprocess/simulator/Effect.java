// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.FaultSettings;

/** What the active faults do to one submit_sm; reused. Confined to the simulator's thread. */
final class Effect {
    static final Effect NONE = new Effect();

    /** 0: no refusal. */
    int status;

    long delay;
    boolean silent;
    boolean wrongSequence;
    boolean twice;
    /** 0: no generic_nack. */
    int nack;
    /** Strikes the connection once the message is taken. */
    @Nullable
    FaultSettings strike;

    Effect cleared() {
        status = 0;
        delay = 0;
        silent = false;
        wrongSequence = false;
        twice = false;
        nack = 0;
        strike = null;
        return this;
    }

    /** @param remaining nanoseconds that the fault still lasts */
    void add(FaultSettings fault, long remaining) {
        switch (fault.kind()) {
            case HOLD_ANSWERS -> delay = Math.max(delay, remaining);
            case LATE_ANSWERS -> delay += fault.delay().toNanos();
            case NO_ANSWERS -> silent = true;
            case WRONG_SEQUENCE -> wrongSequence = true;
            case DOUBLE_ANSWERS -> twice = true;
            case NACK -> nack = fault.statusOrUsual();
            case THROTTLE, QUEUE_FULL -> status = fault.statusOrUsual();
            case RESET, UNBIND, GARBAGE, FREEZE, HALF_OPEN, REFUSE_BINDS, AWAY -> strike = fault;
        }
    }
}
