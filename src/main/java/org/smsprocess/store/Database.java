// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL database of this process, migrated and ready. Three lanes, so that a slow look-up never delays traffic and nothing
 * ever delays a lease:
 *
 * <pre>
 * traffic   accept, claim, record, delivery log      pool-size connections, or by the processors
 * queries   counters, logs, lists, housekeeping      query-pool-size
 * leases    slot leases only                         2
 * </pre>
 */
public final class Database implements AutoCloseable {
    /** One renews while another takes. A constant: leases of a node go in one statement, however many there are. */
    private static final int LEASE_CONNECTIONS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final Duration JOURNAL_SILENCE = Duration.ofSeconds(30);
    private static final Duration JOURNAL_VALIDATION = Duration.ofSeconds(2);
    /** The first that the schema was written for. */
    private static final int OLDEST = 14;

    private static final String SERVER = "select current_setting('server_version_num')::int,"
            + " current_setting('server_encoding'), current_setting('server_version')";
    private static final String HERE = "select coalesce(inet_server_addr() = inet_client_addr(), false)";

    private final DatastoreSettings settings;
    private final @Nullable EmbeddedServer server;
    private final String jdbcUrl;
    private final Availability availability = new Availability(System::nanoTime);
    private final SqlLane traffic;
    private final SqlLane queries;
    private final SqlLane leases;

    /**
     * Starts the embedded server if no URL is set, brings the schema up to date and opens the pools.
     *
     * @throws DatabaseUnusable when the database cannot be reached or migrated; the message says which
     */
    public static Database open(DatastoreSettings settings) {
        EmbeddedServer server = settings.isEmbedded() ? EmbeddedServer.start(settings) : null;
        try {
            return new Database(settings, server);
        } catch (RuntimeException error) {
            if (server != null) {
                server.close();
            }
            throw error;
        }
    }

    private Database(DatastoreSettings settings, @Nullable EmbeddedServer server) {
        this.settings = settings;
        this.server = server;
        String url = server == null ? settings.url() : server.url();
        jdbcUrl = with(url, "currentSchema=sms");
        String patientUrl = withTimeouts(url);
        bringUpToDate(patientUrl);
        traffic = lane(
                "traffic",
                settings.trafficConnections(
                        () -> isServerHere(patientUrl), Runtime.getRuntime().availableProcessors()));
        queries = lane("queries", settings.queryPoolSize());
        leases = lane("leases", LEASE_CONNECTIONS);
    }

    /** With {@code currentSchema=sms}: tables need no schema name. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    public String user() {
        return server == null ? settings.user() : server.user();
    }

    public String password() {
        return server == null ? settings.password() : server.password();
    }

    public SqlLane traffic() {
        return traffic;
    }

    public SqlLane queries() {
        return queries;
    }

    /**
     * Of each connection, also the journal's. A node that is frozen or cut off in the middle of a transaction holds its locks, also on
     * the lease of its slot: the server ends it before that lease runs out, or nobody could take over.
     */
    private String stalledOption() {
        return "-c idle_in_transaction_session_timeout="
                + settings.idleInTransactionTimeout().toMillis();
    }

    /**
     * What the journal's pool takes from the same settings, for {@code slick.db}: address, login, and how long it waits. It never waits
     * longer for an answer than {@link #JOURNAL_SILENCE}, for a statement of the journal is short.
     */
    public Map<String, Object> journalSettings() {
        long connectMillis = settings.connectTimeout().toMillis();
        return Map.of(
                "url", jdbcUrl,
                "user", user(),
                "password", password(),
                "connectionTimeout", connectMillis,
                "validationTimeout", Math.min(JOURNAL_VALIDATION.toMillis(), connectMillis),
                "properties.connectTimeout", seconds(connectMillis),
                "properties.socketTimeout",
                        seconds(Math.min(
                                JOURNAL_SILENCE.toMillis(),
                                settings.socketTimeout().toMillis())),
                "properties.options", stalledOption());
    }

    SqlLane leaseLane() {
        return leases;
    }

    public Leases leases() {
        return new Leases(leases);
    }

    public Availability availability() {
        return availability;
    }

