// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.store.TestDatabase;

/** What an MT costs between nodes: its mapping and its status report cross in batches, and nothing else does. */
class RemoteTrafficIT {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteTrafficIT.class);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void batchesCrossAndNotMessages() throws Exception {
        try (TestCluster cluster = new TestCluster(DB, folder, "submit.latency = 20ms, sr { delay = 300ms }", """
                account-defaults { child-connections = 2, window = 100 }
                accounts { north { system-id = north }, south { system-id = south } }""")) {
            cluster.start("first");
            cluster.start("second");
            cluster.awaitReady();
            cluster.awaitTotals(List.of(2, 2));
            try (Load load = new Load(cluster.nodes)) {
                load.awaitAccepted(1500);
                assertThat(load.end(cluster.smsc).lost()).isZero();
            }
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(DB.number("select count(*) from message where status <> 'delivered'"))
                                    .isZero());
            long mts = DB.number("select count(*) from message");
            double sr = sum(cluster, "messages_total", "sr") / mts;
            LOG.info(
                    "{} MT with SR over two nodes: {} messages and {} octets between them for each",
                    mts,
                    Math.round(1000 * sr) / 1000.0,
                    Math.round(sum(cluster, "octets_total", "sr") / mts));

            assertThat(sr).isBetween(0.001, 2.0);
            assertThat(sum(cluster, "messages_total", "slot") / mts).isLessThan(0.1);
        }
    }

    private static double sum(TestCluster cluster, String counter, String kind) {
        Pattern sample = Pattern.compile("(?m)^sms_cluster_" + counter + "\\{[^}]*kind=\"" + kind + "\"[^}]*} (\\S+)");
        return cluster.nodes.stream()
                .mapToDouble(node -> {
                    Matcher found = sample.matcher(node.metrics());
                    assertThat(found.find()).as(node::metrics).isTrue();
                    return Double.parseDouble(found.group(1));
                })
                .sum();
    }
}
