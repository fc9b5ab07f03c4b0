// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.delivery.log.FinalStatus;

/** message_state of SMPP 3.4 §5.2.28. */
class QueriedStateTest {
    @ParameterizedTest
    @CsvSource({"2, DELIVRD, true", "3, EXPIRED, false", "4, DELETED, false", "5, UNDELIV, false", "8, REJECTD, false"})
    void finalStatesSettleAsAnSrWould(int messageState, String stat, boolean isDelivered) {
        assertThat(QueriedState.of(messageState).asFinal(7, "id", 42, 1000))
                .contains(new FinalStatus(7, isDelivered, "id", stat, "042", 1000));
    }

    /** ENROUTE, ACCEPTED, UNKNOWN, and what the specification does not know. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 9, 255, -1})
    void otherStatesSettleNothing(int messageState) {
        assertThat(QueriedState.of(messageState).asFinal(7, "id", 0, 1000)).isEmpty();
    }
}
