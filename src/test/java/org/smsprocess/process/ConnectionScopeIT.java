// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Record.Expected;
import org.smsprocess.store.TestDatabase;

/** max-nodes and connection-scope = node on three nodes, of which one dies. */
class ConnectionScopeIT {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionScopeIT.class);
    private static final int WINDOW = 10;
    private static final int MESSAGES = 6000;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void limitsOfNodesHoldAndADeadNodesMessagesAreSent() throws Exception {
        try (TestCluster cluster =
                new TestCluster(DB, folder, "submit.latency = 60ms, sr { enabled = false }", """
                connection.lease { ttl = 5s, renew-period = 1s }
                account-defaults { window = %d, in-doubt-wait = 1s }
                accounts {
                  two { system-id = two, child-connections = 4, max-nodes = 2 }
                  each { system-id = each, child-connections = 2, connection-scope = node }
                }""".formatted(WINDOW))) {
            NodeJvm stays = cluster.start("stays");
            cluster.start("other");
            NodeJvm dies = cluster.start("dies");
            cluster.awaitReady();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Map<String, Map<String, Integer>> spread = TestCluster.spread(stays);
                assertThat(spread.getOrDefault("two", Map.of()).values()).containsExactly(2, 2);
                assertThat(spread.getOrDefault("each", Map.of()).values()).containsExactly(2, 2, 2);
            });

            List<Expected> sent = post(stays);
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            DB.number("select count(distinct owner) from delivery_part where owner is not null") == 6);
            dies.kill();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Map<String, Map<String, Integer>> spread = TestCluster.spread(stays);
                assertThat(spread.getOrDefault("two", Map.of()).values()).containsExactly(2, 2);
                assertThat(spread.getOrDefault("each", Map.of()).values()).containsExactly(2, 2);
            });
            long bound = System.nanoTime();
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> cluster.smsc.record().compare(sent).lost() == 0);
            LOG.info(
                    "all sent {} s after the slots of the dead node were gone",
                    (System.nanoTime() - bound) / 1_000_000_000);

            Comparison books = cluster.smsc.record().compare(sent);
            assertThat(books.unexpected()).isZero();
            assertThat(books.duplicates()).isLessThanOrEqualTo(2L * WINDOW); // what was in its two windows
            assertThat(cluster.account("two").maxBound()).isLessThanOrEqualTo(4);
            assertThat(cluster.account("each").maxBound()).isLessThanOrEqualTo(6);
        }
    }

    private static List<Expected> post(NodeJvm node) {
        List<Expected> batch = IntStream.range(0, MESSAGES)
                .mapToObj(i -> new Expected("12345", "336" + (10_000_000 + i), "message " + i))
                .toList();
        String messages = batch.stream()
                .map(message -> "{\"to\":\"" + message.destination() + "\",\"text\":\"" + message.text() + "\"}")
                .collect(Collectors.joining(","));
        assertThat(node.post("/api/v1/messages", "{\"account\":\"each\",\"messages\":[" + messages + "]}"))
                .isEqualTo(202);
        return batch;
    }
}
