// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/**
 * A node is killed while connections of another one are being handed over: these must not be unbound for as long as it takes the
 * cluster to go on without it, only because what they were answered waits for its SR correlators.
 */
@EnabledIfSystemProperty(named = "handover.long", matches = "true")
class HandOverIT {
    private static final Logger LOG = LoggerFactory.getLogger(HandOverIT.class);
    private static final int CONNECTIONS = 6;
    /** Time enough to kill a node between the beginning of a hand-over and the answers that it waits for. */
    private static final int LATENCY_SECONDS = 3;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    private final List<NodeJvm> nodes = new ArrayList<>();
    private final Simulator smsc =
            Simulator.start(SimulatorSettings.parse("sms-process-simulator { port = 0, http-port = none"
                    + ", submit.latency = " + LATENCY_SECONDS + "s, sr { delay = 300ms } }"));

    @AfterEach
    void end() throws InterruptedException {
        for (NodeJvm node : nodes) {
            node.close();
        }
        smsc.close();
    }

    @Test
    void connectionsOnTheirWayStayBoundWhileAKilledNodesCorrelatorsAreAway() throws Exception {
        NodeJvm stays = start("stays");
        NodeJvm leaves = start("leaves");
        NodeJvm dies = start("dies");
        await().atMost(Duration.ofSeconds(90)).until(() -> nodes.stream().allMatch(NodeJvm::isReady));
        await().atMost(Duration.ofSeconds(40)).until(() -> held(stays, "bound") == CONNECTIONS && evenly());

        try (Load load = new Load(List.of(stays), List.of("north"))) {
            load.awaitAccepted(2000);
            assertThat(bound()).isEqualTo(CONNECTIONS);
            leaves.terminate();
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> leaves.log().contains("Draining"));
            int atKill = bound();
            dies.kill();
            await().atMost(Duration.ofSeconds(5)).until(() -> bound() < atKill);
            await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            int dead = atKill - bound();
            double[] missing = missingBeyond(dead);
            LOG.info(
                    "{} bound at the kill, {} of them the killed node's; {} s with more missing, {} s until all were bound",
                    atKill,
                    dead,
                    missing[0],
                    missing[1]);

            assertThat(missing[0]).isLessThan(4);
            assertThat(load.end(smsc).lost()).isZero();
        }
    }

    /** Its remoting would wait for a peer that takes connections and says nothing. */
    @Test
    void aNodeThatIsToldToEndEndsThoughAnotherIsFrozen() throws Exception {
        NodeJvm ends = start("ends");
        NodeJvm freezes = start("freezes");
        await().atMost(Duration.ofSeconds(90)).until(() -> nodes.stream().allMatch(NodeJvm::isReady));
        await().atMost(Duration.ofSeconds(40))
                .until(() -> bound() == CONNECTIONS && held(ends, "bound") == CONNECTIONS);

        freezes.signal("STOP");
        long begin = System.nanoTime();
        ends.terminate();
        await().atMost(Duration.ofSeconds(120)).until(ends::hasEnded);
        LOG.info("ended {} s after SIGTERM, the other node frozen", (System.nanoTime() - begin) / 1_000_000 / 1000.0);

        assertThat(ends.exitCode()).isZero();
    }

    /** @return seconds with more missing than these, seconds until none was */
    private double[] missingBeyond(int most) {
        long begin = System.nanoTime();
        long[] last = {begin};
        double[] seconds = {0, 0};
        await().atMost(Duration.ofSeconds(90))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    long now = System.nanoTime();
                    seconds[0] += CONNECTIONS - bound() > most ? (now - last[0]) / 1e9 : 0;
                    last[0] = now;
                    seconds[1] = (now - begin) / 1e9;
                    return seconds[1] > 2 * LATENCY_SECONDS && bound() == CONNECTIONS;
                });
        return seconds;
    }

    private boolean evenly() {
        return nodes.stream().allMatch(node -> node.log().split(": bound to").length > CONNECTIONS / 3);
    }

    private static int held(NodeJvm node, String state) {
        int count = 0;
        for (JsonNode connection : node.connections()) {
            count += connection.path("state").asText().equals(state) ? 1 : 0;
        }
        return count;
    }

    private int bound() {
        return smsc.record().stats().systemIds().stream()
                .mapToInt(Stats.SystemId::bound)
                .sum();
    }

    private NodeJvm start(String name) throws IOException {
        NodeJvm node = NodeJvm.start(folder, name, """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  data-dir = "%s"
                  connection { drain-timeout = 25s, lease { ttl = 5s, renew-period = 1s } }
                  account-defaults {
                    host = "127.0.0.1", port = %d, child-connections = %d, window = 200, reconnect-delay = 500ms
                    source-number = "12345", in-doubt-wait = 3s, unknown-id-wait = 2s
                  }
                  accounts { north { system-id = north } }
                }
                """.formatted(
                        DB.settings().url(),
                        DB.settings().user(),
                        DB.settings().password(),
                        folder.resolve(name),
                        smsc.smppPort(),
                        CONNECTIONS));
        nodes.add(node);
        return node;
    }
}
