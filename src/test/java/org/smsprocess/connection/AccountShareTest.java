// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;

class AccountShareTest {
    private static AccountSettings account(String settings) {
        return AccountSettings.from(
                "acme",
                ConfigFactory.load(
                        ConfigFactory.parseString("sms-process.accounts.acme { host = localhost\n" + settings + "}")));
    }

    @ParameterizedTest
    @CsvSource({"100, 4, 1", "10, 4, 1", "3, 8, 1", "1, 4, 2", "1.5, 4, 1", "0.5, 2, 1", "7, 3, 2"})
    @Observes({"max-account-throughput", "child-connections"})
    void sharesAddUpToTheRateOfTheAccount(double total, int children, int threads) {
        AccountSettings account = account("child-connections = " + children + "\nmax-account-throughput = " + total);

        double sum = SlotId.of(account, threads, 1).stream()
                .mapToDouble(slot -> AccountShare.of(account, slot, threads, 1))
                .sum();

        assertThat(sum).isCloseTo(total, within(1e-9));
    }

    /** Two connections at 0.5 a second each could send one message each in the same second. */
    @Test
    void wholeMessagesAreDealtOut() {
        AccountSettings account = account("child-connections = 4, max-account-throughput = 6");

        assertThat(SlotId.of(account, 1, 1))
                .map(slot -> AccountShare.of(account, slot, 1, 1))
                .containsExactly(2.0, 2.0, 1.0, 1.0);
    }

    @Test
    void withFewerMessagesThanConnectionsSomeOnlyReceive() {
        AccountSettings account = account("child-connections = 3, max-account-throughput = 1");

        assertThat(SlotId.of(account, 1, 1))
                .map(slot -> AccountShare.of(account, slot, 1, 1))
                .containsExactly(1.0, AccountShare.NOTHING, AccountShare.NOTHING);
    }

    @Test
    void withoutALimitThereIsNone() {
        assertThat(AccountShare.of(account(""), new SlotId("acme", 0, 0), 1, 1)).isInfinite();
    }

    @Test
    @Observes({"connection-scope", "max-nodes"})
    void connectionsAreCountedOverTheClusterOrPerNode() {
        assertThat(slots("connection-scope = cluster, child-connections = 4", 3))
                .hasSize(4);
        assertThat(slots("connection-scope = node, child-connections = 4", 3)).hasSize(12);
        assertThat(slots("connection-scope = node, child-connections = 4, max-nodes = 2", 3))
                .hasSize(8);
    }

    private static List<SlotId> slots(String settings, int nodes) {
        return SlotId.of(account(settings), 1, nodes);
    }
}
