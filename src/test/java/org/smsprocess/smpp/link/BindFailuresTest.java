// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.smpp.BindFailure;

class BindFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "0x0D, CREDENTIALS, Bind failed",
        "0x0E, CREDENTIALS, Password invalid",
        "0x0F, CREDENTIALS, System ID invalid",
        "0x05, ALREADY_BOUND, ESME already in bound state",
        "0x08, REFUSED, System error",
        "0x58, REFUSED, Throttling error",
        "0x400, REFUSED, 0x00000400"
    })
    void sortsRefusalsByWhatCanBeDone(String commandStatus, BindFailure.Kind kind, String words) {
        BindFailure failure = BindFailures.refused("the SMSC refused the bind", Integer.decode(commandStatus));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.commandStatus()).isEqualTo(Integer.decode(commandStatus));
        assertThat(failure).hasMessageContaining(words);
    }
}
