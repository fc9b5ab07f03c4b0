// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Stats;
import org.smsprocess.store.TestDatabase;

/**
 * Three nodes under load are replaced one by one, the oldest first: each ends with SIGTERM and comes back as another version. As the SMSC
 * sees it, no message is lost or repeated, and each connection is handed over. How long one is missing is logged: a second at most where
 * nobody waits for a core.
 */
class RollingUpgradeIT {
    private static final Logger LOG = LoggerFactory.getLogger(RollingUpgradeIT.class);
    private static final int NODES = 3;
    private static final long LEASE_MILLIS = 8_000;
    /** One connection each, so that an account's gap is the slot's. */
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 9).mapToObj(i -> "account-" + i).toList();

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrRepeatedAndNoConnectionMissingForLong() throws Exception {
        String accounts = ACCOUNTS.stream()
                .map(account -> account + " { system-id = " + account + " }")
                .collect(Collectors.joining("\n", "account-defaults.window = 20\naccounts {\n", "}"));
        try (TestCluster cluster =
                        new TestCluster(DB, folder, "submit.latency = 50ms, sr { delay = 300ms }", accounts);
                Gaps gaps = new Gaps(cluster.smsc)) {
            cluster.start("old-0", version("1.0.0"));
            cluster.awaitReady();
            cluster.start("old-1", version("1.0.0"));
            cluster.start("old-2", version("1.0.0"));
            cluster.awaitReady();
            awaitEven(cluster);
            try (Load load = new Load(List.copyOf(cluster.nodes), ACCOUNTS)) {
                load.awaitAccepted(500);
                gaps.watch(ACCOUNTS);
                for (int i = 0; i < NODES; i++) {
                    replace(cluster, load, i);
                    awaitEven(cluster);
                    LOG.info(
                            "node {} of {} replaced, longest gap of a connection so far {} ms",
                            i + 1,
                            NODES,
                            gaps.longestMillis());
                }
                load.awaitAccepted(300);
                Comparison books = load.end(cluster.smsc);
                LOG.info(
                        "{}, {} gaps, longest {} ms, machine late by {} ms",
                        books,
                        gaps.count(),
                        gaps.longestMillis(),
                        gaps.latestMillis());
                assertThat(books.lost()).isZero();
                assertThat(books.duplicates()).isZero();
                assertThat(books.unexpected()).isZero();
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(DB.number("select count(*) from message where status <> 'delivered'"))
                                    .isZero());
            assertThat(gaps.count()).isPositive();
            // handed over, not waited for: a lease that is not given back runs for this long
            assertThat(gaps.longestMillis()).isLessThan(LEASE_MILLIS + gaps.latestMillis());
            for (Stats.SystemId account : cluster.smsc.record().stats().systemIds()) {
                assertThat(account.maxBound()).isEqualTo(1);
            }
            for (NodeJvm node : cluster.nodes) {
                assertThat(node.log()).doesNotContain("NotSerializableException", "Failed to serialize");
            }
        }
    }

    private static void replace(TestCluster cluster, Load load, int which) throws Exception {
        NodeJvm old = cluster.nodes.get(which);
        load.only(cluster.nodes.stream()
                .filter(node -> node != old && !node.hasEnded())
                .toList());
        old.terminate();
        await().atMost(Duration.ofSeconds(60)).until(old::hasEnded);
        assertThat(old.exitCode()).as(old::log).isZero();
        NodeJvm next = cluster.start("new-" + which, version("2.0.0"));
        await().atMost(Duration.ofSeconds(90)).until(next::isReady);
        load.only(cluster.nodes.stream().filter(node -> !node.hasEnded()).toList());
    }

    private static void awaitEven(TestCluster cluster) {
        NodeJvm asked = cluster.nodes.get(cluster.nodes.size() - 1);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> cluster.bound() == ACCOUNTS.size()
                        && TestCluster.totals(asked).equals(List.of(3, 3, 3)));
    }

    private static String version(String version) {
        return "pekko.cluster.app-version = \"" + version + "\"";
    }
}
