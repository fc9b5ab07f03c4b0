// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh, migrated database for a test class, on one embedded PostgreSQL per JVM (fsync off):
 *
 * <pre>
 * &#64;RegisterExtension
 * static final TestDatabase DB = new TestDatabase();
 * </pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedServer server;

    private DatastoreSettings settings;
    private Database database;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    /** For use without JUnit's extension. */
    public TestDatabase open() throws IOException, SQLException {
        EmbeddedServer running = server();
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection connection = admin("postgres")) {
            connection.createStatement().execute("create database " + name + " template sms");
        }
        settings = settings(
                Path.of("unused"), running.url().replaceAll("/sms$", "/" + name), running.user(), running.password());
        database = Database.open(settings);
        return this;
    }

    public void close() {
        database.close();
    }

    public Database database() {
        return database;
    }

    /** Leads to this class's database. */
    public DatastoreSettings settings() {
        return settings;
    }

    /** The same, but for lines of {@code sms-process.datastore}. */
    DatastoreSettings settings(String... lines) {
        Map<String, Object> usual = Map.of(
                "sms-process.data-dir", "unused",
                "sms-process.datastore.url", settings.url(),
                "sms-process.datastore.user", settings.user(),
                "sms-process.datastore.password", settings.password());
        String overrides = "sms-process.datastore {\n" + String.join("\n", lines) + "\n}";
        return DatastoreSettings.from(
                ConfigFactory.load(ConfigFactory.parseString(overrides).withFallback(ConfigFactory.parseMap(usual))));
    }

    public void execute(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            statement.execute();
        } catch (SQLException error) {
            throw new IllegalStateException(error);
        }
    }

    /** First column of the first row. */
    public long number(String sql, Object... arguments) {
        return ((Number) column(sql, arguments).get(0)).longValue();
    }

    /** First column of all rows. */
    public List<Object> column(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        } catch (SQLException error) {
            throw new IllegalStateException(error);
        }
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    static DatastoreSettings settings(Path dataDir, String url, String user, String password) {
        Map<String, Object> overrides = Map.of(
                "sms-process.data-dir",
                dataDir.toString(),
                "sms-process.datastore.url",
                url,
                "sms-process.datastore.user",
                user,
                "sms-process.datastore.password",
                password,
                "sms-process.datastore.pool-size",
                4,
                "sms-process.datastore.embedded.shared-buffers",
                "128MB",
                "sms-process.datastore.embedded.start-timeout",
                "2m",
                "sms-process.datastore.embedded.fsync",
                dataDir.endsWith("durable"));
        return DatastoreSettings.from(ConfigFactory.load(ConfigFactory.parseMap(overrides)));
    }

    private static synchronized EmbeddedServer server() throws IOException, SQLException {
        if (server == null) {
            Path home = Files.createTempDirectory("sms-test-postgres");
            EmbeddedServer started = EmbeddedServer.start(settings(home, "", "", ""));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                started.close();
                delete(home);
            }));
            server = started;
            // the template of all: migrated once
            Database.open(settings(home, started.url(), started.user(), started.password()))
                    .close();
        }
        return server;
    }

    private static Connection admin(String name) throws SQLException {
        return DriverManager.getConnection(
                server.url().replaceAll("/sms$", "/" + name), server.user(), server.password());
    }

    private static void delete(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException error) {
            throw new IllegalStateException(error);
        }
    }
}
