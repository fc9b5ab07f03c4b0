// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * "There is work for this topic", to one listener of this node that takes it, at once; if none does, to all of them, and to the other
 * nodes by LISTEN/NOTIFY within about 20 ms. A topic is an account's name, or {@link #OUTBOX}. Signals may be lost or repeated:
 * listeners look for themselves and poll as well.
 *
 * <p>One and not all, because a look at the queue that finds nothing costs as much as one that finds a message. Listeners take turns,
 * {@link #TURN_NANOS} each, so that what comes within it can go together.
 *
 * <p>NOTIFY is sent apart from the transaction that made the work, because notifying transactions commit one after the other in the
 * whole database.
 */
public final class WorkSignal implements AutoCloseable {
    /** Rows were inserted in the outbox; sent by its trigger. */
    public static final String OUTBOX = "#outbox";

    /** Looks for the work of a topic. Called on threads that must not be held up. */
    public interface Listener {
        /** @return whether it looks now and can take much: no other one need look */
        boolean takes();

        /** Nobody took it alone. */
        void wake();
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkSignal.class);
    private static final CopyOnWriteArrayList<Listener> NOBODY = new CopyOnWriteArrayList<>();
    private static final String CHANNEL = "sms_work";
    /** Pace of sending; a signal that is lost is made good by poll-period, so neither needs a setting. */
    private static final int COALESCE_MILLIS = 10;
    /** The listener that is asked first changes at this pace. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** After so long without any, the connection is asked whether it lives. */
    private static final int CHECK_MILLIS = 5000;

    private final Database database;
    private final String origin = "\t" + UUID.randomUUID();
    private final Map<String, CopyOnWriteArrayList<Listener>> listeners = new ConcurrentHashMap<>();
    private final Set<String> unsent = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isSending = new AtomicBoolean();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "sms-signal-send");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread receiver = new Thread(this::receive, "sms-signal-receive");
    private volatile boolean isClosed;

    public static WorkSignal open(Database database) {
        WorkSignal signal = new WorkSignal(database);
        signal.receiver.setDaemon(true);
        signal.receiver.start();
        return signal;
    }

    private WorkSignal(Database database) {
        this.database = database;
    }

    /** For one that never takes work alone. @param wake called on threads that must not be held up @return ends it */
    public Runnable listen(String topic, Runnable wake) {
        return listen(topic, new Listener() {
            @Override
            public boolean takes() {
                return false;
            }

            @Override
            public void wake() {
                wake.run();
            }
        });
    }

    /** @return ends it */
    public Runnable listen(String topic, Listener listener) {
        listeners.computeIfAbsent(topic, key -> new CopyOnWriteArrayList<>()).add(listener);
        return () -> listeners.getOrDefault(topic, new CopyOnWriteArrayList<>()).remove(listener);
    }

    /** Call after the commit. */
    public void publish(String topic) {
        if (tell(topic)) {
            return;
        }
        unsent.add(topic);
        if (isSending.compareAndSet(false, true) && !isClosed) {
            sender.schedule(this::send, COALESCE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void send() {
        isSending.set(false); // before the topics are taken: a later one schedules again
        Object[] payloads = unsent.stream()
                .filter(unsent::remove)
                .map(topic -> topic + origin)
                .toArray();
        database.queries().supply(connection -> {
            try (var statement =
                    connection.prepareStatement("select pg_notify(?, topic) from unnest(?::text[]) topic")) {
                statement.setString(1, CHANNEL);
                statement.setArray(2, connection.createArrayOf("text", payloads));
                return statement.execute();
            }
        });
    }

    /** @return whether one took it */
    private boolean tell(String topic) {
        List<Listener> all = listeners.getOrDefault(topic, NOBODY);
        Listener[] interested = all.toArray(new Listener[0]);
        int first = (int) Math.floorMod(System.nanoTime() / TURN_NANOS, (long) Math.max(1, interested.length));
        for (int i = 0; i < interested.length; i++) {
            if (interested[(first + i) % interested.length].takes()) {
                return true;
            }
        }
        for (Listener each : interested) {
            each.wake();
        }
        return false;
    }

    private void receive() {
        while (!isClosed) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("listen " + CHANNEL);
                listeners.keySet().forEach(this::tell); // what was missed meanwhile
                receiveWith(connection, statement);
            } catch (SQLException error) {
                if (!isClosed) {
                    LOG.warn("LISTEN is interrupted ({}); polling goes on, trying again", error.getMessage());
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
        }
    }

    private void receiveWith(Connection connection, Statement statement) throws SQLException {
        PGConnection notified = connection.unwrap(PGConnection.class);
        while (!isClosed) {
            PGNotification[] batch = notified.getNotifications(CHECK_MILLIS);
            if (batch == null || batch.length == 0) {
                statement.execute("select 1"); // is anybody there?
                continue;
            }
            for (PGNotification notification : batch) {
                received(notification.getParameter());
            }
        }
    }

    private void received(String payload) {
        if (!payload.endsWith(origin)) {
            int end = payload.indexOf('\t');
            tell(end < 0 ? payload : payload.substring(0, end));
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("ApplicationName", "sms-process signal");
        return DriverManager.getConnection(database.jdbcUrl(), properties);
    }

    @Override
    public void close() {
        isClosed = true;
        sender.shutdownNow();
        receiver.interrupt();
    }
}
