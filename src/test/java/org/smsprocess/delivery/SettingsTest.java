// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.upkeep.UpkeepSettings;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.store.DatastoreSettings;

class SettingsTest {
    @Test
    void referenceConfHoldsEveryDefault() {
        Config config = ConfigFactory.load();

        assertThat(IntakeSettings.from(config).partSize()).isEqualTo(500);
        assertThat(DeliveryLogSettings.from(config).batchUpdateSize()).isEqualTo(5000);
        assertThat(DeliveryLogSettings.from(config).updateThreads()).isEqualTo(1);
        assertThat(UpkeepSettings.from(config).retention()).hasDays(30);
        assertThat(config.getBoolean("sms-process.datastore.embedded.fsync")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "part-size, 1025, 1 to 1024",
        "part-size, 0, 1 to 1024",
        "intake.max-waiting, 0, 1 to 10000000",
        "intake.writers, 17, 1 to 16",
        "batch-update-size, 0, 1 to 100000",
        "update-threads, 65, 1 to 64",
        "datastore.pool-size, -1, 0 to 200",
        "datastore.queue-size, 9, 10 to 1000000",
        "datastore.statement-timeout, \"61s\", 1s to 1m",
        "retention, \"59m\", 1h to 87840h",
        "part-retry-delay, \"-1s\", 0s to 24h",
    })
    void aValueOutOfRangeIsRefusedWithKeyAndRange(String key, String value, String range) {
        Config config = ConfigFactory.load(ConfigFactory.parseString(
                "sms-process." + key + " = " + value,
                ConfigParseOptions.defaults().setOriginDescription("node.conf")));

        assertThatThrownBy(() -> {
                    IntakeSettings.from(config);
                    DeliveryLogSettings.from(config);
                    UpkeepSettings.from(config);
                    DatastoreSettings.from(config);
                })
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(
                        "node.conf: 1: sms-process." + key + " = " + value + " is out of range (" + range + ")");
    }

    @Test
    void anEmbeddedServerHasConnectionsForAllPools() {
        Config few = ConfigFactory.load(ConfigFactory.parseString(
                "sms-process.datastore { pool-size = 30, query-pool-size = 10, embedded.max-connections = 52 }"));

        assertThatThrownBy(() -> DatastoreSettings.from(few))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(
                        "sms-process.datastore.embedded.max-connections = 52 is too few for pool-size = 30"
                                + " and query-pool-size = 10 (at least 53)");
    }

    @Test
    void aUrlThatIsNotPostgresqlIsRefusedAndThePasswordIsNeverShown() {
        Config other = ConfigFactory.load(
                ConfigFactory.parseString("sms-process.datastore.url = \"jdbc:mysql://h/d?password=s3cret\""));
        Config secret = ConfigFactory.load(ConfigFactory.parseString(
                "sms-process.datastore { url = \"jdbc:postgresql://h/d\", password = \"s3cret\" }"));

        assertThatThrownBy(() -> DatastoreSettings.from(other))
                .hasMessageContaining("sms-process.datastore.url is not a jdbc:postgresql: URL")
                .hasMessageNotContaining("s3cret");
        assertThat(DatastoreSettings.from(secret).toString()).doesNotContain("s3cret");
    }
}
