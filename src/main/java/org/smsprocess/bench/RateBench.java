// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.smsprocess.bench.plant.Workbench;

/**
 * How well max-mt-throughput is kept: an account for each cap, one connection each, all at once through one node, each with more to send than
 * it may. The delivery log tells how much of the cap was used; the simulator how many came in any sliding second, in two ways: as it read
 * them, which is too many when it had to wait for a core and then read at once what had come meanwhile, and the number that
 * surely came within a second, its own pauses set aside.
 */
public final class RateBench {
    private static final int[] CAPS = {1, 5, 20, 100, 500, 1000, 2000};
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }, submit { watch-period = 1ms }";
    private static final String USED =
            "select (count(*) - 1) / extract(epoch from max(submitted_at) - min(submitted_at))::float8"
                    + " from message where account = 'cap' || ?";

    private final Report report;
    private final BenchSetup setup;
    private final int seconds;

    /** @param seconds that each cap takes */
    public RateBench(Report report, BenchSetup setup, int seconds) {
        this.report = report;
        this.setup = setup;
        this.seconds = seconds;
    }

    public void run() {
        try (Workbench bench = new Workbench();
                Lateness lateness = new Lateness()) {
            Installation installation = Installation.start(bench, withCaps());
            Finals finals = new Finals(installation);
            Load last = null;
            for (int cap : CAPS) {
                last = new Load(installation.node().port(), new Messages("cap" + cap, "r"), cap * seconds, 500);
                last.start(1);
                finals.awaitPosted(last);
            }
            if (last != null) {
                finals.await(last);
            }
            tell(installation, lateness.mostMillis());
        }
    }

    private Installation.Setup withCaps() {
        List<String> settings = new ArrayList<>(setup.nodeSettings());
        for (int cap : CAPS) {
            settings.add(
                    "sms-process.accounts.cap" + cap + " { host = \"127.0.0.1\", port = ${smsc-port}, system-id = cap"
                            + cap + ", source-number = \"12345\", window = 1000, max-mt-throughput = " + cap + " }");
        }
        BenchSetup one = setup.withConnections(1);
        Installation.Setup plain = one.with(SIMULATOR);
        return new Installation.Setup(
                plain.database(), SIMULATOR, 1, CAPS.length + 1, plain.account(), plain.jvmOptions(), settings);
    }

    private void tell(Installation installation, double lateMillis) {
        ArrayNode rows = report.json().put("bench", "rate").putArray("rows");
        Report.Table table = report.table("cap, msg/s", "most in any second", "as the receiver read them", "used, %");
        boolean above = false;
        JsonNode systemIds = installation.simulator().stats().path("systemIds");
        for (int cap : CAPS) {
            int most = 0;
            int read = 0;
            for (JsonNode systemId : systemIds) {
                if (systemId.path("systemId").asText().equals("cap" + cap)) {
                    most = systemId.path("surelyPerSecond").asInt();
                    read = systemId.path("maxAcceptedPerSecond").asInt();
                }
            }
            double used = 100 * installation.postgres().numbers(USED, cap)[0] / cap;
            above |= most > cap;
            table.row(Integer.toString(cap), Integer.toString(most), Integer.toString(read), Report.tenths(used));
            rows.addObject()
                    .put("cap", cap)
                    .put("mostInASecond", most)
                    .put("mostAsRead", read)
                    .put("usedPercent", Report.rounded(used));
        }
        table.print();
        report.say("threads of this machine woke up late by " + Report.tenths(lateMillis)
                + " ms at most, the receiver's too: that much more it may have read together");
        report.json().put("everAbove", above).put("mostLateMillis", Report.rounded(lateMillis));
    }
}
