// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.smsprocess.account.SrSettings;
import org.smsprocess.sr.WaitingRoom.Waiting;
import org.smsprocess.sr.reading.StatusReport;

/**
 * How SR with unknown ids are treated now: an account's settings in force and a correlator's memory of such SR.
 *
 * @param waitMillis {@code unknown-id-wait}
 * @param questionMillis {@code question-timeout}
 * @param acknowledgeCount {@code invalid-id-acknowledge-count}
 * @param nowMillis of a clock that never jumps
 */
record Patience(
        WaitingRoom room,
        UnknownIds unknownIds,
        long waitMillis,
        long questionMillis,
        int acknowledgeCount,
        long nowMillis) {
    static Patience of(
            WaitingRoom room, UnknownIds unknownIds, SrSettings settings, long questionMillis, long nowMillis) {
        return new Patience(
                room,
                unknownIds,
                settings.unknownIdWait().toMillis(),
                questionMillis,
                settings.invalidIdAcknowledgeCount(),
                nowMillis);
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
        return room.add(report, place, nowMillis + questionMillis, nowMillis);
    }

    List<Waiting> takeOverdue() {
        return room.takeOverdue(nowMillis);
    }
}
