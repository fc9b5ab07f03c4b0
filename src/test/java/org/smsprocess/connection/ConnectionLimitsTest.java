// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.Observes;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.text.ConcatReference;

class ConnectionLimitsTest {
    @Test
    @Observes("connection.concat-destinations")
    void soManyDestinationsHaveTheirOwnReferences() {
        assertThat(countsOnAfterOthers("concat-destinations = 65536")).isTrue();
        // by chance one in 65536 does
        assertThat(countsOnAfterOthers("concat-destinations = 8") && countsOnAfterOthers("concat-destinations = 8"))
                .isFalse();
    }

    private static boolean countsOnAfterOthers(String line) {
        ConcatReference references = new ConcatReference(limits(line).concatDestinations());
        int first = references.next("+33600000001");
        for (int i = 0; i < 1000; i++) {
            references.next("other " + i);
        }
        return references.next("+33600000001") == (first + 1 & 0xFFFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concat-destinations = 7",
                "max-pdu-size = 1023",
                "max-unanswered = 0",
                "max-open-parts = 0",
                "messages-ahead = -1",
                "drain-timeout = 9ms",
                "lease.ttl = 3s" // renew-period and margin together
            })
    void whatIsOutOfRangeIsRefusedByName(String line) {
        assertThatThrownBy(() -> limits(line))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("sms-process.connection." + line.substring(0, line.indexOf(' ')));
    }

    private static ConnectionLimits limits(String line) {
        return ConnectionLimits.from(ConfigFactory.load(ConfigFactory.parseString("sms-process.connection." + line)));
    }
}
