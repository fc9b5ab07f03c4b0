// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.Observes;
import org.smsprocess.store.TestDatabase;

/** The settings of leases, as the rows of the database and the local deadline show them. */
class LeaseSettingsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final ActorTestKit KIT = ActorTestKit.create();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    @Observes({"connection.lease.ttl", "connection.lease.renew-period"})
    void aLeaseLastsItsTimeAndIsRenewedEveryPeriod() {
        take("idle/0/0", "ttl = 1h, renew-period = 10m");
        take("busy/0/0", "ttl = 1h, renew-period = 100ms");
        assertThat(DB.number(
                        "select extract(epoch from expires_at - now())::int from slot_lease where slot = 'idle/0/0'"))
                .isBetween(3500L, 3600L);
        Object idle = expiry("idle/0/0");
        Object busy = expiry("busy/0/0");

        await().atMost(Duration.ofSeconds(30)).until(() -> !expiry("busy/0/0").equals(busy));

        assertThat(expiry("idle/0/0")).isEqualTo(idle);
    }

    @Test
    @Observes("connection.lease.margin")
    void itsHolderStopsSoMuchEarlier() {
        long begun = System.nanoTime();
        HeldLease careful = take("careful/0/0", "ttl = 60s, renew-period = 20s, margin = 30s");
        HeldLease bold = take("bold/0/0", "ttl = 60s, renew-period = 20s, margin = 0s");
        long now = System.nanoTime();

        assertThat(careful.isValid(begun + Duration.ofSeconds(29).toNanos())).isTrue();
        assertThat(careful.isValid(now + Duration.ofSeconds(31).toNanos())).isFalse();
        assertThat(bold.isValid(begun + Duration.ofSeconds(59).toNanos())).isTrue();
    }

    private static Object expiry(String slot) {
        return DB.column("select expires_at from slot_lease where slot = ?", slot)
                .get(0);
    }

    private static HeldLease take(String slot, String lines) {
        ConnectionLimits limits = ConnectionLimits.from(
                ConfigFactory.load(ConfigFactory.parseString("sms-process.connection.lease { " + lines + " }")));
        TestProbe<LeaseKeeper.Reply> replies = KIT.createTestProbe();
        KIT.spawn(LeaseKeeper.create(DB.database().leases(), "node:" + slot, limits, System::nanoTime))
                .tell(new LeaseKeeper.Take(slot, replies.getRef()));
        return replies.expectMessageClass(LeaseKeeper.Granted.class, Duration.ofSeconds(30))
                .lease();
    }
}
