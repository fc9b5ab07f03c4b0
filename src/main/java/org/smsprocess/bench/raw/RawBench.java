// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.smsprocess.bench.Report;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.CpuMeter;
import org.smsprocess.bench.plant.Pause;
import org.smsprocess.bench.plant.SimulatorProcess;
import org.smsprocess.bench.plant.Workbench;

/**
 * SUBMIT_SM to SUBMIT_SM_RESP without persistence, one connection, the simulator in its own process: our link, the bare library two ways,
 * and a pump that does nothing else, one after the other in the same run.
 */
public final class RawBench {
    private static final String SIMULATOR = "sr.enabled = false";

    private final Report report;
    private final int window;
    private final Duration warmUp;
    private final Duration time;

    public RawBench(Report report, int window, Duration warmUp, Duration time) {
        this.report = report;
        this.window = window;
        this.warmUp = warmUp;
        this.time = time;
    }

    private record Result(double rate, double clientMicros, double simulatorMicros) {}

    public void run() {
        Map<String, RawClient.Maker> clients = new LinkedHashMap<>();
        clients.put("link", OurLinkClient::new);
        clients.put("libraryWindow", LibraryWindowClient::new);
        clients.put("libraryFree", LibraryFreeClient::new);
        clients.put("pump", PumpClient::new);
        Map<String, Result> results = new LinkedHashMap<>();
        try (Workbench bench = new Workbench()) {
            SimulatorProcess simulator = SimulatorProcess.start(bench, SIMULATOR);
            RawTarget target = new RawTarget(simulator.smppPort(), window);
            clients.forEach((name, maker) -> results.put(name, measure(simulator, maker, target)));
        }
        tell(results);
    }

    private Result measure(SimulatorProcess simulator, RawClient.Maker maker, RawTarget target) {
        CpuMeter own = CpuMeter.alone(ProcessHandle.current());
        try (RawClient client = maker.make(target)) {
            Pause.of(warmUp);
            long cpu = own.nanos();
            long simulatorCpu = simulator.cpu().nanos();
            long start = System.nanoTime();
            long answered = client.answered();
            Pause.of(time);
            long messages = client.answered() - answered;
            double seconds = (System.nanoTime() - start) / 1e9;
            if (messages == 0) {
                throw new BenchFailure("nothing was answered");
            }
            return new Result(
                    messages / seconds,
                    (own.nanos() - cpu) / 1e3 / messages,
                    (simulator.cpu().nanos() - simulatorCpu) / 1e3 / messages);
        }
    }

    private void tell(Map<String, Result> results) {
        Map<String, String> names = Map.of(
                "link", "our session and window",
                "libraryWindow", "library, its window and calls",
                "libraryFree", "library's PDUs, no window",
                "pump", "hand-made pump (the limit)");
        Report.Table table = report.table("window " + window, "msg/s", "client µs", "simulator µs");
        ObjectNode json = report.json().put("bench", "raw").put("window", window);
        results.forEach((name, result) -> {
            table.row(
                    names.getOrDefault(name, name),
                    Report.whole(result.rate()),
                    Report.hundredths(result.clientMicros()),
                    Report.hundredths(result.simulatorMicros()));
            json.putObject(name)
                    .put("rate", Math.round(result.rate()))
                    .put("clientCpuMicros", Report.rounded(result.clientMicros()))
                    .put("simulatorCpuMicros", Report.rounded(result.simulatorMicros()));
        });
        table.print();
        double link = rate(results, "link");
        json.put("linkToLibraryWindow", Report.rounded(link / rate(results, "libraryWindow")));
        json.put("linkToPump", Math.round(link / rate(results, "pump") * 100) / 100.0);
    }

    private static double rate(Map<String, Result> results, String name) {
        Result result = results.get(name);
        return result == null ? Double.NaN : result.rate();
    }
}
