// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.spec.FreePort;

/** What is committed in the embedded server survives kill -9 of the server and of the node. */
class EmbeddedServerIT {
    @TempDir(cleanup = CleanupMode.ALWAYS)
    private Path directory;

    private final int port = FreePort.next();
    private Database database;

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    /** TestDatabase has a server with fsync off. */
    @Test
    @Observes({
        "data-dir",
        "datastore.embedded.fsync",
        "datastore.embedded.max-connections",
        "datastore.embedded.max-wal-size",
        "datastore.embedded.port",
        "datastore.embedded.shared-buffers",
        "datastore.password"
    })
    void isAsToldDurableListensOnLoopbackOnlyAndWantsAPassword() throws Exception {
        open();

        assertThat(database.jdbcUrl()).contains("127.0.0.1:" + port + "/");
        assertThat(home().resolve("data/PG_VERSION")).exists();
        assertThat(show("max_connections")).isEqualTo("50");
        assertThat(show("max_wal_size")).isEqualTo("256MB");
        assertThat(show("shared_buffers")).isEqualTo("64MB");
        assertThat(show("fsync")).isEqualTo("on");
        assertThat(show("synchronous_commit")).isEqualTo("on");
        assertThat(show("full_page_writes")).isEqualTo("on");
        assertThat(show("listen_addresses")).isEqualTo("127.0.0.1");
        // what is on the command line could not be changed so
        execute("alter system set autovacuum_naptime = '3s'");
        execute("select pg_reload_conf()");
        await().untilAsserted(() -> assertThat(show("autovacuum_naptime")).isEqualTo("3s"));
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guessed"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
        String url = database.jdbcUrl().replaceAll("[?].*", "");
        assertThatThrownBy(() -> Database.open(TestDatabase.settings(directory, url, database.user(), "guessed")))
                .isInstanceOf(DatabaseUnusable.class)
                .hasMessage("the database " + url + " cannot be used as \"" + database.user()
                        + "\": FATAL: password authentication failed for user \"" + database.user()
                        + "\" (sms-process.datastore.password)");
        Database.open(TestDatabase.settings(directory, url, database.user(), database.password()))
                .close();
        assertThat(Files.getPosixFilePermissions(home().resolve("password"))).hasSize(2);
        assertThatThrownBy(() -> Database.open(settings())).hasMessageContaining("another process uses");
    }

