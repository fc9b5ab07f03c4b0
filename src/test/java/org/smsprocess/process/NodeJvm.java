// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.smsprocess.spec.FreePort;

/** A node in a JVM of its own, on a free port of 127.0.0.1. */
final class NodeJvm implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

    private final Path log;
    private final int port;
    private final Process process;

    private NodeJvm(Path log, int port, Process process) {
        this.log = log;
        this.port = port;
        this.process = process;
    }

    /** @param settings HOCON */
    static NodeJvm start(Path folder, String name, String settings) throws IOException {
        return start(folder, name, settings, Map.of());
    }

    /** @param environment variables beyond our own */
    static NodeJvm start(Path folder, String name, String settings, Map<String, String> environment)
            throws IOException {
        return start(folder, name, settings, environment, "256m");
    }

    /** @param heap as -Xmx has it */
    static NodeJvm start(Path folder, String name, String settings, Map<String, String> environment, String heap)
            throws IOException {
        int port = FreePort.next();
        Path conf = folder.resolve(name + ".conf");
        Path log = folder.resolve(name + ".log");
        Path arguments = folder.resolve(name + ".args");
        Files.writeString(conf, settings + "\nsms-process.http.port = " + port);
        Files.write(
                arguments,
                List.of(
                        "-Xmx" + heap,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dpekko.cluster.gossip-interval=200ms",
                        "-Dpekko.cluster.leader-actions-interval=200ms",
                        "-Dpekko.cluster.periodic-tasks-initial-delay=200ms",
                        "--add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED",
                        "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"",
                        "org.smsprocess.Main node --config \"" + conf + "\""));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "@" + arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new NodeJvm(log, port, process);
    }

    boolean isReady() {
        assertAlive();
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private void assertAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("the node ended with " + process.exitValue() + ":\n" + log());
        }
    }

    JsonNode connections() {
        assertAlive();
        try {
            return JSON.readTree(get("/api/v1/connections").body()).path("connections");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return HTTP status */
    int post(String path, String body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    /** @return the answer's body; an error unless its status is one of success */
    String upload(String path, String type, Path file) throws IOException {
        HttpResponse<String> answer = send(request(path)
                .timeout(Duration.ofMinutes(5))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofFile(file)));
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.body());
        }
        return answer.body();
    }

    /** As Prometheus sees them. */
    String metrics() {
        return get("/metrics").body();
    }

    private HttpResponse<String> get(String path) {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a service manager does. */
    void terminate() {
        process.destroy();
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
    }

    int port() {
        return port;
    }

    /** @param name such as STOP */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
}
