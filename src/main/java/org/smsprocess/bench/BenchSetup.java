// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.PostgresServer;

/**
 * What the benches of a whole installation have in common.
 *
 * @param pgUrl JDBC URL of a server to use; null: one of our own
 * @param account HOCON that the account sets
 * @param jvmOptions of the node
 * @param nodeSettings HOCON lines of the node
 */
public record BenchSetup(
        @Nullable String pgUrl,
        String pgUser,
        String pgPassword,
        int connections,
        int window,
        String account,
        List<String> jvmOptions,
        List<String> nodeSettings) {

    /** @throws BenchFailure if a number makes no sense */
    public BenchSetup {
        BenchFailure.check("--connections", connections, 0, 10_000);
        BenchFailure.check("--window", window, 1, 10_000);
        jvmOptions = List.copyOf(jvmOptions);
        nodeSettings = List.copyOf(nodeSettings);
    }

    /** @param simulator HOCON, inside of {@code sms-process-simulator} */
    Installation.Setup with(String simulator) {
        return with(simulator, "");
    }

    /** @param moreOfAccount HOCON, inside of the account */
    Installation.Setup with(String simulator, String moreOfAccount) {
        return new Installation.Setup(
                pgUrl == null ? null : new PostgresServer.Address(pgUrl, pgUser, pgPassword),
                simulator,
                connections,
                connections,
                "window = " + window + "\n" + moreOfAccount + "\n" + account,
                jvmOptions,
                nodeSettings);
    }

    /** The same with another number of connections; 0: as the account's defaults, and none is waited for. */
    BenchSetup withConnections(int number) {
        return new BenchSetup(pgUrl, pgUser, pgPassword, number, window, account, jvmOptions, nodeSettings);
    }
}
