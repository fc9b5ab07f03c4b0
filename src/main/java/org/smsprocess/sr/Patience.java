// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.smsprocess.account.SrSettings;
import org.smsprocess.sr.WaitingRoom.Waiting;

/**
 * How SR with unknown ids are treated now: an account's settings in force and a correlator's memory of such SR.
 *
 * @param waitMillis {@code unknown-id-wait}
 * @param acknowledgeCount {@code invalid-id-acknowledge-count}
 * @param nowMillis of a clock that never jumps
 */
record Patience(WaitingRoom room, UnknownIds unknownIds, long waitMillis, int acknowledgeCount, long nowMillis) {
    private static final long QUESTION_MILLIS = 3000;

    static Patience of(WaitingRoom room, UnknownIds unknownIds, SrSettings settings, long nowMillis) {
        return new Patience(
                room, unknownIds, settings.unknownIdWait().toMillis(), settings.invalidIdAcknowledgeCount(), nowMillis);
    }

    /** Nothing waits. */
    boolean isOver() {
        return waitMillis <= 0;
    }

    Waiting admit(StatusReport report, Answers.Place place) {
        return room.add(report, place, nowMillis + waitMillis, nowMillis);
    }

    /** Only until another correlator has been asked. */
    Waiting admitBriefly(StatusReport report, Answers.Place place) {
        return room.add(report, place, nowMillis + QUESTION_MILLIS, nowMillis);
    }

    List<Waiting> takeOverdue() {
        return room.takeOverdue(nowMillis);
    }
}
