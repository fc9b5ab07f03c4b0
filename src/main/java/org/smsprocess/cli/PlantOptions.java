// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.BenchSetup;
import org.smsprocess.bench.Report;
import picocli.CommandLine.Option;

/** What the benches with a node, a simulator and PostgreSQL take. */
final class PlantOptions extends BenchOptions {
    @Option(names = "--connections", defaultValue = "4", description = "SMPP connections (${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--window",
            defaultValue = "1000",
            description = "SUBMIT_SM in flight by connection (${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--pg-url",
            paramLabel = "URL",
            description = "jdbc:postgresql://… of an empty database; without it one of our own is started.")
    private @Nullable String pgUrl;

    @Option(names = "--pg-user", defaultValue = "postgres", description = "Its user (${DEFAULT-VALUE}).")
    private String pgUser = "";

    @Option(names = "--pg-password", defaultValue = "", description = "And password.")
    private String pgPassword = "";

    @Option(
            names = "--node-opts",
            defaultValue = "-Xms1g -Xmx1g",
            description = "JVM options of the node, apart by blanks (${DEFAULT-VALUE}).")
    private String nodeOpts = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Setting of the node, e.g. sms-process.batch-update-size=1; may be repeated.")
    private List<String> settings = List.of();

    @Option(names = "--set-account", paramLabel = "KEY=VALUE", description = "Setting of its account.")
    private List<String> accountSettings = List.of();

    /** One measurement of a plant. */
    @FunctionalInterface
    interface PlantBench {
        void run(Report report, BenchSetup setup) throws InterruptedException;
    }

    void measure(PlantBench bench) {
        measure(report -> bench.run(report, setup()));
    }

    private BenchSetup setup() {
        return new BenchSetup(
                pgUrl,
                pgUser,
                pgPassword,
                connections,
                window,
                String.join("\n", accountSettings),
                List.of(nodeOpts.trim().split(" +")),
                settings);
    }
}
