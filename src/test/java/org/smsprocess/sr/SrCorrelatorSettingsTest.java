// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.smsprocess.sr.SrFixtures.correlators;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrCorrelatorSettingsTest {
    @Test
    void referenceConfHoldsEveryDefault() {
        SrCorrelatorSettings settings = correlators();

        assertThat(settings.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.expired()).isEqualTo(new SrEvent.Expired(42, 6));
        assertThat(settings.maxWaiting()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buckets = 0",
                "buckets = 257",
                "batch-entries = 0",
                "batch-delay = 2s",
                "max-pending = 99",
                "retention = 59m",
                "retention = 31d",
                "remember-final = -1",
                "max-unlogged = 0",
                "check-period = 9ms",
                "wake-period = 0s",
                "snapshot-every-entries = 99",
                "no-such-key = 1"
            })
    void whatIsOutOfRangeIsRefusedByName(String line) {
        assertThatThrownBy(() -> correlators(line))
                .hasMessageContaining("sms-process.sr." + line.substring(0, line.indexOf(' ')));
    }
}
