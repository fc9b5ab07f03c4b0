// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.PostgresServer;
import org.smsprocess.bench.plant.Workbench;

/**
 * What a message costs when things have grown: rows in the delivery log, connections, accounts; with autovacuum at work, and while the
 * retention drops partitions. Each row of the table is the median of several runs.
 */
public final class GrowthBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    /** The statistics of PostgreSQL come about a second late. */
    private static final Duration STATISTICS = Duration.ofMillis(1500);

    private static final int USUAL_ROWS = 1_000_000;
    private static final int OLD_PARTITIONS = 3;
    private static final int DROP_SECONDS = 3;
    private static final String HOUSEKEEPING =
            "select coalesce(sum(autovacuum_count + autoanalyze_count), 0) from pg_stat_user_tables"
                    + " where relname like 'message%'";

    private final Report report;
    private final GrowthSettings settings;
    private final Report.Table table;
    private final ArrayNode json;
    private int name;

    public GrowthBench(Report report, GrowthSettings settings) {
        this.report = report;
        this.settings = settings;
        this.table = report.table(
                Report.whole(settings.messages()) + " messages, median of " + settings.runs(),
                "msg/s",
                "node µs",
                "PostgreSQL µs",
                "both µs",
                "WAL octets",
                "202 p99 ms",
                "most");
        this.json = report.json().put("bench", "growth").putArray("rows");
    }

    public void run() {
        try (Workbench bench = new Workbench()) {
            if (!settings.rows().isEmpty() || settings.autovacuum()) {
                growRows(bench);
            }
        }
        for (int connections : settings.connections()) {
            one("connections: " + connections, connections, 1);
        }
        for (int accounts : settings.accounts()) {
            one("accounts of one connection: " + accounts, 1, accounts);
        }
        if (settings.retention()) {
            try (Workbench bench = new Workbench()) {
                drop(bench);
            }
        }
        table.print();
    }

    private void growRows(Workbench bench) {
        Installation installation = start(bench, settings.bench().connections(), 1, List.of());
        FilledLog log = new FilledLog(installation.postgres());
        warmUp(installation, 1);
        for (int rows : settings.rows()) {
            List<GrowthRun> runs = new ArrayList<>();
            for (int i = 0; i < settings.runs(); i++) {
                if (i == 0 || rows < 10L * settings.messages()) { // else the runs before do not count
                    log.fill(rows);
                }
                runs.add(measure(installation, 1));
            }
            tell("rows in the log before: " + Report.whole(rows), runs);
        }
        if (settings.autovacuum()) {
            vacuum(installation, log);
        }
    }

    /** First without, then with an autovacuum that comes every second for any change at all and never rests. */
    private void vacuum(Installation installation, FilledLog log) {
        PostgresServer postgres = installation.postgres();
        log.fill(USUAL_ROWS);
        postgres.execute("alter table message_0 set (autovacuum_enabled = off)");
        tell("autovacuum of messages: off", several(installation, 1));
        postgres.execute("alter table message_0 set (autovacuum_enabled = on, autovacuum_vacuum_scale_factor = 0,"
                + " autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_insert_scale_factor = 0,"
                + " autovacuum_vacuum_insert_threshold = 1000, autovacuum_analyze_scale_factor = 0,"
                + " autovacuum_analyze_threshold = 1000, autovacuum_vacuum_cost_delay = 0)");
        postgres.execute("alter system set autovacuum_naptime = '1s'");
        postgres.execute("select pg_reload_conf()");
        double before = postgres.numbers(HOUSEKEEPING)[0];
        List<GrowthRun> runs = several(installation, 1);
        Pause.of(STATISTICS);
        double times = postgres.numbers(HOUSEKEEPING)[0] - before;
        tell("autovacuum of messages: " + Report.whole(times) + " runs meanwhile", runs);
    }

    private void one(String what, int connections, int accounts) {
        try (Workbench bench = new Workbench()) {
            Installation installation = start(bench, connections, accounts, List.of());
            warmUp(installation, accounts);
            tell(what, several(installation, accounts));
        }
    }

    private void drop(Workbench bench) {
        Installation installation = start(
                bench,
                settings.bench().connections(),
                1,
                List.of("sms-process.upkeep.period = 1s", "sms-process.retention = 1h"));
        FilledLog log = new FilledLog(installation.postgres());
        warmUp(installation, 1);
        log.fillPartitions(OLD_PARTITIONS, USUAL_ROWS);
        tell("partitions dropped: 0", several(installation, 1));
        int before = log.partitions();
        // each is over when the next one began, and goes an hour after that: the first in a few seconds
        installation
                .postgres()
                .execute("update message_partition set opened_at = now() - interval '1 h' + number * interval '"
                        + DROP_SECONDS + " s'");
        List<GrowthRun> runs = several(installation, 1);
        tell(
                "partitions of " + Report.whole(USUAL_ROWS) + " rows dropped meanwhile: " + (before - log.partitions()),
                runs);
    }

    private Installation start(Workbench bench, int connections, int accounts, List<String> more) {
        BenchSetup setup = settings.bench().withConnections(connections);
        Installation.Setup plain = setup.with(SIMULATOR);
        List<String> lines = new ArrayList<>(more);
        for (int i = 1; i < accounts; i++) {
            lines.add("sms-process.accounts." + account(i) + " = ${sms-process.accounts." + NodeProcess.ACCOUNT
                    + "} { system-id = " + account(i) + " }");
        }
        lines.addAll(plain.nodeSettings());
        return Installation.start(
                bench,
                new Installation.Setup(
                        plain.database(),
                        plain.simulator(),
                        connections,
                        connections * accounts,
                        plain.account(),
                        plain.jvmOptions(),
                        lines));
    }

    private static String account(int number) {
        return number == 0 ? NodeProcess.ACCOUNT : NodeProcess.ACCOUNT + number;
    }

    private void warmUp(Installation installation, int accounts) {
        if (settings.warmUp() > 0) {
            GrowthRun.of(installation, texts(accounts), settings.warmUp());
        }
    }

    private List<GrowthRun> several(Installation installation, int accounts) {
        List<GrowthRun> runs = new ArrayList<>();
        for (int i = 0; i < settings.runs(); i++) {
            runs.add(measure(installation, accounts));
        }
        return runs;
    }

    private GrowthRun measure(Installation installation, int accounts) {
        return GrowthRun.of(installation, texts(accounts), settings.messages());
    }

    private Messages texts(int accounts) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            names.add(account(i));
        }
        return new Messages(names, "g" + name++);
    }

    private void tell(String what, List<GrowthRun> runs) {
        GrowthRun run = GrowthRun.median(runs);
        Usage used = run.used();
        double most =
                runs.stream().mapToDouble(GrowthRun::acceptMillisMost).max().orElse(0);
        report.say(what + ": node " + Report.tenths(used.node()) + " + PostgreSQL " + Report.tenths(used.postgres())
                + " µs, " + Report.whole(run.rate()) + " msg/s");
        table.row(
                what,
                Report.whole(run.rate()),
                Report.tenths(used.node()),
                Report.tenths(used.postgres()),
                Report.tenths(run.micros()),
                Report.whole(used.walOctets()),
                Report.whole(run.acceptMillisP99()),
                Report.whole(most));
        ObjectNode row = json.addObject().put("what", what).put("rate", Math.round(run.rate()));
        row.putObject("cpuMicrosPerMessage")
                .put("node", Report.rounded(used.node()))
                .put("postgres", Report.rounded(used.postgres()))
                .put("simulator", Report.rounded(used.simulator()));
        row.put("walBytesPerMessage", Math.round(used.walOctets()))
                .put("acceptMillisP99", Report.rounded(run.acceptMillisP99()))
                .put("acceptMillisMost", Report.rounded(most));
    }
}
