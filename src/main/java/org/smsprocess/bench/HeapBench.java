// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.HttpPump;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/**
 * Whether the node's heap stays flat: messages at a steady pace for minutes, and at the end of each minute what is alive when all garbage
 * has gone.
 */
public final class HeapBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    private static final int POSTS_A_SECOND = 10;

    private final Report report;
    private final BenchSetup setup;
    private final int perSecond;
    private final int minutes;

    /** @param perSecond messages, at least 10 */
    public HeapBench(Report report, BenchSetup setup, int perSecond, int minutes) {
        BenchFailure.check("--rate", perSecond, POSTS_A_SECOND, 1_000_000);
        BenchFailure.check("--minutes", minutes, 1, 10_000);
        this.report = report;
        this.setup = setup;
        this.perSecond = perSecond;
        this.minutes = minutes;
    }

    /** At the end of a minute. */
    private record Minute(long messages, long live, double resident) {}

    public void run() {
        try (Workbench bench = new Workbench()) {
            GcLog log = new GcLog(bench.folder().resolve("gc.log"));
            Installation installation =
                    Installation.start(bench, setup.with(SIMULATOR).withJvmOption(log.option()));
            Finals finals = new Finals(installation);
            List<Minute> all = send(installation, log, new Messages("h"));
            finals.awaitFinal();
            tell(all, log);
        }
    }

    private List<Minute> send(Installation installation, GcLog log, Messages messages) {
        int batch = perSecond / POSTS_A_SECOND;
        List<Minute> all = new ArrayList<>();
        try (HttpPump http = new HttpPump(installation.node().port())) {
            long start = System.nanoTime();
            int posts = minutes * 60 * POSTS_A_SECOND;
            for (int i = 0; i < posts; i++) {
                Pause.of(Duration.ofNanos(start + i * (1_000_000_000L / POSTS_A_SECOND) - System.nanoTime()));
                int status = http.post("/api/v1/messages", messages.body(i * batch, batch));
                if (status != 202) {
                    throw new BenchFailure("the node answers " + status + ": take a lower --rate");
                }
                if ((i + 1) % (60 * POSTS_A_SECOND) == 0) {
                    NodeProcess node = installation.node();
                    all.add(new Minute((i + 1L) * batch, log.live(node.handle()), node.memory() / 1e6));
                    report.say("minute " + all.size() + ": "
                            + all.get(all.size() - 1).live() + " MB alive");
                }
            }
        } catch (IOException failed) {
            throw new BenchFailure("the load failed: " + failed, failed);
        }
        return all;
    }

    private void tell(List<Minute> all, GcLog log) {
        Report.Table table = report.table("minute", "messages", "alive, MB", "resident, MB");
        ArrayNode rows = report.json().put("bench", "heap").putArray("rows");
        for (int i = 0; i < all.size(); i++) {
            Minute minute = all.get(i);
            table.row(
                    Integer.toString(i + 1),
                    Report.whole(minute.messages()),
                    Report.whole(minute.live()),
                    Report.whole(minute.resident()));
            rows.addObject()
                    .put("minute", i + 1)
                    .put("messages", minute.messages())
                    .put("liveMb", minute.live())
                    .put("residentMb", Math.round(minute.resident()));
        }
        table.print();
        double slope = slope(all.stream().mapToDouble(Minute::live).toArray());
        report.say("grows by " + Report.hundredths(slope)
                + " MB a minute (straight line through all but the first); most after any" + " collection " + log.most()
                + " MB");
        report.json().put("mbPerMinute", Math.round(slope * 100) / 100.0).put("heapAfterGcMostMb", log.most());
    }

    /** Of the straight line nearest to all but the first, which also warms up; 0 for fewer than three. */
    static double slope(double[] values) {
        int count = values.length - 1;
        if (count < 2) {
            return 0;
        }
        double middle = (count + 1) / 2.0;
        double sum = 0;
        double squares = 0;
        for (int i = 1; i <= count; i++) {
            sum += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }
        return sum / squares;
    }
}
