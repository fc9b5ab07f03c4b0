// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.SettingsSource;

class WatchedSettingsTest {
    private final Config started = config("");
    private final WatchedSettings settings = new WatchedSettings(SettingsSource.of(started), started);

    private static Config config(String own) {
        return NodeConfig.load(ConfigFactory.parseString(own));
    }

    @Test
    void whatWouldStopTheNextStartIsToldAtTheReload() {
        assertThat(settings.problemsOfTheNextStart(config("""
                        sms-process.http.port = 99999
                        sms-process.connection.drain-timeout = soon
                        sms-process.cluster.node-ttl = 1s""")))
                .extracting(SettingsProblem::key)
                .containsExactlyInAnyOrder(
                        "sms-process.http.port",
                        "sms-process.connection.drain-timeout",
                        "sms-process.cluster.node-ttl");
    }

    @Test
    void whatWaitsForTheNextStartIsNamedInTheLog() {
        try (CapturedLog log = new CapturedLog(WatchedSettings.class.getName())) {
            assertThat(settings.problemsOfTheNextStart(config("sms-process.accounts.a.host = h")))
                    .isEmpty();
            assertThat(log.lines).isEmpty();

            settings.problemsOfTheNextStart(config("sms-process { http.port = 8081, datastore.pool-size = 9 }"));
            assertThat(log.lines)
                    .singleElement()
                    .asString()
                    .contains("Settings of sms-process.datastore, sms-process.http have changed");
        }
    }
}
