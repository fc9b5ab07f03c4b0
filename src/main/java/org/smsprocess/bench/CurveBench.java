// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.Workbench;

/**
 * How batches grow with the load: the full life of messages offered at one rate after another, with the latency of the stages, what one
 * transaction and one row of a correlator's journal carried, and the CPU by message. Small batches and short waits when there is little
 * to do, large batches when there is much.
 */
public final class CurveBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    private static final int REQUESTS_PER_SECOND = 1000;
    private static final String JOURNAL_ROWS = "select coalesce(sum(n_tup_ins), 0)::float8 from pg_stat_user_tables"
            + " where schemaname = 'sms' and relname = 'event_journal'";

    private final Report report;
    private final BenchSetup setup;
    private final List<Integer> rates;
    private final int seconds;
    private final int clients;

    /**
     * @param rates messages a second, in this order; at most a thousand requests a second carry them
     * @param seconds of each
     */
    public CurveBench(Report report, BenchSetup setup, List<Integer> rates, int seconds, int clients) {
        this.report = report;
        this.setup = setup;
        this.rates = List.copyOf(rates);
        this.seconds = seconds;
        this.clients = clients;
    }

    public void run() {
        try (Workbench bench = new Workbench()) {
            Installation installation = Installation.start(bench, setup.with(SIMULATOR));
            Load warmUp = new Load(installation.node().port(), new Messages("w"), 100_000, 500);
            warmUp.start(clients);
            new Finals(installation).await(warmUp);
            ArrayNode points = report.json().put("bench", "curve").putArray("points");
            Report.Table table = report.table(
                    "offered, msg/s",
                    "done",
                    "POST to 202, ms",
                    "accept to SUBMIT_SM",
                    "SR to DELIVER_SM_RESP",
                    "messages/commit",
                    "entries/journal row",
                    "CPU µs, node + PostgreSQL");
            for (int rate : rates) {
                offer(installation, rate, table, points.addObject());
            }
            table.print();
            report.say("latencies: p50 / p99");
        }
    }

    private void offer(Installation installation, int rate, Report.Table table, ObjectNode json) {
        installation.simulator().reset();
        int messages = rate * seconds;
        int batch = Math.max(1, rate / REQUESTS_PER_SECOND);
        Finals finals = new Finals(installation);
        DatabaseWork workBefore = DatabaseWork.now(installation.postgres());
        double rowsBefore = installation.postgres().numbers(JOURNAL_ROWS)[0];
        Usage before = Usage.now(installation);
        long start = System.nanoTime();
        Load load = new Load(installation.node().port(), new Messages("o" + rate), messages, batch).paced(rate);
        load.start(clients);
        double done = messages * 1e9 / (finals.await(load) - start);
        Usage used = Usage.now(installation).since(before, messages);
        Pause.of(LifeBench.STATISTICS);
        double perCommit = 1000
                / DatabaseWork.now(installation.postgres())
                        .since(workBefore, messages)
                        .commits();
        double perRow = 2.0 * messages / (installation.postgres().numbers(JOURNAL_ROWS)[0] - rowsBefore);
        var stages = LifeStages.read(installation, load, finals.base()).millis();
        double cpu = used.node() + used.postgres();
        table.row(
                Report.whole(rate),
                Report.whole(done),
                both(stages, "POST to 202"),
                both(stages, "accept to SUBMIT_SM"),
                both(stages, "SR to DELIVER_SM_RESP"),
                Report.tenths(perCommit),
                Report.tenths(perRow),
                Report.tenths(cpu));
        json.put("offered", rate).put("done", Math.round(done)).put("requestMessages", batch);
        json.put("messagesPerCommit", Report.rounded(perCommit)).put("entriesPerJournalRow", Report.rounded(perRow));
        json.put("cpuMicrosPerMessage", Report.rounded(cpu));
        ObjectNode millis = json.putObject("stageMillis");
        stages.forEach((stage, its) ->
                millis.putObject(stage).put("p50", Report.rounded(its.p50())).put("p99", Report.rounded(its.p99())));
    }

    private static String both(Map<String, LifeStages.Millis> stages, String stage) {
        LifeStages.Millis millis = stages.get(stage);
        return millis == null ? "-" : Report.tenths(millis.p50()) + " / " + Report.tenths(millis.p99());
    }
}
