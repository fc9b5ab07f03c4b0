// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.QueuedMt;

/** What a connection claims, and the rate it gives its link. */
class SendingTest {
    private final AtomicLong nanos = new AtomicLong();
    private final TakingLink link = new TakingLink();

    @ParameterizedTest
    @Observes("connection.messages-ahead")
    @CsvSource({"0, 20", "1000, 1020"})
    void itHoldsSoManyMessagesBeyondTwoWindows(int ahead, int room) {
        assertThat(sending("messages-ahead = " + ahead).room()).isEqualTo(room);
    }

    @ParameterizedTest
    @Observes("connection.max-open-parts")
    @CsvSource({"2, 0, 0", "64, 62, 1018"})
    void itWorksOnSoManyPartsAtOnce(int most, int parts, int messages) {
        Sending sending = sending("max-open-parts = " + most);
        sending.opened(part(1));
        sending.opened(part(2));

        assertThat(sending.partRoom()).isEqualTo(parts);
        assertThat(sending.room()).isEqualTo(messages);
    }

    @ParameterizedTest
    @Observes("connection.throttle-recovery")
    @CsvSource({"5s, 0", "60s, 1"})
    void aThrottledConnectionIsTrustedAgainAfterSoLong(String recovery, int isLimited) {
        Sending sending = sending("throttle-recovery = " + recovery);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        sending.throttle().onThrottled(100);
        sending.applyRate();
        assertThat(link.rate).isPositive();

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        sending.tick(100);

        assertThat(link.rate > 0).isEqualTo(isLimited == 1);
    }

    @Test
    void aConnectionThatIsNotThrottledHasNoLimit() {
        sending("").tick(100);

        assertThat(link.rate).isZero();
    }

    private static ClaimedPart part(long id) {
        QueuedMt mt = new QueuedMt(id << 10, "+33600000001", "Hello", null, 0, false);
        return new ClaimedPart(id, 1, DeliverySettings.DEFAULT, null, 1, List.of(mt));
    }

    private Sending sending(String line) {
        ConnectionLimits limits = ConnectionLimits.from(
                ConfigFactory.load(ConfigFactory.parseString("sms-process.connection { " + line + " }")));
        AccountSnapshot account =
                new AccountSnapshot(TestAccounts.account("acme", "window = 10"), AccountState.INITIAL);
        return new Sending(new Links(link, link), account, settings -> Double.POSITIVE_INFINITY, nanos::get, limits);
    }
}
