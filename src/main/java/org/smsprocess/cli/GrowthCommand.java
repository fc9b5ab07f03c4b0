// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.smsprocess.bench.GrowthBench;
import org.smsprocess.bench.GrowthSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench growth}: what a message costs when the log, the connections or the accounts have grown. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "CPU of a message as log, connections and accounts grow; with autovacuum; while partitions drop.")
final class GrowthCommand implements Runnable {
    /** What grows. */
    enum Part {
        rows,
        connections,
        accounts,
        autovacuum,
        retention
    }

    @Mixin
    private PlantOptions plant = new PlantOptions();

    @Option(names = "--part", split = ",", description = "Of ${COMPLETION-CANDIDATES}; all by default.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(names = "--messages", defaultValue = "200000", description = "Of each run (${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--warm-up",
            defaultValue = "300000",
            description = "After each start of a node (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--runs", defaultValue = "3", description = "Of each row; the median counts (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "10000,1000000,10000000",
            description = "In the log before a run; 10 million take 6 GB (${DEFAULT-VALUE}).")
    private List<Integer> rows = List.of();

    @Option(
            names = "--connection-counts",
            split = ",",
            defaultValue = "1,4,16,64",
            description = "Of one account (${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of();

    @Option(
            names = "--account-counts",
            split = ",",
            defaultValue = "1,10,100",
            description = "Of one connection each (${DEFAULT-VALUE}).")
    private List<Integer> accounts = List.of();

    @Override
    public void run() {
        plant.measure((report, setup) -> new GrowthBench(
                        report,
                        new GrowthSettings(
                                setup,
                                messages,
                                warmUp,
                                runs,
                                parts.contains(Part.rows) ? rows : List.of(),
                                parts.contains(Part.connections) ? connections : List.of(),
                                parts.contains(Part.accounts) ? accounts : List.of(),
                                parts.contains(Part.autovacuum),
                                parts.contains(Part.retention)))
                .run());
    }
}
