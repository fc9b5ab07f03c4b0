// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.smsprocess.api.http.ApiToken;

/** A node in a process of its own. */
public final class NodeProcess {
    /**
     * Where a node runs.
     *
     * @param name of its files
     * @param host address of its API, its cluster port and its settings' side
     * @param clusterPort 0: a free one
     * @param hub address that it reaches PostgreSQL and the simulator at
     * @param command what the JVM is started with, such as {@code ip netns exec}
     */
    public record Place(String name, String host, int clusterPort, String hub, List<String> command) {
        public static final Place HERE = new Place("node", "127.0.0.1", 0, "127.0.0.1", List.of());

        /** One of several may be frozen or cut off, which must not hold up the others. */
        Duration patience() {
            return equals(HERE) ? JsonHttp.PATIENCE : Duration.ofSeconds(4);
        }
    }

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration START = Duration.ofSeconds(120);
    public static final String ACCOUNT = "bench";
    /** Of the word in {@link JsonHttp#TOKEN}; beyond loopback the API wants one. */
    private static final String TOKEN = "{ name = soak, scopes = \"send read admin\"," + " sha256 = \""
            + HexFormat.of().formatHex(ApiToken.sha256(JsonHttp.TOKEN)) + "\" }";

    private final Path file;
    private final ChildJvm jvm;
    private final Place place;
    private final int port;
    private final JsonHttp http;

    private NodeProcess(Path file, ChildJvm jvm, Place place, int port) {
        this.file = file;
        this.jvm = jvm;
        this.place = place;
        this.port = port;
        this.http = new JsonHttp("http://" + place.host() + ":" + port, place.patience());
    }

    /**
     * Starts one; it is not ready yet.
     *
     * @param account HOCON, what the account sets beside its address
     * @param settings HOCON lines over all others; ${smsc-port} is the simulator's
     */
    public static NodeProcess start(
            Workbench bench,
            PostgresServer.Address database,
            int smscPort,
            String account,
            List<String> jvmOptions,
            List<String> settings) {
        return start(bench, Place.HERE, database, smscPort, account, jvmOptions, settings);
    }

    /** As above, somewhere. */
    public static NodeProcess start(
            Workbench bench,
            Place place,
            PostgresServer.Address database,
            int smscPort,
            String account,
            List<String> jvmOptions,
            List<String> settings) {
        int port = freePort();
        Path file = bench.folder().resolve(place.name() + ".conf");
        try {
            Files.writeString(file, configuration(bench, place, port, database, smscPort, account, settings));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new NodeProcess(file, launch(bench, place, place.name(), jvmOptions, file), place, port);
    }

    private static String configuration(
            Workbench bench,
            Place place,
            int port,
            PostgresServer.Address database,
            int smscPort,
            String account,
            List<String> settings) {
        return """
                smsc-port = %d
                sms-process {
                  data-dir = "%s"
                  http { host = "%s", port = %d, tokens = [%s] }
                  cluster { host = "%s", port = %d }
                  datastore { url = "%s", user = "%s", password = "%s" }
                  accounts.%s {
                    host = "%s", port = ${smsc-port}, system-id = bench, source-number = "12345", smsc-name = Simulator
                    reconnect-delay = 1s
                    %s
                  }
                }
                %s
                """.formatted(
                        smscPort,
                        bench.folder().resolve(place.name()),
                        place.host(),
                        port,
                        place.equals(Place.HERE) ? "" : TOKEN,
                        place.host(),
                        place.clusterPort(),
                        database.url(),
                        database.user(),
                        database.password(),
                        ACCOUNT,
                        place.hub(),
                        account,
                        String.join("\n", settings));
    }

    private static ChildJvm launch(Workbench bench, Place place, String name, List<String> jvmOptions, Path file) {
        return ChildJvm.start(bench, place.command(), name, jvmOptions, List.of("node", "--config", file.toString()));
    }

    /** The same node once more, after this process has ended; it is not ready yet. */
    public NodeProcess again(Workbench bench, String name, List<String> jvmOptions) {
        return new NodeProcess(file, launch(bench, place, name, jvmOptions, file), place, port);
    }

    public ProcessHandle handle() {
        return jvm.handle();
    }

    public void awaitReady() {
        Pause.until(
                () -> {
                    jvm.check();
                    return isReady();
                },
                STEP,
                START,
                () -> "the node does not get ready:\n" + jvm.tail());
    }

    public boolean isReady() {
        try {
            http.get("/health/ready");
            return true;
        } catch (BenchFailure notYet) {
            return false;
        }
    }

    /** What is said when something does not happen. */
    public String complaint(String what) {
        return what + "; the node says:\n" + jvm.tail();
    }

    /** Once it has ended. */
    public int exitCode() {
        return jvm.exitCode();
    }

    public void check() {
        jvm.check();
    }

    public CpuMeter cpu() {
        return CpuMeter.alone(jvm.handle());
    }

    /** Octets of memory, the most it ever had; NaN where the system does not tell. */
    public double peakMemory() {
        return status("VmHWM:");
    }

    /** Octets of memory it has now; NaN where the system does not tell. */
    public double memory() {
        return status("VmRSS:");
    }

    /** proc(5): in kilobytes. */
    private double status(String name) {
        try {
            for (String line : Files.readAllLines(
                    Path.of("/proc", Long.toString(jvm.handle().pid()), "status"))) {
                if (line.startsWith(name)) {
                    return Double.parseDouble(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException noProc) {
            return Double.NaN;
        }
        return Double.NaN;
    }

    public int port() {
        return port;
    }

    /** Where its API is. */
    public InetSocketAddress api() {
        return new InetSocketAddress(place.host(), port);
    }

    /**
     * Its own connections that are bound now.
     *
     * @throws BenchFailure if it does not answer
     */
    public int bound() {
        String self = place.host() + ":" + place.clusterPort();
        int bound = 0;
        for (JsonNode connection : http.get("/api/v1/connections").path("connections")) {
            boolean isMine = connection.path("node").asText().equals(self);
            bound += isMine && connection.path("state").asText().equals("bound") ? 1 : 0;
        }
        return bound;
    }

    public void stop() throws InterruptedException {
        jvm.close();
    }

    public void kill() throws InterruptedException {
        jvm.kill();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
