// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;

class DatastoreSettingsTest {
    @ParameterizedTest
    @Observes("datastore.pool-size")
    @CsvSource({
        "0, true, 1, 2",
        "0, true, 2, 2",
        "0, true, 6, 6",
        "0, true, 64, 8",
        "0, false, 2, 8",
        "0, false, 64, 8",
        "1, true, 2, 1",
        "30, true, 2, 30",
        "30, false, 2, 30",
    })
    void trafficSharesTheProcessorsOfItsMachineWithTheServer(
            int poolSize, boolean isServerHere, int processors, int connections) {
        DatastoreSettings settings = DatastoreSettings.from(
                ConfigFactory.load(ConfigFactory.parseString("sms-process.datastore.pool-size = " + poolSize)));

        assertThat(settings.trafficConnections(() -> isServerHere, processors)).isEqualTo(connections);
    }
}
