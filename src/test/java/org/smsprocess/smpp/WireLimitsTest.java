// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.settings.InvalidSettings;

class WireLimitsTest {
    @Test
    void referenceConfHoldsEveryDefault() {
        WireLimits limits = WireLimits.from(ConfigFactory.defaultReference());

        assertThat(limits.readBuffer()).isEqualTo(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io-threads = -1",
                "read-buffer = 1",
                "write-burst = 1",
                "write-high-water = 1",
                "max-unwritten = 1k",
                "max-unwritten = 300k", // with the default of write-high-water
                "max-late-answers = -1",
                "unbind-timeout = 1ms",
                "lease-check-period = 1m"
            })
    void namesTheKeyThatIsOutOfRange(String line) {
        var config =
                ConfigFactory.parseString("sms-process.smpp." + line).withFallback(ConfigFactory.defaultReference());

        assertThatThrownBy(() -> WireLimits.from(config))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("sms-process.smpp." + line.substring(0, line.indexOf(' ')))
                .hasMessageContaining("out of range");
    }
}
