// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.smsprocess.settings.Section;
import org.smsprocess.store.EmbeddedServer.ServerSettings;

/**
 * Where the database is and how it is used: {@code sms-process.datastore} and {@code sms-process.data-dir}.
 *
 * @param dataDir holds the embedded PostgreSQL when {@code url} is empty
 * @param url JDBC URL without {@code currentSchema}; empty: embedded PostgreSQL
 * @param poolSize connections and threads of the traffic lane; 0: by what the server shares with this process
 * @param queryPoolSize connections and threads for what people and programs look up
 * @param queueSize pieces of work waiting for a thread, per lane; more are refused with {@link DatabaseBusy}
 * @param transactionAttempts of one that meets a deadlock or cannot be serialised
 * @param startRetries connections that are tried again at the start
 * @param closeTimeout for work under way at the end
 * @param socketTimeout longest silence of the server before a connection is given up
 * @param leaseSocketTimeout the same of a connection for leases
 * @param idleInTransactionTimeout after which the server ends a session of a node that is frozen or cut off
 */
public record DatastoreSettings(
        Path dataDir,
        String url,
        String user,
        String password,
        int poolSize,
        int queryPoolSize,
        int queueSize,
        Duration connectTimeout,
        Duration socketTimeout,
        Duration leaseSocketTimeout,
        Duration statementTimeout,
        Duration idleInTransactionTimeout,
        int transactionAttempts,
        int startRetries,
        Duration closeTimeout,
        ServerSettings embedded) {
    /** Of the traffic lane, where nothing is set and the server has processors of its own. */
    private static final int USUAL_POOL = 8;
    /** … where it has not: fewer would let one slow statement hold up everything. */
    private static final int SMALLEST_POOL = 2;
    /** Journal 8, leases 2, notifications 1, and 2 for the upgrade of the schema and whoever looks into the database. */
    private static final int OTHER_CONNECTIONS = 13;

    /**
     * @param root the whole, resolved configuration
     * @throws org.smsprocess.settings.InvalidSettings with every problem
     */
    public static DatastoreSettings from(Config root) {
        return Section.read(root, "sms-process", process -> {
            Path dataDir = Path.of(process.filledText("data-dir", 4096));
            return read(dataDir, process.section("datastore"));
        });
    }

    private static DatastoreSettings read(Path dataDir, Section section) {
        Duration second = Duration.ofSeconds(1);
        String url = section.text("url", 2000);
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            section.note("url", "is not a jdbc:postgresql: URL"); // not shown: it may hold a password
        }
        int poolSize = section.integer("pool-size", 0, 200);
        int queryPoolSize = section.integer("query-pool-size", 1, 50);
        ServerSettings embedded = embedded(section.section("embedded"), url, poolSize, queryPoolSize);
        Duration socketTimeout = section.duration("socket-timeout", second, Duration.ofHours(1));
        return new DatastoreSettings(
                dataDir,
                url,
                section.text("user", 255),
                section.secret("password", 1024),
                poolSize,
                queryPoolSize,
                section.integer("queue-size", 10, 1_000_000),
                section.duration("connect-timeout", Duration.ofMillis(250), Duration.ofSeconds(120)),
                socketTimeout,
                section.duration("lease-socket-timeout", second, Duration.ofHours(1)),
                section.duration("statement-timeout", second, socketTimeout),
                section.duration("idle-in-transaction-timeout", Duration.ofMillis(100), Duration.ofHours(1)),
                section.integer("transaction-attempts", 1, 100),
                section.integer("start-retries", 0, 20),
                section.duration("close-timeout", Duration.ofMillis(100), Duration.ofHours(1)),
                embedded);
    }

    /** One that runs out of connections would show only under load, as errors of whatever asks last. */
    private static ServerSettings embedded(Section section, String url, int poolSize, int queryPoolSize) {
        ServerSettings server = ServerSettings.from(section);
        int needed = (poolSize == 0 ? USUAL_POOL : poolSize) + queryPoolSize + OTHER_CONNECTIONS;
        if (url.isEmpty() && server.maxConnections() < needed) {
            section.problem(
                    "max-connections",
                    "is too few for pool-size = %d and query-pool-size = %d (at least %d)"
                            .formatted(poolSize, queryPoolSize, needed));
        }
        return server;
    }

    /**
     * Statements that run at once share the server's processors: more of them than processors do not end sooner, and what is urgent
     * waits behind all of them.
     *
     * @param isServerHere on this machine, so that its processors are also this process's; asked only where that counts
     */
    int trafficConnections(BooleanSupplier isServerHere, int processors) {
        if (poolSize > 0) {
            return poolSize;
        }
        return isServerHere.getAsBoolean() ? Math.max(SMALLEST_POOL, Math.min(processors, USUAL_POOL)) : USUAL_POOL;
    }

    boolean isEmbedded() {
        return url.isEmpty();
    }

    @Override
    public String toString() {
        return "DatastoreSettings[" + (isEmbedded() ? "embedded in " + dataDir : user + "@" + url)
                + "]"; // never the password
    }
}
