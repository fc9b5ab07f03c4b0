// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.delivery.TestQueue.get;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.store.TestDatabase;

/** Settings of upkeep and retention, as the partitions and rows that are left show them. */
class UpkeepSettingsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final ActorTestKit KIT = ActorTestKit.create();
    private TestQueue all;

    @BeforeEach
    void open() {
        all = new TestQueue(DB, Map.of());
    }

    @AfterEach
    void close() {
        all.signal.close();
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    @Observes({"upkeep.partition-period", "retention"})
    void aPartitionIsBegunAfterThePeriodAndDroppedAfterTheRetention() {
        all.accept("acme", 60);
        long present = present();
        upkeep("");
        age(present, "2 minutes");
        upkeep("");
        assertThat(present()).isEqualTo(present);

        upkeep("upkeep.partition-period = 1m");
        assertThat(present()).isEqualTo(present + 1);

        DB.execute("update message set status = 'delivered'");
        upkeep("");
        age(present + 1, "2 hours");
        upkeep("");
        assertThat(exists(present)).isTrue();
        upkeep("retention = 1h");
        assertThat(exists(present)).isFalse();
    }

    @Test
    @Observes("upkeep.partition-size")
    void aPartitionIsBegunWhenThePresentOneIsLargeEnough() {
        all.accept("acme", 6000); // some 2 MB
        long present = present();
        upkeep("upkeep.partition-size = 1g");
        assertThat(present()).isEqualTo(present);

        upkeep("upkeep.partition-size = 1m");

        assertThat(present()).isEqualTo(present + 1);
    }

    @ParameterizedTest
    @Observes("upkeep.period")
    @CsvSource({"100ms, true", "1h, false"})
    void itIsDoneEveryPeriod(String period, boolean again) {
        hold();
        var upkeep = KIT.spawn(Upkeep.create(DB.database(), settings("upkeep.period = " + period)));
        await().atMost(Duration.ofSeconds(30)).until(() -> held() == 0);
        hold();

        if (again) {
            await().atMost(Duration.ofSeconds(30)).until(() -> held() == 0);
        } else {
            await().during(Duration.ofMillis(600)).until(() -> held() == 1);
        }
        KIT.stop(upkeep);
    }

    /** A row without its message, which the next run removes. */
    private static void hold() {
        DB.execute("insert into held_message (mt_id, account) values (1, 'acme') on conflict do nothing");
    }

    private static long held() {
        return DB.number("select count(*) from held_message");
    }

    private static long present() {
        return DB.number("select last_value from part_id") >> 20;
    }

    private static boolean exists(long partition) {
        return DB.number("select count(*) from pg_class where relname = ?", "message_" + partition) == 1;
    }

    private static void age(long partition, String time) {
        DB.execute(
                "update message_partition set opened_at = now() - interval '" + time + "' where number = " + partition);
    }

    private static void upkeep(String line) {
        get(Upkeep.run(DB.database(), settings(line), IdBlocks.ofParts()));
    }

    private static UpkeepSettings settings(String line) {
        return UpkeepSettings.from(
                ConfigFactory.load(ConfigFactory.parseString(line.isEmpty() ? "" : "sms-process." + line)));
    }
}
