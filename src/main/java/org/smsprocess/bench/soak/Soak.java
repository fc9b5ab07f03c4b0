// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.smsprocess.bench.Report;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/**
 * Load, and a schedule of faults drawn from a seed: nothing accepted may be lost, nothing may arrive twice without a mark in the delivery
 * log. Each node, PostgreSQL and the simulator are processes of their own.
 */
public final class Soak {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration CHECK_PERIOD = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofMinutes(4);
    /** Without any progress for so long, what is not settled counts as lost. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private static final int KILL_WITHIN_MILLIS = 6000;
    private static final String OPEN = "select count(*) filter (where status in ('queued', 'submitting', 'in_doubt')),"
            + " count(*) filter (where status = 'sent') from message";

    private final Report report;
    private final SoakSettings settings;
    private final Random random;
    private final SoakStrikes strikes = new SoakStrikes();

    public Soak(Report report, SoakSettings settings) {
        this.report = report;
        this.settings = settings;
        this.random = new Random(settings.seed());
    }

    /** @return whether nothing was lost, nothing doubled unseen, neither MT nor MO, and no connection was there twice */
    public boolean run() {
        try (Workbench bench = new Workbench(settings.folder())) {
            SoakPlant plant = new SoakPlant(bench, settings, strikes, random);
            SoakLoad load = new SoakLoad(plant.nodes(), settings.rate());
            SoakCheck check = new SoakCheck(plant.database(), plant.simulator());
            long start = System.nanoTime();
            load.start();
            strike(plant, check, start);
            load.stop();
            plant.simulator().clearFaults();
            plant.nodes().forEach(SoakNode::awaitReady);
            plant.awaitWhole();
            settle(plant);
            double seconds = (System.nanoTime() - start) / 1e9;
            report.say("at the end: " + check.check());
            SoakBooks.Counts books =
                    SoakBooks.compare(load.acknowledged(), plant.database(), plant.simulator(), strikes);
            SoakMo mo = SoakMo.compare(plant.database(), plant.simulator());
            tell(plant, load, check, books, mo, seconds);
            return books.isClean()
                    && mo.isClean()
                    && check.violations().isEmpty()
                    && plant.maxBinds() <= settings.slots();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }

    private void strike(SoakPlant plant, SoakCheck check, long start) throws InterruptedException {
        long nextCheck = start + CHECK_PERIOD.toNanos();
        awaitProgress(plant, plant.accepted());
        for (int times = 0; isWanted(plant, start, times); times++) {
            Pause.of(Duration.ofMillis(random.nextInt(KILL_WITHIN_MILLIS)));
            SoakFault fault = settings.fault(times, random);
            report.say(Report.tenths((System.nanoTime() - start) / 1e9) + " s: " + fault.word());
            long before = System.nanoTime();
            plant.strike(fault);
            long gone = fault == SoakFault.KILL ? before : System.nanoTime();
            // a process may be killed while it still recovers, too
            if (fault != SoakFault.KILL || random.nextInt(4) > 0) {
                awaitProgress(plant, plant.accepted());
                if (!settings.isCluster()) {
                    strikes.recovered(fault, (System.nanoTime() - gone) / 1e9);
                }
                plant.awaitWhole();
            }
            if (System.nanoTime() > nextCheck) {
                nextCheck = System.nanoTime() + CHECK_PERIOD.toNanos();
                report.say("books: " + check.check());
            }
        }
    }

    private boolean isWanted(SoakPlant plant, long start, int times) {
        return settings.kills() > 0
                ? plant.kills() < settings.kills()
                : settings.isEachOnce()
                        ? times < settings.faults().size()
                        : times == 0
                                || System.nanoTime() - start < settings.time().toNanos();
    }

    /** Returns when the simulator takes new messages again. */
    private static void awaitProgress(SoakPlant plant, long before) {
        Pause.until(
                () -> {
                    plant.keepUp();
                    return plant.accepted() > before;
                },
                STEP,
                RECOVERY,
                () -> plant.complaint("no message is sent any more"));
    }

    private static void settle(SoakPlant plant) {
        long lastMove = System.nanoTime();
        long before = -1;
        while (System.nanoTime() - lastMove < STANDSTILL.toNanos()) {
            plant.keepUp();
            long[] open = {Long.MAX_VALUE, 0};
            try {
                plant.database().query(OPEN, row -> {
                    open[0] = row.getLong(1);
                    open[1] = row.getLong(2);
                });
            } catch (SQLException away) {
                // asked again
            }
            JsonNode traffic = plant.simulator().stats().at("/systemIds/0/traffic");
            boolean isQuiet = traffic.at("/mo/pending").asLong() == 0
                    && (open[1] == 0 || traffic.at("/sr/pending").asLong() == 0);
            if (open[0] == 0 && open[1] == 0 && isQuiet) {
                return;
            }
            if (open[0] + open[1] != before) {
                before = open[0] + open[1];
                lastMove = System.nanoTime();
            }
            Pause.of(Duration.ofSeconds(1));
        }
    }

    private void tell(
            SoakPlant plant, SoakLoad load, SoakCheck check, SoakBooks.Counts books, SoakMo mo, double seconds) {
        strikes.print(report);
        report.say("");
        print(plant, load, check, books, mo, seconds);
        books.failures.forEach((reason, count) -> report.say("failed: " + reason + ": " + count));
        check.violations().forEach(violation -> report.say("BOOKS DO NOT BALANCE: " + violation));
        books.samples.forEach(report::say);
        toJson(plant, books, mo);
    }

    private void print(
            SoakPlant plant, SoakLoad load, SoakCheck check, SoakBooks.Counts books, SoakMo mo, double seconds) {
        Report.Table table = report.table(
                        "soak with seed " + settings.seed() + ", in-doubt = " + settings.inDoubt(), "")
                .row("seconds", Report.tenths(seconds));
        addMessages(table, load, books);
        addConnections(table, plant);
        table.row("MO answered", Report.whole(mo.answered()))
                .row("  of them not in the inbox", Report.whole(mo.lost()))
                .row("MO more than once in the inbox", Report.whole(mo.doubled()));
        addNodes(table, plant.nodes());
        table.row("books checked under load", Report.whole(check.checks())).print();
    }

    private static void addMessages(Report.Table table, SoakLoad load, SoakBooks.Counts books) {
        table.row("requests refused (429, 503)", Report.whole(load.refused()))
                .row("requests without an answer", Report.whole(load.unansweredRequests()))
                .row("accepted", Report.whole(books.accepted))
                .row("sent", Report.whole(books.sent))
                .row("  of them without SR", Report.whole(books.awaitingSr))
                .row("delivered", Report.whole(books.delivered))
                .row("failed", Report.whole(books.failed))
                .row("in doubt", Report.whole(books.inDoubt))
                .row("sent again, marked", Report.whole(books.resends))
                .row("duplicates at the SMSC", Report.whole(books.duplicates))
                .row("  of them unmarked", Report.whole(books.unmarkedDuplicates))
                .row("lost", Report.whole(books.lost));
    }

    private void addConnections(Report.Table table, SoakPlant plant) {
        JsonNode traffic = plant.simulator().stats().at("/systemIds/0/traffic");
        table.row("windows of all connections", Report.whole(settings.allWindows()))
                .row("most duplicates of one kill -9", Report.whole(strikes.mostOfOneKill()))
                .row("connections that there may be", Report.whole(settings.slots()))
                .row("connections that there were at most", Report.whole(plant.maxBinds()))
                .row(
                        "SR refused by the node",
                        Report.whole(traffic.at("/sr/refused").asLong()));
    }

    private static void addNodes(Report.Table table, List<SoakNode> nodes) {
        table.row(
                        "ends of a node nobody asked for",
                        Report.whole(nodes.stream()
                                .mapToInt(SoakNode::unexpectedEnds)
                                .sum()))
                .row(
                        "ends of a node to join again",
                        Report.whole(nodes.stream().mapToInt(SoakNode::rejoins).sum()))
                .row(
                        "a node's memory, MB",
                        Report.whole(nodes.stream()
                                        .mapToDouble(SoakNode::peakMemory)
                                        .max()
                                        .orElse(0)
                                / 1e6));
    }

    private void toJson(SoakPlant plant, SoakBooks.Counts books, SoakMo mo) {
        report.json()
                .put("accepted", books.accepted)
                .put("sent", books.sent)
                .put("delivered", books.delivered)
                .put("failed", books.failed)
                .put("inDoubt", books.inDoubt)
                .put("lost", books.lost)
                .put("duplicates", books.duplicates)
                .put("unmarkedDuplicates", books.unmarkedDuplicates)
                .put("moAnswered", mo.answered())
                .put("moLost", mo.lost())
                .put("moDoubled", mo.doubled())
                .put("kills", plant.kills())
                .put("maxDuplicatesPerKill", strikes.mostOfOneKill())
                .put("killsBeyondWindows", strikes.killsBeyondWindows())
                .put("nodes", settings.nodes())
                .put("maxBinds", plant.maxBinds())
                .put("slots", settings.slots())
                .put("longestRecoverySeconds", Report.rounded(strikes.longestRecovery()));
    }
}
