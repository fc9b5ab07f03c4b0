// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.PostgresServer;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/** PostgreSQL, the simulator and a node, bound and ready. */
record Installation(PostgresServer postgres, SimulatorProcess simulator, NodeProcess node) {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration BIND = Duration.ofSeconds(60);

    /**
     * How to set it up.
     *
     * @param database null: one of our own
     * @param connections of the account
     * @param binds that the simulator will see, of all accounts
     * @param account HOCON, inside of the account
     * @param nodeSettings HOCON lines of the node
     */
    record Setup(
            PostgresServer.@Nullable Address database,
            String simulator,
            int connections,
            int binds,
            String account,
            List<String> jvmOptions,
            List<String> nodeSettings) {

        public Setup {
            jvmOptions = List.copyOf(jvmOptions);
            nodeSettings = List.copyOf(nodeSettings);
        }

        /** Another option of the node's JVM. */
        Setup withJvmOption(String option) {
            List<String> options = new ArrayList<>(jvmOptions);
            options.add(option);
            return withJvmOptions(options);
        }

        /** These options of the node's JVM and no others. */
        Setup withJvmOptions(List<String> options) {
            return new Setup(database, simulator, connections, binds, account, options, nodeSettings);
        }

        /** HOCON, inside of the account. */
        String accountWithConnections() {
            return (connections == 0 ? "" : "child-connections = " + connections + "\n") + account;
        }

        NodeProcess startNode(Workbench bench, PostgresServer.Address postgres, SimulatorProcess smsc) {
            return NodeProcess.start(
                    bench, postgres, smsc.smppPort(), accountWithConnections(), jvmOptions, nodeSettings);
        }
    }

    static Installation start(Workbench bench, Setup setup) {
        PostgresServer postgres = PostgresServer.start(bench, setup.database());
        postgres.checkDurable();
        SimulatorProcess simulator = SimulatorProcess.start(bench, setup.simulator());
        NodeProcess node = setup.startNode(bench, postgres.address(), simulator);
        Installation installation = new Installation(postgres, simulator, node);
        node.awaitReady();
        installation.awaitBinds(setup.binds());
        return installation;
    }

    void awaitBinds(int connections) {
        Pause.until(
                () -> {
                    node.check();
                    return bound() == connections;
                },
                STEP,
                BIND,
                () -> node.complaint(bound() + " of " + connections + " connections are bound"));
    }

    private int bound() {
        int bound = 0;
        for (JsonNode systemId : simulator.stats().path("systemIds")) {
            bound += systemId.path("bound").asInt();
        }
        return bound;
    }
}
