// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import org.smsprocess.bench.HeapBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench heap}: whether the node's heap stays flat. */
@Command(
        name = "heap",
        mixinStandardHelpOptions = true,
        description =
                "Full life of messages at a steady pace; what is alive in the node's heap at the end of each minute.")
final class HeapCommand implements Runnable {
    @Mixin
    private PlantOptions plant = new PlantOptions();

    @Option(names = "--rate", defaultValue = "2000", description = "Messages a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--minutes", defaultValue = "10", description = "How long (${DEFAULT-VALUE}).")
    private int minutes;

    @Override
    public void run() {
        plant.measure((report, setup) -> new HeapBench(report, setup, rate, minutes).run());
    }
}
