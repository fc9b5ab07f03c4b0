// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bundled SMSC in a process of its own. */
public final class SimulatorProcess {
    private static final Pattern UP = Pattern.compile("SMPP on port (\\d+), HTTP on port (\\d+)");
    private static final Duration START = Duration.ofSeconds(60);

    private final ChildJvm jvm;
    private final int smppPort;
    private final JsonHttp http;

    private SimulatorProcess(ChildJvm jvm, int smppPort, JsonHttp http) {
        this.jvm = jvm;
        this.smppPort = smppPort;
        this.http = http;
    }

    /** @param settings HOCON, inside of {@code sms-process-simulator} */
    public static SimulatorProcess start(Workbench bench, String settings) {
        return start(bench, "127.0.0.1", settings);
    }

    /** It keeps a record of every message: another collector stops it for 150 ms to move that, and each SR under way looks as late. */
    private static final List<String> JVM = List.of("-Xms768m", "-Xmx768m", "-XX:+UseZGC");

    /** @param host address of its ports */
    public static SimulatorProcess start(Workbench bench, String host, String settings) {
        Path file = bench.folder().resolve("simulator.conf");
        try {
            Files.writeString(
                    file,
                    "sms-process-simulator {\nhost = \"" + host + "\", port = 0, http-port = 0\n" + settings + "\n}\n");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        ChildJvm jvm = ChildJvm.start(bench, "simulator", JVM, List.of("simulator", "--config", file.toString()));
        Matcher ports = jvm.awaitLine(UP, START);
        return new SimulatorProcess(
                jvm, Integer.parseInt(ports.group(1)), new JsonHttp("http://" + host + ":" + ports.group(2)));
    }

    public int smppPort() {
        return smppPort;
    }

    public CpuMeter cpu() {
        return CpuMeter.alone(jvm.handle());
    }

    public JsonNode stats() {
        return http.get("/stats");
    }

    /** All it has kept, if it keeps them. */
    public JsonNode messages() {
        return http.get("/messages");
    }

    /** @param fault JSON, as the settings have it */
    public void strike(String fault) {
        http.post("/fault", fault);
    }

    public void clearFaults() {
        http.post("/fault/clear", "");
    }

    /** All messages it kept, one a line; to be closed. */
    public Stream<JsonNode> received() {
        return http.lines("/received.ndjson");
    }

    public void reset() {
        http.post("/reset", "");
    }
}
