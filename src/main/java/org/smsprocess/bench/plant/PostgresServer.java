// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smsprocess.process.NodeConfig;
import org.smsprocess.store.DatastoreSettings;
import org.smsprocess.store.EmbeddedServer;

/** The PostgreSQL under measurement, with fsync and synchronous_commit on: given by its URL, or one of our own in the temporary folder. */
public final class PostgresServer implements AutoCloseable {
    /** A server that is there already; its database should be empty. */
    public record Address(String url, String user, String password) {}

    private final Address address;
    private final Connection connection;
    private final @Nullable CpuMeter cpu;

    private PostgresServer(Address address) {
        this.address = address;
        try {
            connection = DriverManager.getConnection(
                    address.url() + (address.url().contains("?") ? "&" : "?") + "currentSchema=sms",
                    address.user(),
                    address.password());
            cpu = meter();
        } catch (SQLException failed) {
            throw new BenchFailure("no connection to " + address.url() + ": " + failed.getMessage(), failed);
        }
    }

    public static PostgresServer start(Workbench bench, @Nullable Address given) {
        return bench.add(new PostgresServer(given == null ? embedded(bench) : given));
    }

    private static Address embedded(Workbench bench) {
        Map<String, String> own = Map.of(
                "sms-process.data-dir", bench.folder().resolve("data").toString(), "sms-process.datastore.url", "");
        DatastoreSettings settings = DatastoreSettings.from(NodeConfig.load(ConfigFactory.parseMap(own)));
        try (EmbeddedServer first = EmbeddedServer.start(settings);
                PostgresServer superuser =
                        new PostgresServer(new Address(first.url(), first.user(), first.password()))) {
            superuser.execute("alter system set track_commit_timestamp = on"); // from the next start on
        } catch (SQLException failed) {
            throw new BenchFailure("PostgreSQL does not start: " + failed.getMessage(), failed);
        }
        EmbeddedServer server = bench.add(EmbeddedServer.start(settings));
        return new Address(server.url(), server.user(), server.password());
    }

    public Address address() {
        return address;
    }

    /** Of all its processes; null if it runs on another machine. */
    @Nullable
    public CpuMeter cpu() {
        return cpu;
    }

    /** @throws BenchFailure when durability is turned off: figures would not be comparable */
    public void checkDurable() {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            String value = text("show " + setting);
            if (!value.equals("on")) {
                throw new BenchFailure("PostgreSQL runs with " + setting + " = " + value);
            }
        }
    }

    /** Whether it tells when a row was committed. */
    public boolean keepsCommitTimes() {
        return text("show track_commit_timestamp").equals("on");
    }

    public String text(String query) {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException failed) {
            throw new BenchFailure(query + ": " + failed.getMessage(), failed);
        }
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new BenchFailure(sql + ": " + failed.getMessage(), failed);
        }
    }

    /** The numbers of the only row; NULL is NaN. */
    public double[] numbers(String query, long... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setLong(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                double[] numbers = new double[rows.getMetaData().getColumnCount()];
                rows.next();
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = rows.getObject(i + 1) == null ? Double.NaN : rows.getDouble(i + 1);
                }
                return numbers;
            }
        } catch (SQLException failed) {
            throw new BenchFailure(query + ": " + failed.getMessage(), failed);
        }
    }

    /** Our own session's parent is the postmaster, if it runs here and sees the same process ids. */
    private @Nullable CpuMeter meter() {
        long pid = (long) numbers("select pg_backend_pid()")[0];
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .flatMap(ProcessHandle::parent)
                .map(CpuMeter::withChildren)
                .orElse(null);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
