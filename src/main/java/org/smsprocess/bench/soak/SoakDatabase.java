// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.PostgresServer;
import org.smsprocess.bench.plant.Signal;
import org.smsprocess.bench.plant.Workbench;
import org.smsprocess.process.NodeConfig;
import org.smsprocess.store.DatastoreSettings;
import org.smsprocess.store.EmbeddedServer;

/** A PostgreSQL of its own that can be stopped and killed; one that dies is started again by its watch, on the same port. */
final class SoakDatabase implements AutoCloseable {
    /** Takes one row after the other. */
    @FunctionalInterface
    interface Rows {
        void row(ResultSet row) throws SQLException;
    }

    private final DatastoreSettings settings;
    private final Path pidFile;
    private final int port = freePort();
    private EmbeddedServer server;

    SoakDatabase(Workbench bench) {
        Path data = bench.folder().resolve("database");
        pidFile = data.resolve("postgres").resolve("data").resolve("postmaster.pid");
        settings = DatastoreSettings.from(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                "sms-process.data-dir",
                data.toString(),
                "sms-process.datastore.url",
                "",
                "sms-process.datastore.embedded.port",
                port))));
        server = EmbeddedServer.start(settings);
        bench.add(this);
    }

    int port() {
        return port;
    }

    /** Reached by way of a relay. */
    PostgresServer.Address addressAt(String host, int relayed) {
        String url = server.url().replace("127.0.0.1:" + port, host + ":" + relayed);
        return new PostgresServer.Address(url, server.user(), server.password());
    }

    PostgresServer.Address address() {
        return new PostgresServer.Address(server.url(), server.user(), server.password());
    }

    void stop() {
        server.close();
    }

    void startAgain() {
        server = EmbeddedServer.start(settings);
    }

    /** All its processes at once, as a crash of the machine would; the watch starts it again. */
    void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> children = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGQUIT: without a checkpoint; the watch starts it again. */
    void stopImmediately() {
        Signal.QUIT.to(postmaster());
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
            return ProcessHandle.of(pid).orElseThrow(() -> new BenchFailure("PostgreSQL does not run"));
        } catch (IOException failed) {
            throw new BenchFailure("PostgreSQL does not run: " + failed.getMessage(), failed);
        }
    }

    boolean isUp() {
        try {
            query("select 1", row -> {});
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Over a connection of its own: the last one may be dead. */
    void query(String sql, Rows rows) throws SQLException {
        String url = server.url() + "?currentSchema=sms&connectTimeout=5&socketTimeout=60";
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password())) {
            connection.setAutoCommit(false); // rows come in portions
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(10_000);
                try (ResultSet found = statement.executeQuery(sql)) {
                    while (found.next()) {
                        rows.row(found);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new BenchFailure("no free port", failed);
        }
    }
}
