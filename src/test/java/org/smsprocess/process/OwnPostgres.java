// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.smsprocess.spec.FreePort;
import org.smsprocess.store.DatastoreSettings;
import org.smsprocess.store.EmbeddedServer;

/** A PostgreSQL that nobody starts again: killed, stopped, made a standby and promoted as the test wants it. */
final class OwnPostgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Programs and an empty database, made once. */
    record Template(Path programs, Path data, String user, String password) {
        static Template make(Path folder) throws IOException, SQLException {
            DatastoreSettings settings = DatastoreSettings.from(ConfigFactory.load(ConfigFactory.parseMap(Map.of(
                    "sms-process.data-dir",
                    folder.toString(),
                    "sms-process.datastore.url",
                    "",
                    "sms-process.datastore.embedded.shared-buffers",
                    "64MB"))));
            Path home = folder.resolve("postgres");
            EmbeddedServer server = EmbeddedServer.start(settings);
            Path programs = programs(home.resolve("data"));
            server.close();
            Files.writeString(
                    home.resolve("data/pg_hba.conf"),
                    "\nhost replication all 127.0.0.1/32 trust\n",
                    StandardOpenOption.APPEND);
            return new Template(programs, home.resolve("data"), server.user(), server.password());
        }

        /** Where the running server is from: of several in one JVM the library unpacks the programs for the first alone. */
        private static Path programs(Path data) throws IOException {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0));
            return ProcessHandle.of(pid)
                    .flatMap(postmaster -> postmaster.info().command())
                    .map(command -> Path.of(command).getParent())
                    .orElseThrow();
        }
    }

    private final Template template;
    private final Path data;
    private final int port;
    private final List<String> options;
    private Process process;

    /** @param options of the server, as {@code name=value} */
    OwnPostgres(Template template, Path data, String... options) throws IOException {
        this(template, template.data(), data, options);
    }

    private OwnPostgres(Template template, Path from, Path data, String... options) throws IOException {
        this.template = template;
        this.data = data;
        this.port = FreePort.next();
        this.options = List.of(options);
        copy(from, data);
    }

    /** A standby made of this server, which must not run now. */
    OwnPostgres standby(Path folder) throws IOException {
        OwnPostgres standby = new OwnPostgres(template, data, folder);
        Files.createFile(folder.resolve("standby.signal"));
        Files.writeString(
                folder.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=" + template.user()
                        + " application_name=standby'\n");
        return standby;
    }

    void start() throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) { // which the server refuses to run as
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(template.programs().resolve("postgres").toString(), "-D", data.toString()));
        List<String> settings = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "shared_buffers=64MB",
                "max_connections=100",
                "fsync=off", // processes are killed here, not machines
                "jit=off"));
        settings.addAll(options);
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        data.resolveSibling(data.getFileName() + ".log").toFile()))
                .start();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isUp);
    }

    /** All its processes at once. */
    void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** The immediate shutdown: no checkpoint, every session cut. */
    void quit() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                .start()
                .waitFor();
        process.waitFor();
    }

    void promote() {
        execute("select pg_promote()");
    }

    int port() {
        return port;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/sms";
    }

    String user() {
        return template.user();
    }

    String password() {
        return template.password();
    }

    boolean isUp() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    void execute(String sql) {
        try (Connection connection = connect()) {
            connection.createStatement().execute(sql);
        } catch (SQLException error) {
            throw new IllegalStateException(error);
        }
    }

    /** First column of the first row. */
    long number(String sql) {
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException error) {
            throw new IllegalStateException(error);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url() + "?currentSchema=sms", user(), password());
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Process copying = new ProcessBuilder(
                        "cp", "-a", from + "/.", Files.createDirectories(to).toString())
                .inheritIO()
                .start();
        try {
            if (!copying.waitFor(60, TimeUnit.SECONDS) || copying.exitValue() != 0) {
                throw new IOException("not copied: " + from);
            }
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
        Files.deleteIfExists(to.resolve("postmaster.pid"));
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }
}