    @Test
    void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
        open();
        insert("kept");
        String url = database.jdbcUrl();
        ProcessHandle server = server();
        List<ProcessHandle> all = server.descendants().toList();
        AtomicBoolean wasAway = new AtomicBoolean();
        server.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    boolean answers = answers();
                    wasAway.compareAndSet(false, database.availability().isAway());
                    return answers;
                });

        assertThat(names()).containsExactly("kept");
        assertThat(database.jdbcUrl()).isEqualTo(url);
        assertThat(wasAway).isTrue();
        await().until(() -> !database.availability().isAway());
        assertThat(server().pid()).isNotEqualTo(server.pid());
    }

    @Test
    void theServerOfAKilledNodeIsStoppedAndItsDataKept() throws Exception {
        Process node = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(node.getInputStream()))) {
            await().atMost(Duration.ofSeconds(180)).until(() -> "committed".equals(output.readLine()));
        } finally {
            node.destroyForcibly().waitFor();
        }
        ProcessHandle left = server();
        assertThat(left.isAlive()).isTrue();

        open();

        assertThat(names()).containsExactly("committed");
        assertThat(left.isAlive() && left.pid() == server().pid()).isFalse();
    }

    @Test
    void aServerThatCannotStartSaysWhyAtOnce() throws Exception {
        open();
        database.close();
        database = null;
        Path file = home().resolve("data/postgresql.conf");
        Files.writeString(file, Files.readString(file) + "\nwork_mem = nonsense\n");

        long start = System.nanoTime();
        assertThatThrownBy(() -> Database.open(settings())).hasMessageContaining("does not start");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
    }

    /** One that waits for its archive takes no connections. */
    @Test
    @Observes("datastore.embedded.start-timeout")
    void aServerThatRecoversForTooLongIsNotWaitedFor() throws Exception {
        open();
        database.close();
        database = null;
        Path data = home().resolve("data");
        Path file = data.resolve("postgresql.conf");
        Files.writeString(file, Files.readString(file) + "\nrestore_command = 'sleep 60'\n");
        Files.createFile(data.resolve("recovery.signal"));

        long start = System.nanoTime();
        assertThatThrownBy(() -> Database.open(settings("start-timeout = 1s"))).hasMessageContaining("does not start");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        LeftoverServer.stop(data, Duration.ofSeconds(20));
    }

    /** Or a node that is restarted by a service manager would never get to the end of a long recovery. */
    @Test
    void aServerThatWasKilledIsWaitedForAsLongAsItRecovers() throws Exception {
        open();
        insert("kept");
        Path data = home().resolve("data");
        database.close();
        database = null;
        leaveAsKilled(data);
        Path file = data.resolve("postgresql.conf");
        Files.writeString(file, Files.readString(file) + "\nhot_standby = off\nrestore_command = 'sleep 1; false'\n");
        Files.createFile(data.resolve("recovery.signal"));

        long start = System.nanoTime();
        database = Database.open(settings("start-timeout = 1s"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(names()).containsExactly("kept");
    }

    @Test
    void aServerThatEndsWhileItRecoversIsNotWaitedFor() throws Exception {
        open();
        Path data = home().resolve("data");
        database.close();
        database = null;
        leaveAsKilled(data);
        Path file = data.resolve("postgresql.conf");
        Files.writeString(
                file, Files.readString(file) + "\nrestore_command = 'sleep 1; kill -9 $(head -1 postmaster.pid)'\n");
        Files.createFile(data.resolve("recovery.signal"));

        long start = System.nanoTime();
        assertThatThrownBy(() -> Database.open(settings("start-timeout = 1s"))).hasMessageContaining("does not start");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    @Observes("datastore.embedded.stop-timeout")
    void aServerThatDoesNotStopIsNotWaitedForLonger() throws Exception {
        Path data = Files.createDirectories(home().resolve("data"));
        Path deaf = Files.copy(Path.of("/bin/sleep"), directory.resolve("postgres"));
        Process process = new ProcessBuilder("sh", "-c", "trap '' INT; exec " + deaf + " 60").start();
        try {
            Files.writeString(data.resolve("postmaster.pid"), process.pid() + "\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> LeftoverServer.isRunning(data));

            assertThatThrownBy(() -> Database.open(settings("stop-timeout = 1s")))
                    .hasMessageContaining("process " + process.pid())
                    .hasMessageContaining("does not stop within 1 s");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A node of its own that commits and then waits to be killed. */
    static final class Node {
        public static void main(String[] arguments) throws Exception {
            EmbeddedServerIT node = new EmbeddedServerIT();
            node.directory = Path.of(arguments[0]);
            node.open();
            node.insert("committed");
            new PrintStream(new FileOutputStream(FileDescriptor.out), true).println("committed");
            System.in.read();
        }
    }

    private void open() {
        database = Database.open(settings());
    }

    private DatastoreSettings settings(String... lines) {
        String settings = """
                sms-process.data-dir = "%s"
                sms-process.datastore.pool-size = 4
                sms-process.datastore.embedded {
                  port = %d, shared-buffers = 64MB, max-wal-size = 256MB, max-connections = 50, start-timeout = 60s
                  %s
                }
                """;
        return DatastoreSettings.from(ConfigFactory.load(ConfigFactory.parseString(
                settings.formatted(directory.resolve("durable"), port, String.join("\n", lines)))));
    }

    private Path home() {
        return directory.resolve("durable/postgres");
    }

    /** With the number of a process that there can't be: the server's own may still be somebody's. */
    private static void leaveAsKilled(Path data) throws IOException {
        Files.writeString(data.resolve("postmaster.pid"), Integer.MAX_VALUE + "\n" + data + "\n1\n1\n\n127.0.0.1\n");
    }

    private ProcessHandle server() throws Exception {
        String pid = Files.readAllLines(home().resolve("data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.trim())).orElseThrow();
    }

    private void insert(String name) throws Exception {
        execute("insert into slot_lease values ('" + name + "', 'o', 1, now())");
    }

    private void execute(String sql) throws Exception {
        get(database.traffic()
                .execute(connection -> connection.createStatement().execute(sql)));
    }

    private List<String> names() throws Exception {
        return get(database.queries().supply(connection -> {
            List<String> names = new CopyOnWriteArrayList<>();
            try (ResultSet rows = connection.createStatement().executeQuery("select slot from slot_lease")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        }));
    }

    private boolean answers() {
        try {
            return names() != null;
        } catch (Exception away) {
            return false;
        }
    }

    private String show(String setting) throws Exception {
        return get(database.queries().supply(connection -> {
            try (ResultSet rows = connection.createStatement().executeQuery("show " + setting)) {
                rows.next();
                return rows.getString(1);
            }
        }));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }
}
