// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/** Nodes, each a JVM, of one database, and their SMSC, which runs in this JVM. */
final class TestCluster implements AutoCloseable {
    final List<NodeJvm> nodes = new ArrayList<>();
    final Simulator smsc;
    private final TestDatabase database;
    private final Path folder;
    private final String accounts;

    /**
     * @param simulator what is in sms-process-simulator
     * @param accounts what is in sms-process; {@code host} and {@code port} of the SMSC are account-defaults
     */
    TestCluster(TestDatabase database, Path folder, String simulator, String accounts) {
        this.database = database;
        this.folder = folder;
        this.accounts = accounts;
        this.smsc = Simulator.start(SimulatorSettings.parse(
                "sms-process-simulator { port = 0, http-port = none, deliver { timeout = 5s, retry-delay = 500ms }\n"
                        + simulator + "\n}"));
    }

    /** @param more HOCON for this node alone */
    NodeJvm start(String name, String more) throws IOException {
        NodeJvm node = NodeJvm.start(folder, name, """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  data-dir = "%s"
                  account-defaults { host = "127.0.0.1", port = %d, source-number = "12345", reconnect-delay = 500ms }
                  %s
                }
                %s
                """.formatted(
                        database.settings().url(),
                        database.settings().user(),
                        database.settings().password(),
                        folder.resolve(name),
                        smsc.smppPort(),
                        accounts,
                        more));
        nodes.add(node);
        return node;
    }

    NodeJvm start(String name) throws IOException {
        return start(name, "");
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(120)).until(() -> nodes.stream().allMatch(NodeJvm::isReady));
    }

    int bound() {
        return smsc.record().stats().systemIds().stream()
                .mapToInt(Stats.SystemId::bound)
                .sum();
    }

    Stats.SystemId account(String systemId) {
        return smsc.record().stats().systemIds().stream()
                .filter(each -> each.systemId().equals(systemId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(systemId + " never bound"));
    }

    /** Bound connections by account and node, as one node shows all of them. */
    static Map<String, Map<String, Integer>> spread(NodeJvm asked) {
        Map<String, Map<String, Integer>> byAccount = new TreeMap<>();
        for (JsonNode connection : asked.connections()) {
            if (connection.path("state").asText().equals("bound")) {
                byAccount
                        .computeIfAbsent(connection.path("account").asText(), account -> new HashMap<>())
                        .merge(connection.path("node").asText(), 1, Integer::sum);
            }
        }
        return byAccount;
    }

    /** Bound connections of each node, ascending. */
    static List<Integer> totals(NodeJvm asked) {
        Map<String, Integer> byNode = new HashMap<>();
        spread(asked).values().forEach(its -> its.forEach((node, count) -> byNode.merge(node, count, Integer::sum)));
        return byNode.values().stream().sorted().toList();
    }

    /** Waits until each node has so many bound connections, ascending; what all nodes said until then is told if not. */
    void awaitTotals(List<Integer> wanted) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(totals(nodes.get(0))).as(this::told).isEqualTo(wanted));
    }

    private String told() {
        return nodes.stream()
                .map(node -> node.connections() + "\n" + node.log())
                .collect(Collectors.joining("\n", smsc.record().stats().systemIds() + "\n", ""));
    }

    @Override
    public void close() throws InterruptedException {
        for (NodeJvm node : nodes) {
            node.close();
        }
        smsc.close();
    }
}