    DatastoreSettings settings() {
        return settings;
    }

    /** The driver's own patience has no end with a server that takes the connection and says nothing. */
    private String withTimeouts(String url) {
        String seconds = seconds(settings.connectTimeout().toMillis());
        return with(url, "loginTimeout=" + seconds + "&connectTimeout=" + seconds);
    }

    private static String with(String url, String parameters) {
        return url + (url.contains("?") ? "&" : "?") + parameters;
    }

    private void bringUpToDate(String url) {
        try {
            if (server == null) {
                // a refused login is told at once; Flyway would try it again and again
                try (Connection connection = DriverManager.getConnection(url, user(), password())) {
                    checkServer(connection);
                }
            }
        } catch (SQLException refused) {
            if (SqlErrors.isLoginRefused(refused)) {
                throw new DatabaseUnusable(settings, refused);
            }
            if (settings.startRetries() > 0) {
                LOG.warn(
                        "The database {} does not answer yet ({}); it is asked {} times more",
                        DatabaseUnusable.shown(settings.url()),
                        DatabaseUnusable.reason(refused),
                        settings.startRetries());
            }
        }
        try {
            migrate(url);
        } catch (FlywayException failure) {
            throw new DatabaseUnusable(settings, failure);
        }
    }

    /** Before the first table: what is half made has to be removed by hand. */
    private void checkServer(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            if (row.getInt(1) < OLDEST * 10_000) {
                throw new DatabaseUnusable(
                        settings,
                        new SQLException("it is PostgreSQL " + row.getString(3) + ", and " + OLDEST + " is needed"));
            }
            if (!row.getString(2).equals("UTF8")) {
                throw new DatabaseUnusable(
                        settings,
                        new SQLException("its encoding is " + row.getString(2)
                                + ", and UTF8 is needed (create database … encoding 'UTF8' template template0)"));
            }
        }
    }

    private void migrate(String url) {
        Flyway.configure()
                .dataSource(url, user(), password())
                .schemas("sms")
                .defaultSchema("sms")
                .locations("classpath:db/migration")
                .connectRetries(settings.startRetries())
                .load()
                .migrate();
    }

    /** By the addresses of a connection's two ends; a socket file or a proxy elsewhere tells nothing. */
    private boolean isServerHere(String url) {
        if (server != null) {
            return true;
        }
        try (Connection connection = DriverManager.getConnection(url, user(), password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HERE)) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException failure) {
            throw new DatabaseUnusable(settings, failure);
        }
    }

    private SqlLane lane(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sms-" + name);
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user());
        config.setPassword(password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(settings.connectTimeout().toMillis());
        config.setValidationTimeout(settings.connectTimeout().toMillis());
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "sms-process " + name);
        config.addDataSourceProperty("prepareThreshold", "2");
        config.addDataSourceProperty(
                "connectTimeout", seconds(settings.connectTimeout().toMillis()));
        // a lease is renewed every few seconds: a connection that hangs must be given up sooner than it expires
        long silence = settings.socketTimeout().toMillis();
        config.addDataSourceProperty(
                "socketTimeout",
                seconds(
                        name.equals("leases")
                                ? Math.min(
                                        silence, settings.leaseSocketTimeout().toMillis())
                                : silence));
        // Bulk statements meet millions of rows by key. A plan that was made while the table was nearly empty is kept
        // for
        // later, so only the plan that is good for large tables may ever look cheap: an index probe by key for each row
        config.addDataSourceProperty(
                "options",
                "-c statement_timeout=" + settings.statementTimeout().toMillis()
                        + " " + stalledOption()
                        + (name.equals("traffic")
                                // and the plan is made once: messages are in partitions, whose planning takes longer
                                // than
                                // reading
                                ? " -c plan_cache_mode=force_generic_plan -c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off"
                                        + " -c enable_material=off -c random_page_cost=0.1"
                                : ""));
        return new SqlLane(name, new HikariDataSource(config), settings, availability);
    }

    private static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + 999) / 1000));
    }

    @Override
    public void close() {
        leases.close();
        traffic.close();
        queries.close();
        if (server != null) {
            server.close();
        }
    }
}
