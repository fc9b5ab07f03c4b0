// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Stats;
import org.smsprocess.store.TestDatabase;

/**
 * Many accounts on three nodes that start together: all bound soon, evenly spread, never one bind too many. {@code -Dmany.accounts=100} is
 * the long form.
 */
class ManyAccountsIT {
    private static final Logger LOG = LoggerFactory.getLogger(ManyAccountsIT.class);
    private static final int ACCOUNTS = Integer.getInteger("many.accounts", 20);
    private static final int CONNECTIONS = 4;
    private static final int NODES = 3;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void allAreBoundSoonAndSpreadEvenly() throws Exception {
        String accounts = IntStream.range(0, ACCOUNTS)
                .mapToObj(i -> "a%1$03d { system-id = a%1$03d }".formatted(i))
                .collect(Collectors.joining(
                        "\n", "account-defaults.child-connections = " + CONNECTIONS + "\naccounts {\n", "}"));
        try (TestCluster cluster = new TestCluster(DB, folder, "", accounts)) {
            long begin = System.nanoTime();
            for (int i = 0; i < NODES; i++) {
                cluster.start("node-" + i);
            }
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> cluster.nodes.stream().anyMatch(NodeJvm::isReady));
            LOG.info("the first node is ready after {} s", seconds(begin));
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> cluster.bound() == ACCOUNTS * CONNECTIONS);
            double bound = seconds(begin);
            LOG.info(
                    "{} connections of {} accounts bound {} s after the start of the JVMs",
                    cluster.bound(),
                    ACCOUNTS,
                    bound);
            cluster.awaitReady();
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertEven(TestCluster.spread(cluster.nodes.get(0))));
            LOG.info("spread evenly over {} nodes {} s after the start", NODES, seconds(begin));

            for (Stats.SystemId account : cluster.smsc.record().stats().systemIds()) {
                assertThat(account.maxBound()).isLessThanOrEqualTo(CONNECTIONS);
            }
            assertThat(bound).isLessThan(120); // a busy machine; on one of its own it has to be below 20
        }
    }

    private static void assertEven(Map<String, Map<String, Integer>> byAccount) {
        assertThat(byAccount).hasSize(ACCOUNTS);
        Map<String, Integer> total = new HashMap<>();
        byAccount.forEach((account, byNode) -> {
            assertThat(byNode.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(CONNECTIONS);
            assertThat(byNode).as(account).hasSize(NODES);
            assertThat(difference(byNode.values())).as(account).isLessThanOrEqualTo(1);
            byNode.forEach((node, count) -> total.merge(node, count, Integer::sum));
        });
        assertThat(difference(total.values())).as("%s", total).isLessThanOrEqualTo(1);
    }

    private static int difference(Collection<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).max().orElseThrow()
                - counts.stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    private static double seconds(long sinceNanos) {
        return Math.round((System.nanoTime() - sinceNanos) / 1e7) / 100.0;
    }
}
