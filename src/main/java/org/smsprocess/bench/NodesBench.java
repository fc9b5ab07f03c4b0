// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.JsonHttp;
import org.smsprocess.bench.plant.NodeProcess;
import org.smsprocess.bench.plant.Workbench;

/**
 * The full life of messages with one node, then with two that share the connections, on the same processors: what it costs that messages
 * cross nodes. Both take requests from the first node's API alone.
 */
public final class NodesBench {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";
    private static final int BATCH = 1000;
    private static final int CLIENTS = 4;
    private static final int MOST = 2;

    private final Report report;
    private final BenchSetup setup;
    private final int messages;

    /** @param messages of each run */
    public NodesBench(Report report, BenchSetup setup, int messages) {
        BenchFailure.check("--messages", messages, BATCH, 100_000_000);
        this.report = report;
        this.setup = setup;
        this.messages = messages;
    }

    public void run() {
        ArrayNode rows =
                report.json().put("bench", "nodes").put("messages", messages).putArray("rows");
        Report.Table table = report.table(
                "nodes", "msg/s", "CPU µs/message: nodes", "SR messages between nodes/message", "octets/message");
        for (int nodes = 1; nodes <= MOST; nodes++) {
            Row row = measure(nodes);
            table.row(
                    Integer.toString(nodes),
                    Report.whole(row.rate()),
                    Report.tenths(row.cpuMicros()),
                    String.format(Locale.ROOT, "%.3f", row.crossings()),
                    Report.whole(row.octets()));
            rows.addObject()
                    .put("nodes", nodes)
                    .put("rate", Math.round(row.rate()))
                    .put("cpuMicrosPerMessage", Report.rounded(row.cpuMicros()))
                    .put("crossingsPerMessage", row.crossings())
                    .put("octetsPerMessage", Report.rounded(row.octets()));
        }
        table.print();
    }

    private record Row(double rate, double cpuMicros, double crossings, double octets) {}

    private Row measure(int count) {
        try (Workbench bench = new Workbench()) {
            Installation.Setup one = setup.with(SIMULATOR);
            Installation installation = Installation.start(bench, one);
            List<NodeProcess> nodes = new ArrayList<>(List.of(installation.node()));
            for (int i = 1; i < count; i++) {
                nodes.add(join(bench, installation, one, i));
            }
            installation.awaitBinds(one.binds());
            life(installation, "w", messages / 2); // also gives the connections time to move
            installation.awaitBinds(one.binds());
            return life(installation, nodes);
        }
    }

    private static NodeProcess join(Workbench bench, Installation installation, Installation.Setup one, int number) {
        NodeProcess.Place place = new NodeProcess.Place("node-" + number, "127.0.0.1", 0, "127.0.0.1", List.of());
        NodeProcess node = NodeProcess.start(
                bench,
                place,
                installation.postgres().address(),
                installation.simulator().smppPort(),
                one.accountWithConnections(),
                one.jvmOptions(),
                one.nodeSettings());
        node.awaitReady();
        return node;
    }

    private Row life(Installation installation, List<NodeProcess> nodes) {
        double crossed = sent(nodes, "messages");
        double octets = sent(nodes, "octets");
        long cpu = nanos(nodes);
        double seconds = life(installation, "r", messages);
        return new Row(
                messages / seconds,
                (nanos(nodes) - cpu) / 1e3 / messages,
                (sent(nodes, "messages") - crossed) / messages,
                (sent(nodes, "octets") - octets) / messages);
    }

    /** @return seconds from the first request to the last final status */
    private static double life(Installation installation, String name, int count) {
        Finals finals = new Finals(installation);
        Load load = new Load(installation.node().port(), new Messages(name), count, BATCH);
        long start = System.nanoTime();
        load.start(CLIENTS);
        return (finals.await(load) - start) / 1e9;
    }

    private static long nanos(List<NodeProcess> nodes) {
        return nodes.stream().mapToLong(node -> node.cpu().nanos()).sum();
    }

    /** By all nodes, of mappings and status reports. */
    private static double sent(List<NodeProcess> nodes, String what) {
        Pattern sample = Pattern.compile("(?m)^sms_cluster_" + what + "_total\\{[^}]*kind=\"sr\"[^}]*} (\\S+)");
        double sum = 0;
        for (NodeProcess node : nodes) {
            Matcher found = sample.matcher(metrics(node));
            sum += found.find() ? Double.parseDouble(found.group(1)) : 0;
        }
        return sum;
    }

    private static String metrics(NodeProcess node) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/metrics"))
                .header("Authorization", "Bearer " + JsonHttp.TOKEN)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new BenchFailure("a node does not tell its metrics: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }
}
