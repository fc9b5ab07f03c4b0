// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.time.Duration;
import java.util.List;
import org.smsprocess.bench.ApiBench;
import org.smsprocess.bench.BacklogBench;
import org.smsprocess.bench.CurveBench;
import org.smsprocess.bench.LatencyBench;
import org.smsprocess.bench.LifeBench;
import org.smsprocess.bench.LifeSettings;
import org.smsprocess.bench.NodesBench;
import org.smsprocess.bench.RateBench;
import org.smsprocess.bench.RecoveryBench;
import org.smsprocess.bench.raw.RawBench;
import org.smsprocess.bench.raw.WindowBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: measures this machine, with simulator, PostgreSQL and node as processes of their own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCH",
        subcommands = {GrowthCommand.class, HeapCommand.class},
        description = {
            "Measures what this machine gives.",
            "Simulator, PostgreSQL and node run as processes of their own on 127.0.0.1 and end with it; data is in a temporary folder."
        })
public final class BenchCommand implements Runnable {
    @Mixin
    private final Terminal terminal = new Terminal();

    @Override
    public void run() {
        throw terminal.missing(
                "api, backlog, curve, growth, heap, latency, life, nodes, rate, raw, recovery or window");
    }

    @Command(
            name = "raw",
            mixinStandardHelpOptions = true,
            description =
                    "SUBMIT_SM and answers through our session and window, no persistence; beside it the bare library"
                            + " and a hand-made pump, which is the limit.")
    void raw(
            @Mixin BenchOptions output,
            @Option(names = "--window", defaultValue = "1000", description = "SUBMIT_SM in flight (${DEFAULT-VALUE}).")
                    int window,
            @Option(names = "--warm-up", defaultValue = "4", description = "Seconds before each (${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(names = "--seconds", defaultValue = "5", description = "Seconds of each (${DEFAULT-VALUE}).")
                    int seconds) {
        output.measure(
                report -> new RawBench(report, window, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds)).run());
    }

    @Command(
            name = "life",
            mixinStandardHelpOptions = true,
            description =
                    "Full life of messages: HTTP, PostgreSQL, SMPP, SR, delivery log; msg/s and CPU of each process.")
    void life(
            @Mixin PlantOptions plant,
            @Option(names = "--messages", defaultValue = "400000", description = "That count (${DEFAULT-VALUE}).")
                    int messages,
            @Option(names = "--warm-up", defaultValue = "1000000", description = "Messages before (${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(names = "--batch", defaultValue = "500", description = "Messages of a POST (${DEFAULT-VALUE}).")
                    int batch,
            @Option(names = "--clients", defaultValue = "4", description = "HTTP connections (${DEFAULT-VALUE}).")
                    int clients) {
        plant.measure((report, setup) ->
                new LifeBench(report, new LifeSettings(setup, messages, warmUp, batch, clients)).run());
    }

    @Command(
            name = "curve",
            mixinStandardHelpOptions = true,
            description = "How batches and latencies grow with the load: full life at one offered rate after another.")
    void curve(
            @Mixin PlantOptions plant,
            @Option(
                            names = "--rates",
                            split = ",",
                            defaultValue = "40000,10000,1000,100",
                            description =
                                    "Messages a second (${DEFAULT-VALUE}): the highest first, so that the JIT compiler is done before"
                                            + " CPU at the low ones is counted.")
                    List<Integer> rates,
            @Option(names = "--clients", defaultValue = "16", description = "HTTP connections (${DEFAULT-VALUE}).")
                    int clients,
            @Option(names = "--seconds", defaultValue = "10", description = "Of each rate (${DEFAULT-VALUE}).")
                    int seconds) {
        plant.measure((report, setup) -> new CurveBench(report, setup, rates, seconds, clients).run());
    }

    @Command(
            name = "window",
            mixinStandardHelpOptions = true,
            description = "Throughput and socket writes of our session, window 1 to 5000, SMSC latency 0 to 100 ms.")
    void window(
            @Mixin BenchOptions output,
            @Option(names = "--seconds", defaultValue = "2", description = "Seconds of each (${DEFAULT-VALUE}).")
                    int seconds) {
        output.measure(report -> new WindowBench(report, Duration.ofSeconds(seconds)).run());
    }

    @Command(
            name = "rate",
            mixinStandardHelpOptions = true,
            description = "How well max-mt-throughput is kept and used, 1 to 2000 msg/s.")
    void rate(
            @Mixin PlantOptions plant,
            @Option(names = "--seconds", defaultValue = "20", description = "Seconds of each cap (${DEFAULT-VALUE}).")
                    int seconds) {
        plant.measure((report, setup) -> new RateBench(report, setup, seconds).run());
    }

    @Command(
            name = "nodes",
            mixinStandardHelpOptions = true,
            description = "The full life of messages with one node and with two on the same processors.")
    void nodes(
            @Mixin PlantOptions plant,
            @Option(names = "--messages", defaultValue = "200000", description = "Of each run (${DEFAULT-VALUE}).")
                    int messages) {
        plant.measure((report, setup) -> new NodesBench(report, setup, messages).run());
    }

    @Command(
            name = "api",
            mixinStandardHelpOptions = true,
            description = "Single messages over HTTP: requests/s and latency of the durable 202.")
    void api(
            @Mixin PlantOptions plant,
            @Option(names = "--clients", defaultValue = "32", description = "Keep-alive clients (${DEFAULT-VALUE}).")
                    int clients,
            @Option(names = "--warm-up", defaultValue = "20", description = "Seconds before (${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(names = "--seconds", defaultValue = "10", description = "Seconds that count (${DEFAULT-VALUE}).")
                    int seconds) {
        plant.measure((report, setup) ->
                new ApiBench(report, setup, clients, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds)).run());
    }

    @Command(
            name = "latency",
            mixinStandardHelpOptions = true,
            description = "From the request to SUBMIT_SM at the SMSC, at a modest pace.")
    void latency(
            @Mixin PlantOptions plant,
            @Option(names = "--rate", defaultValue = "100", description = "Messages a second (${DEFAULT-VALUE}).")
                    int rate,
            @Option(names = "--seconds", defaultValue = "15", description = "Seconds, twice (${DEFAULT-VALUE}).")
                    int seconds) {
        plant.measure((report, setup) -> new LatencyBench(report, setup, rate, seconds).run());
    }

    @Command(
            name = "backlog",
            mixinStandardHelpOptions = true,
            description = "A node starts with a backlog: seconds to the first SUBMIT_SM, and its heap.")
    void backlog(
            @Mixin PlantOptions plant,
            @Option(names = "--messages", defaultValue = "1000000", description = "That wait (${DEFAULT-VALUE}).")
                    int messages,
            @Option(
                            names = "--heap",
                            defaultValue = "512m",
                            description = "Of the node that starts (${DEFAULT-VALUE}).")
                    String heap,
            @Option(names = "--seconds", defaultValue = "20", description = "To watch its heap (${DEFAULT-VALUE}).")
                    int seconds) {
        plant.measure(
                (report, setup) -> new BacklogBench(report, setup, messages, heap, Duration.ofSeconds(seconds)).run());
    }

    @Command(
            name = "recovery",
            mixinStandardHelpOptions = true,
            description = "SR correlators with many entries after kill -9: seconds until they answer.")
    void recovery(
            @Mixin PlantOptions plant,
            @Option(names = "--entries", defaultValue = "1000000", description = "SR awaited (${DEFAULT-VALUE}).")
                    int entries) {
        plant.measure((report, setup) -> new RecoveryBench(report, setup, entries).run());
    }
}
