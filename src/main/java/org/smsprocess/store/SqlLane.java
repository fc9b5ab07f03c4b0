// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A connection pool and as many threads, with a bounded queue before them. Stages complete on the lane's threads: what follows them
 * must not block.
 */
public final class SqlLane implements AutoCloseable {
    private final String name;
    private final HikariDataSource pool;
    private final ThreadPoolExecutor threads;
    private final DatastoreSettings settings;
    private final Availability availability;
    private final LongAdder repeated = new LongAdder();

    SqlLane(String name, HikariDataSource pool, DatastoreSettings settings, Availability availability) {
        this.name = name;
        this.pool = pool;
        this.settings = settings;
        this.availability = availability;
        int size = pool.getMaximumPoolSize();
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(settings.queueSize()), task -> {
                    Thread thread = new Thread(task, "sms-sql-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs with a connection in auto-commit mode: each statement is its own transaction, nothing is repeated. */
    public <T> CompletionStage<T> supply(SqlWork<T> work) {
        return submit(() -> {
            try (Connection connection = pool.getConnection()) {
                return work.run(connection);
            }
        });
    }

    /** Runs as one transaction; repeated ({@code transaction-attempts} in all) after a serialization failure or deadlock. */
    public <T> CompletionStage<T> transaction(SqlWork<T> work) {
        return submit(() -> {
            for (int attempt = 1; ; attempt++) {
                try (Connection connection = pool.getConnection()) {
                    return inTransaction(connection, work);
                } catch (SQLException error) {
                    if (attempt == settings.transactionAttempts() || !SqlErrors.isRepeatable(error)) {
                        throw error;
                    }
                    repeated.increment();
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(5_000_000L * attempt));
                }
            }
        });
    }

    /** {@link #supply} without a result. */
    public CompletionStage<Void> execute(SqlAction action) {
        return supply(connection -> done(action, connection)).thenAccept(done -> {});
    }

    /** {@link #transaction} without a result. */
    public CompletionStage<Void> transact(SqlAction action) {
        return transaction(connection -> done(action, connection)).thenAccept(done -> {});
    }

    private static boolean done(SqlAction action, Connection connection) throws SQLException {
        action.run(connection);
        return true;
    }

    private static <T> T inTransaction(Connection connection, SqlWork<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = work.run(connection);
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!connection.isClosed()) { // a broken one is: what broke it must be told, not that
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    /** Work that waits for a thread. */
    public int waiting() {
        return threads.getQueue().size();
    }

    public int active() {
        return threads.getActiveCount();
    }

    /** Transactions repeated after a serialization failure or deadlock, since the start. */
    public long repeated() {
        return repeated.sum();
    }

    public String name() {
        return name;
    }

    private <T> CompletionStage<T> submit(Call<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> run(call, result));
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new DatabaseBusy("lane " + name + " of the database is "
                    + (threads.isShutdown() ? "closed" : "full: " + waiting() + " wait")));
        }
        return result;
    }

    private <T> void run(Call<T> call, CompletableFuture<T> result) {
        T value;
        try {
            value = call.run();
        } catch (SQLException | RuntimeException | Error error) {
            availability.failed(error);
            result.completeExceptionally(error);
            return;
        }
        availability.answered();
        result.complete(value);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(settings.closeTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stop) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        pool.close();
    }

    private interface Call<T> {
        T run() throws SQLException;
    }
}
