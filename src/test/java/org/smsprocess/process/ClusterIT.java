// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/** Three nodes, each a JVM, one PostgreSQL: they share the connections, and one that dies or leaves takes none away for long. */
class ClusterIT {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterIT.class);
    private static final int CONNECTIONS = 4;
    private static final int WINDOW = 20;
    /** 11 s on a machine of its own, of which 8 are waits of the settings. */
    private static final Duration TAKEOVER = Duration.ofSeconds(40);

    private static final List<String> ACCOUNTS = List.of("north", "south");

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    private final List<NodeJvm> nodes = new ArrayList<>();
    private final Simulator smsc = Simulator.start(SimulatorSettings.parse("""
            sms-process-simulator { port = 0, http-port = none, submit.latency = 20ms, sr { delay = 300ms }, deliver { timeout = 5s, retry-delay = 500ms } }"""));

    @AfterEach
    void end() throws InterruptedException {
        for (NodeJvm node : nodes) {
            node.close();
        }
        smsc.close();
    }

    private NodeJvm start(String name) throws IOException {
        NodeJvm node = NodeJvm.start(folder, name, """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  data-dir = "%s"
                  connection.lease { ttl = 5s, renew-period = 1s }
                  account-defaults {
                    host = "127.0.0.1", port = %d, child-connections = %d, window = %d, reconnect-delay = 500ms
                    source-number = "12345", in-doubt-wait = 3s, unknown-id-wait = 2s
                  }
                  accounts { north { system-id = north }, south { system-id = south } }
                }
                """.formatted(
                        DB.settings().url(),
                        DB.settings().user(),
                        DB.settings().password(),
                        folder.resolve(name),
                        smsc.smppPort(),
                        CONNECTIONS,
                        WINDOW));
        nodes.add(node);
        return node;
    }

    @Test
    @Tag("S33")
    void threeNodesShareTheConnectionsAndOutliveEachOther() throws Exception {
        long begin = System.nanoTime();
        NodeJvm stays = start("first");
        NodeJvm dies = start("second");
        NodeJvm leaves = start("third");
        await().atMost(Duration.ofSeconds(120)).until(() -> nodes.stream().allMatch(NodeJvm::isReady));
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertSpread(stays.connections(), 3));
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertSpread(leaves.connections(), 3));
        LOG.info("three nodes formed and spread after {} s", seconds(begin));

        try (Load load = new Load(List.of(stays, leaves))) {
            load.awaitAccepted(500);

            long killed = System.nanoTime();
            dies.kill();
            await().pollInterval(Duration.ofMillis(50)).until(() -> bound() < ACCOUNTS.size() * CONNECTIONS);
            awaitAllBound(TAKEOVER);
            LOG.info("kill -9: all connections bound elsewhere after {} s", seconds(killed));
            load.awaitAccepted(500);

            long terminated = System.nanoTime();
            load.only(stays);
            leaves.terminate();
            double gap = longestGap(leaves);
            LOG.info(
                    "SIGTERM: node ended after {} s, longest time with a connection missing {} s",
                    seconds(terminated),
                    gap);
            assertThat(leaves.exitCode()).isZero();
            awaitAllBound(Duration.ofSeconds(30));
            load.awaitAccepted(300);

            Comparison books = load.end(smsc);
            LOG.info("{}", books);
            assertThat(books.lost()).isZero();
            assertThat(books.unexpected()).isZero();
            assertThat(books.duplicates()).isLessThanOrEqualTo((long) WINDOW * 3);
            // SR come to any node and find the correlator of their message wherever it is now
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(
                            () -> assertThat(DB.number("select count(*) from message where status <> 'delivered'"))
                                    .isZero());
        }
        for (NodeJvm node : nodes) {
            assertThat(node.log()).doesNotContain("NotSerializableException", "Failed to serialize");
        }
        for (Stats.SystemId account : smsc.record().stats().systemIds()) {
            assertThat(account.maxBound()).isLessThanOrEqualTo(CONNECTIONS);
        }
    }

    /** The oldest of two holds the coordinator of the slots; its death is the hardest case, and no majority is left. */
    @Test
    void theSurvivorOfTwoTakesOver() throws Exception {
        NodeJvm dies = start("oldest");
        await().atMost(Duration.ofSeconds(120)).until(dies::isReady);
        NodeJvm stays = start("younger");
        await().atMost(Duration.ofSeconds(120)).until(stays::isReady);
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertSpread(stays.connections(), 2));

        long killed = System.nanoTime();
        dies.kill();
        await().pollInterval(Duration.ofMillis(50)).until(() -> bound() < ACCOUNTS.size() * CONNECTIONS);
        awaitAllBound(TAKEOVER);
        LOG.info("kill -9 of the oldest of two: all connections bound by the other after {} s", seconds(killed));

        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertSpread(stays.connections(), 1));
    }

    /** Each account's connections differ by at most one between any two nodes, and all of them are bound. */
    private static void assertSpread(JsonNode connections, int nodes) {
        Map<String, Map<String, Integer>> byAccount = new HashMap<>();
        TreeSet<String> seen = new TreeSet<>();
        for (JsonNode connection : connections) {
            assertThat(connection.path("state").asText()).isEqualTo("bound");
            seen.add(connection.path("node").asText());
            byAccount
                    .computeIfAbsent(connection.path("account").asText(), account -> new HashMap<>())
                    .merge(connection.path("node").asText(), 1, Integer::sum);
        }
        assertThat(connections).hasSize(ACCOUNTS.size() * CONNECTIONS);
        assertThat(seen).hasSize(nodes);
        byAccount.values().forEach(counts -> assertThat(counts).hasSize(nodes));
        byAccount
                .values()
                .forEach(counts -> assertThat(Collections.max(counts.values()) - Collections.min(counts.values()))
                        .isLessThanOrEqualTo(1));
    }

    private int bound() {
        return smsc.record().stats().systemIds().stream()
                .mapToInt(Stats.SystemId::bound)
                .sum();
    }

    private void awaitAllBound(Duration most) {
        await().atMost(most).pollInterval(Duration.ofMillis(50)).until(() -> bound() == ACCOUNTS.size() * CONNECTIONS);
    }

    private double longestGap(NodeJvm ending) {
        long[] since = {0};
        double[] longest = {0};
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    if (bound() == ACCOUNTS.size() * CONNECTIONS) {
                        since[0] = 0;
                    } else if (since[0] == 0) {
                        since[0] = System.nanoTime();
                    } else {
                        longest[0] = Math.max(longest[0], seconds(since[0]));
                    }
                    return ending.hasEnded() && since[0] == 0;
                });
        return longest[0];
    }

    private static double seconds(long sinceNanos) {
        return Math.round((System.nanoTime() - sinceNanos) / 1e7) / 100.0;
    }
}
