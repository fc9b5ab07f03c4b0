// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A node in a process of its own. */
final class NodeProcess {
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration START = Duration.ofSeconds(120);
    static final String ACCOUNT = "bench";

    private final Path file;
    private final ChildJvm jvm;
    private final int port;
    private final JsonHttp http;

    private NodeProcess(Path file, ChildJvm jvm, int port) {
        this.file = file;
        this.jvm = jvm;
        this.port = port;
        this.http = new JsonHttp("http://127.0.0.1:" + port);
    }

    /**
     * Starts one; it is not ready yet.
     *
     * @param account HOCON, what the account sets beside its address
     * @param settings HOCON lines over all others; ${smsc-port} is the simulator's
     */
    static NodeProcess start(
            Workbench bench,
            PostgresServer.Address database,
            int smscPort,
            String account,
            List<String> jvmOptions,
            List<String> settings) {
        int port = freePort();
        Path file = bench.folder().resolve("node.conf");
        String text = """
                smsc-port = %d
                sms-process {
                  data-dir = "%s"
                  http.port = %d
                  datastore { url = "%s", user = "%s", password = "%s" }
                  accounts.%s {
                    host = "127.0.0.1", port = ${smsc-port}, system-id = bench, source-number = "12345", smsc-name = Simulator
                    reconnect-delay = 1s
                    %s
                  }
                }
                %s
                """.formatted(
                        smscPort,
                        bench.folder().resolve("node"),
                        port,
                        database.url(),
                        database.user(),
                        database.password(),
                        ACCOUNT,
                        account,
                        String.join("\n", settings));
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new NodeProcess(file, launch(bench, "node", jvmOptions, file), port);
    }

    private static ChildJvm launch(Workbench bench, String name, List<String> jvmOptions, Path file) {
        return ChildJvm.start(bench, name, jvmOptions, List.of("node", "--config", file.toString()));
    }

    /** The same node once more, after this process has ended; it is not ready yet. */
    NodeProcess again(Workbench bench, String name, List<String> jvmOptions) {
        return new NodeProcess(file, launch(bench, name, jvmOptions, file), port);
    }

    ProcessHandle handle() {
        return jvm.handle();
    }

    void awaitReady() {
        Pause.until(
                () -> {
                    jvm.check();
                    return isReady();
                },
                STEP,
                START,
                () -> "the node does not get ready:\n" + jvm.tail());
    }

    boolean isReady() {
        try {
            http.get("/health/ready");
            return true;
        } catch (BenchFailure notYet) {
            return false;
        }
    }

    /** What is said when something does not happen. */
    String complaint(String what) {
        return what + "; the node says:\n" + jvm.tail();
    }

    void check() {
        jvm.check();
    }

    CpuMeter cpu() {
        return CpuMeter.alone(jvm.handle());
    }

    /** Octets of memory, the most it ever had; NaN where the system does not tell. */
    double peakMemory() {
        return status("VmHWM:");
    }

    /** Octets of memory it has now; NaN where the system does not tell. */
    double memory() {
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

    int port() {
        return port;
    }

    void stop() throws InterruptedException {
        jvm.close();
    }

    void kill() throws InterruptedException {
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
