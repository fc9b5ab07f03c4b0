// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.BenchFailure;
import org.smsprocess.bench.BenchSetup;
import org.smsprocess.bench.LifeBench;
import org.smsprocess.bench.LifeSettings;
import org.smsprocess.bench.RawBench;
import org.smsprocess.bench.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures this machine, with simulator, PostgreSQL and node as processes of their own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCH",
        description = {
            "Measures what this machine gives. Simulator, PostgreSQL and node run as processes of their own on 127.0.0.1",
            "and end with it; data is in a temporary folder."
        })
public final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Missing bench");
        }
    }

    /** What all of them take. */
    static final class Output {
        @Option(names = "--json", description = "One line of JSON, last.")
        private boolean json;

        @Spec(Spec.Target.MIXEE)
        private @Nullable CommandSpec spec;

        /** Runs one and prints what it found. */
        void measure(Bench bench) {
            PrintWriter out = spec == null
                    ? new PrintWriter(System.out, true)
                    : spec.commandLine().getOut();
            Report report = new Report(out, json);
            try {
                bench.run(report);
            } catch (BenchFailure failed) {
                throw new UserError(SmsProcessCommand.FAILED, String.valueOf(failed.getMessage()));
            }
            report.end();
        }
    }

    /** One measurement. */
    @FunctionalInterface
    interface Bench {
        void run(Report report);
    }

    @Command(
            name = "raw",
            mixinStandardHelpOptions = true,
            description =
                    "SUBMIT_SM and answers through our session and window, no persistence; beside it the bare library"
                            + " and a hand-made pump, which is the limit.")
    void raw(
            @Mixin Output output,
            @Option(names = "--window", defaultValue = "1000", description = "SUBMIT_SM in flight (${DEFAULT-VALUE}).")
                    int window,
            @Option(names = "--warm-up", defaultValue = "4", description = "Seconds before each (${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(names = "--seconds", defaultValue = "5", description = "Seconds of each (${DEFAULT-VALUE}).")
                    int seconds) {
        output.measure(
                report -> new RawBench(report, window, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds)).run());
    }

    /** What the benches with a node take. */
    static final class Setup {
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
                defaultValue = "-Xmx1g",
                description = "JVM options of the node, apart by blanks (${DEFAULT-VALUE}).")
        private String nodeOpts = "";

        @Option(
                names = "--set",
                paramLabel = "KEY=VALUE",
                description = "Setting of the node, e.g. sms-process.batch-update-size=1; may be repeated.")
        private List<String> settings = List.of();

        @Option(names = "--set-account", paramLabel = "KEY=VALUE", description = "Setting of its account.")
        private List<String> accountSettings = List.of();

        BenchSetup get() {
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

    @Command(
            name = "life",
            mixinStandardHelpOptions = true,
            description =
                    "Full life of messages: HTTP, PostgreSQL, SMPP, SR, delivery log; msg/s and CPU of each process.")
    void life(
            @Mixin Output output,
            @Mixin Setup setup,
            @Option(names = "--messages", defaultValue = "200000", description = "That count (${DEFAULT-VALUE}).")
                    int messages,
            @Option(names = "--warm-up", defaultValue = "100000", description = "Messages before (${DEFAULT-VALUE}).")
                    int warmUp,
            @Option(names = "--batch", defaultValue = "500", description = "Messages of a POST (${DEFAULT-VALUE}).")
                    int batch,
            @Option(names = "--clients", defaultValue = "2", description = "HTTP connections (${DEFAULT-VALUE}).")
                    int clients) {
        output.measure(
                report -> new LifeBench(report, new LifeSettings(setup.get(), messages, warmUp, batch, clients)).run());
    }
}
