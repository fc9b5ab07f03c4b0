// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.Report;
import org.smsprocess.bench.soak.Soak;
import org.smsprocess.bench.soak.SoakFault;
import org.smsprocess.bench.soak.SoakNetwork;
import org.smsprocess.bench.soak.SoakSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soak}: load and faults, then the proof that nothing was lost or doubled unseen. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Kills, freezes and cuts off nodes, PostgreSQL and SMSC under load, then compares the books.",
            "All are processes of their own on 127.0.0.x; the faults are drawn from the seed. What the API acknowledged, the log and",
            "the SMSC's record are compared message by message. Exit code 1 when a message was lost, or arrived twice without a mark",
            "in the delivery log, or when the simulator ever had more binds than connections."
        })
final class SoakCommand implements Callable<Integer> {
    private static final Set<String> POLICIES = Set.of("resend", "hold", "fail");

    @Option(
            names = "--minutes",
            defaultValue = "15",
            description = "Of load and faults (${DEFAULT-VALUE}); 0: each fault once, in their order.")
    private double minutes;

    @Option(names = "--seed", defaultValue = "1", description = "Of the schedule (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--faults",
            split = ",",
            defaultValue = "all",
            paramLabel = "FAULT",
            description = {
                "all (default), or some of kill, term, pause, pg-kill, pg-immediate, pg-stop (processes), reset, unbind, garbage,",
                "half-open, no-answers, late-answers, throttle, queue-full, wrong-sequence, away (SMSC); of several nodes also",
                "partition (one from the others), partition-pg (and from PostgreSQL), pg-cut (from PostgreSQL alone), where the",
                "first two need network namespaces: Linux, root, ip. Separated by commas."
            })
    private List<String> faults = List.of();

    @Option(
            names = "--kills",
            defaultValue = "0",
            description = "End after so many kill -9 instead of by time; 0: by time (${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--in-doubt",
            defaultValue = "resend",
            paramLabel = "POLICY",
            description = "resend, hold or fail: what the account does with messages in doubt (${DEFAULT-VALUE}).")
    private String inDoubt = "";

    @Option(names = "--rate", defaultValue = "500", description = "Messages a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--nodes",
            defaultValue = "1",
            description =
                    "Nodes that share the connections (${DEFAULT-VALUE}); several listen on 127.0.0.11 and following.")
    private int nodes;

    @Option(
            names = "--outage",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long one of several nodes is frozen or cut off (${DEFAULT-VALUE}).")
    private int outage;

    @Option(names = "--connections", description = "SMPP connections, over all nodes (two a node).")
    private @Nullable Integer connections;

    @Option(
            names = "--window",
            defaultValue = "50",
            description = "SUBMIT_SM in flight by connection (${DEFAULT-VALUE}).")
    private int window;

    @Option(names = "--folder", paramLabel = "DIR", description = "Keeps logs and data there, an empty folder.")
    private @Nullable Path folder;

    @Mixin
    private BenchOptions output = new BenchOptions();

    @Override
    public Integer call() {
        if (!POLICIES.contains(inDoubt)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--in-doubt: " + inDoubt + " is none of " + POLICIES);
        }
        int slots = connections == null ? 2 * nodes : connections;
        if (rate < 1 || slots < 1 || window < 1 || nodes < 1 || outage < 1 || minutes < 0 || kills < 0) {
            throw new UserError(
                    SmsProcessCommand.WRONG_USE,
                    "--rate, --nodes, --connections, --window and --outage must be 1 or more");
        }
        AtomicBoolean isClean = new AtomicBoolean();
        output.measure(report -> isClean.set(new Soak(report, settings(slots, chosen(report))).run()));
        return isClean.get() ? 0 : SmsProcessCommand.FAILED;
    }

    private SoakSettings settings(int slots, List<SoakFault> chosen) {
        return new SoakSettings(
                Duration.ofMillis(Math.round(minutes * 60_000)),
                seed,
                chosen,
                kills,
                inDoubt,
                rate,
                slots,
                window,
                nodes,
                Duration.ofSeconds(outage),
                SoakSettings.Tempo.USUAL,
                folder);
    }

    private List<SoakFault> chosen(Report report) {
        List<SoakFault> chosen =
                faults.stream().flatMap(word -> faults(word, report)).toList();
        if (kills > 0 && chosen.stream().noneMatch(Set.of(SoakFault.KILL, SoakFault.PG_KILL)::contains)) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--kills needs kill or pg-kill among --faults");
        }
        return chosen;
    }

    private Stream<SoakFault> faults(String word, Report report) {
        String obstacle = nodes == 1 ? "" : SoakNetwork.obstacle();
        if (word.equals("all")) {
            if (!obstacle.isEmpty()) {
                report.say("without partitions: " + obstacle);
            }
            return Arrays.stream(SoakFault.values())
                    .filter(fault -> nodes > 1 || !fault.isOfCluster())
                    .filter(fault -> obstacle.isEmpty() || !fault.isPartition());
        }
        SoakFault chosen = Arrays.stream(SoakFault.values())
                .filter(fault -> fault.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError(
                        SmsProcessCommand.WRONG_USE, "--faults: there is no " + word + "; see soak --help"));
        if (nodes == 1 && chosen.isOfCluster()) {
            throw new UserError(SmsProcessCommand.WRONG_USE, "--faults " + word + " needs several --nodes");
        }
        if (chosen.isPartition() && !obstacle.isEmpty()) {
            throw new UserError(SmsProcessCommand.WRONG_USE, obstacle);
        }
        return Stream.of(chosen);
    }
}
