// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/**
 * The full life of messages: posted over HTTP, committed, submitted, answered, SR received, final status in the delivery log. A run to warm
 * everything up, then the run that counts; the rate is from the first POST to the moment the last final status is in the log.
 */
public final class LifeBench {
    /** The statistics of PostgreSQL come about a second late. */
    static final Duration STATISTICS = Duration.ofMillis(1500);

    private final Report report;
    private final LifeSettings settings;

    public LifeBench(Report report, LifeSettings settings) {
        this.report = report;
        this.settings = settings;
    }

    public void run() {
        try (Workbench bench = new Workbench()) {
            GcLog log = new GcLog(bench.folder().resolve("gc.log"));
            Installation installation =
                    Installation.start(bench, settings.setup().withJvmOption(log.option()));
            if (settings.warmUp() > 0) {
                report.say("warm-up: " + Report.whole(settings.warmUp()) + " messages");
                double rate = once(installation, log, "w", settings.warmUp()).rate();
                report.say("warm-up: " + Report.whole(rate) + " msg/s");
            }
            LifeResult result = once(installation, log, "r", settings.messages());
            tell(result);
            if (result.lost() > 0 || result.duplicates() > 0) {
                throw new BenchFailure(result.lost() + " messages lost, " + result.duplicates() + " doubled");
            }
        }
    }

    private LifeResult once(Installation installation, GcLog log, String name, int messages) {
        installation.simulator().reset();
        Finals finals = new Finals(installation);
        Load load = new Load(installation.node().port(), new Messages(name), messages, settings.batch());
        int heap = NodeHeap.begin(installation.node(), log);
        DatabaseWork workBefore = DatabaseWork.now(installation.postgres());
        Usage before = Usage.now(installation);
        long start = System.nanoTime();
        load.start(settings.clients());
        double seconds = (finals.await(load) - start) / 1e9;
        Usage used = Usage.now(installation).since(before, messages);
        NodeHeap after = NodeHeap.since(heap, installation.node(), log, messages);
        Pause.of(STATISTICS);
        DatabaseWork work = DatabaseWork.now(installation.postgres()).since(workBefore, messages);
        return new LifeResult(
                messages,
                seconds,
                used,
                work,
                LifeStages.read(installation, load, finals.base()),
                installation.simulator().stats(),
                after,
                load.refused());
    }

    private void tell(LifeResult result) {
        Usage used = result.used();
        report.table("full life of " + Report.whole(result.messages()) + " messages", "")
                .row("msg/s", Report.whole(result.rate()))
                .row("seconds", Report.hundredths(result.seconds()))
                .row("CPU µs/message: node", Report.tenths(used.node()))
                .row("  PostgreSQL", Report.tenths(used.postgres()))
                .row("  node + PostgreSQL", Report.tenths(used.node() + used.postgres()))
                .row("  simulator", Report.tenths(used.simulator()))
                .row("  load driver", Report.tenths(used.driver()))
                .row(
                        "cores in use, of " + Runtime.getRuntime().availableProcessors(),
                        Report.hundredths(result.cores()))
                .row("WAL octets/message", Report.whole(used.walOctets()))
                .row("per 1000 messages: commits", Report.tenths(result.work().commits()))
                .row("  WAL writes", Report.tenths(result.work().walWrites()))
                .row("  WAL fsyncs", Report.tenths(result.work().walSyncs()))
                .row("updates on their page (HOT), %", Report.tenths(result.hotPercent()))
                .row(
                        "node: octets allocated/message",
                        Report.whole(result.heap().allocatedOctets()))
                .row(
                        "node: live heap after the run, MB",
                        Report.whole(result.heap().liveMegabytes()))
                .row("node's memory, MB", Report.whole(result.stages().peakMemory() / 1e6))
                .row("lost", Long.toString(result.lost()))
                .row("doubled", Long.toString(result.duplicates()))
                .row("told to come again", Integer.toString(result.refused()))
                .print();
        report.say("");
        Report.Table stages = report.table("stage, ms", "p50", "p99");
        result.stages()
                .millis()
                .forEach(
                        (stage, millis) -> stages.row(stage, Report.tenths(millis.p50()), Report.tenths(millis.p99())));
        stages.print();
        fill(report.json(), result);
    }

    private void fill(ObjectNode json, LifeResult result) {
        Usage used = result.used();
        json.put("bench", "life").put("messages", result.messages());
        json.put("rate", Math.round(result.rate())).put("seconds", Report.rounded(result.seconds()));
        json.putObject("cpuMicrosPerMessage")
                .put("node", Report.rounded(used.node()))
                .put("postgres", Report.rounded(used.postgres()))
                .put("simulator", Report.rounded(used.simulator()))
                .put("driver", Report.rounded(used.driver()));
        json.put("cores", Report.rounded(result.cores()));
        json.put("connections", settings.setup().connections()).put("batch", settings.batch());
        json.put("walBytesPerMessage", Math.round(used.walOctets()));
        json.put("commitsPer1000", Report.rounded(result.work().commits()));
        json.put("walWritesPer1000", Report.rounded(result.work().walWrites()));
        json.put("walSyncsPer1000", Report.rounded(result.work().walSyncs()));
        json.put("allocatedBytesPerMessage", Math.round(result.heap().allocatedOctets()));
        json.put("liveHeapMb", result.heap().liveMegabytes());
        json.put("nodeMemoryBytes", Math.round(result.stages().peakMemory()));
        json.put("lost", result.lost()).put("duplicates", result.duplicates());
        ObjectNode millis = json.putObject("stageMillis");
        result.stages()
                .millis()
                .forEach((stage, its) -> millis.putObject(stage)
                        .put("p50", Report.rounded(its.p50()))
                        .put("p99", Report.rounded(its.p99())));
    }
}
