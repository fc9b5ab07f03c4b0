// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.RestartPause;

class MoProcessSettingsTest {
    @Test
    void referenceConfHoldsEveryDefault() {
        MoProcessSettings settings = MoProcessSettings.from(ConfigFactory.load());

        assertThat(settings)
                .isEqualTo(new MoProcessSettings(
                        8,
                        Duration.ofMinutes(2),
                        10_000,
                        10_000,
                        500,
                        1000,
                        Duration.ofSeconds(10),
                        Duration.ofDays(90),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        new RestartPause(Duration.ofMillis(200), Duration.ofSeconds(2))));
    }

    @ParameterizedTest
    @CsvSource({
        "buckets, 0",
        "buckets, 1025",
        "dedup-window, 25h",
        "remembered-parts, -1",
        "open-groups, 0",
        "snapshot-every, 9",
        "batch-size, 0",
        "wake-period, 0s",
        "clean-period, 0s",
        "store-retry, 9ms"
    })
    void namesTheKeyOutOfRange(String key, String value) {
        Config config = ConfigFactory.parseString("sms-process.mo." + key + " = " + value)
                .withFallback(ConfigFactory.load());

        assertThatThrownBy(() -> MoProcessSettings.from(config)).hasMessageContaining("sms-process.mo." + key);
    }
}
