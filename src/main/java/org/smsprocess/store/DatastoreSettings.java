// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import org.smsprocess.store.EmbeddedServer.ServerSettings;

/**
 * Where the database is and how it is used: {@code sms-process.datastore} and {@code sms-process.data-dir}.
 *
 * @param dataDir holds the embedded PostgreSQL when {@code url} is empty
 * @param url JDBC URL without {@code currentSchema}; empty: embedded PostgreSQL
 * @param poolSize connections and threads of the traffic lane
 * @param queryPoolSize connections and threads for what people and programs look up
 * @param queueSize pieces of work waiting for a thread, per lane; more are refused with {@link DatabaseBusy}
 * @param socketTimeout longest silence of the server before a connection is given up
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
        Duration statementTimeout,
        ServerSettings embedded) {

    public DatastoreSettings {
        range("pool-size", poolSize, 1, 200);
        range("query-pool-size", queryPoolSize, 1, 50);
        range("queue-size", queueSize, 10, 1_000_000);
        range("connect-timeout", connectTimeout.toMillis(), 250, 120_000);
        range("socket-timeout", socketTimeout.toMillis(), 1_000, 3_600_000);
        range("statement-timeout", statementTimeout.toMillis(), 1_000, 3_600_000);
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("sms-process.datastore.url = " + url + " is not a jdbc:postgresql: URL");
        }
        if (statementTimeout.compareTo(socketTimeout) > 0) {
            throw new IllegalArgumentException("sms-process.datastore.statement-timeout = " + statementTimeout
                    + " is longer than socket-timeout (" + socketTimeout + ")");
        }
    }

    /** @param root the whole configuration, resolved */
    public static DatastoreSettings from(Config root) {
        Config config = root.getConfig("sms-process.datastore");
        return new DatastoreSettings(
                Path.of(root.getString("sms-process.data-dir")),
                config.getString("url"),
                config.getString("user"),
                config.getString("password"),
                config.getInt("pool-size"),
                config.getInt("query-pool-size"),
                config.getInt("queue-size"),
                config.getDuration("connect-timeout"),
                config.getDuration("socket-timeout"),
                config.getDuration("statement-timeout"),
                ServerSettings.from(config.getConfig("embedded")));
    }

    boolean isEmbedded() {
        return url.isEmpty();
    }

    private static void range(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "sms-process.datastore." + key + " = " + value + " is out of range (" + min + " to " + max + ")");
        }
    }

    @Override
    public String toString() {
        return "DatastoreSettings[" + (isEmbedded() ? "embedded in " + dataDir : user + "@" + url)
                + "]"; // never the password
    }
}
