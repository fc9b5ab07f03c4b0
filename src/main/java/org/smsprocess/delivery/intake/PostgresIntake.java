// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.intake.AcceptBatch.Request;
import org.smsprocess.store.Database;
import org.smsprocess.store.SqlErrors;
import org.smsprocess.store.WorkSignal;

/**
 * Accepts into PostgreSQL. What arrives while {@code intake.writers} transactions run waits and goes together in the next one: the
 * batch grows with the load by itself. Thread-safe.
 */
public final class PostgresIntake implements Intake, TransactionalIntake {
    private final Database database;
    private final WorkSignal signal;
    private final IntakeSettings settings;
    private final IdBlocks partIds = IdBlocks.ofParts();
    private final IdBlocks deliveryIds = IdBlocks.ofDeliveries();
    private final SharedDeliveries shared;
    private final Object lock = new Object();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private int waitingMessages;
    private int writers;

    public PostgresIntake(Database database, WorkSignal signal, IntakeSettings settings) {
        this.database = database;
        this.signal = signal;
        this.settings = settings;
        shared = new SharedDeliveries(settings.sharedDeliveryPeriod(), System::nanoTime);
    }

    @Override
    public CompletionStage<Accepted> accept(String account, DeliverySettings deliverySettings, List<NewMt> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request without messages");
        }
        Request request = new Request(account, deliverySettings, List.copyOf(messages), new CompletableFuture<>());
        boolean startsWriter;
        synchronized (lock) {
            // a request that is alone larger than the limit is taken when nothing else waits
            if (waitingMessages > 0 && waitingMessages + messages.size() > settings.maxWaiting()) {
                return CompletableFuture.failedFuture(new IntakeFull(waitingMessages + " messages wait to be stored"));
            }
            waiting.add(request);
            waitingMessages += messages.size();
            startsWriter = writers < settings.writers();
            writers += startsWriter ? 1 : 0;
        }
        CompletionStage<Accepted> settled = request.accepted().whenComplete((accepted, error) -> settled(request));
        if (startsWriter) {
            write();
        }
        return settled;
    }

    @Override
    public Runnable accept(Connection connection, List<Wanted> wanted) throws SQLException {
        List<Request> batch = wanted.stream()
                .map(each -> new Request(
                        each.account(), each.settings(), List.copyOf(each.messages()), new CompletableFuture<>()))
                .toList();
        AcceptBatch accept = new AcceptBatch(settings, shared, partIds, deliveryIds, connection);
        accept.insert(batch);
        return () -> {
            accept.complete();
            wake(batch);
        };
    }

    /** Messages that wait for their transaction. */
    public int waitingMessages() {
        synchronized (lock) {
            return waitingMessages;
        }
    }

    private void write() {
        List<Request> batch = new ArrayList<>();
        database.traffic()
                .execute(connection -> {
                    take(batch); // only now: what came in while this waited for a thread goes along
                    insert(connection, batch);
                })
                .whenComplete((done, error) -> {
                    if (error != null) {
                        if (batch.isEmpty()) {
                            take(batch); // no connection: what waits would only wait longer
                        }
                        batch.forEach(request -> request.accepted().completeExceptionally(error));
                    }
                    wrote();
                });
    }

    private void take(List<Request> batch) {
        synchronized (lock) {
            int taken = batch.stream().mapToInt(request -> request.mts().size()).sum();
            while (!waiting.isEmpty()) {
                int size = waiting.element().mts().size();
                if (taken > 0 && taken + size > settings.maxBatch()) {
                    return;
                }
                taken += size;
                batch.add(waiting.remove());
            }
        }
    }

    private void insert(Connection connection, List<Request> batch) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        try {
            insertTogether(connection, batch);
        } catch (SQLException error) {
            if (batch.size() == 1 || !SqlErrors.isBadData(error)) {
                throw error;
            }
            insertOneByOne(connection, batch); // one request's bad data must not refuse the others
        }
    }

    private void insertOneByOne(Connection connection, List<Request> batch) throws SQLException {
        for (Request request : batch) {
            try {
                insertTogether(connection, List.of(request));
            } catch (SQLException error) {
                if (!SqlErrors.isBadData(error)) {
                    throw error;
                }
                request.accepted().completeExceptionally(error);
            }
        }
    }

    private void insertTogether(Connection connection, List<Request> batch) throws SQLException {
        AcceptBatch accept = new AcceptBatch(settings, shared, partIds, deliveryIds, connection);
        accept.insert(batch);
        accept.complete();
        wake(batch);
    }

    private void wake(List<Request> batch) {
        batch.stream().map(Request::account).collect(Collectors.toSet()).forEach(signal::publish);
    }

    private void settled(Request request) {
        synchronized (lock) {
            waitingMessages -= request.mts().size();
        }
    }

    private void wrote() {
        boolean more;
        synchronized (lock) {
            more = !waiting.isEmpty();
            writers -= more ? 0 : 1;
        }
        if (more) {
            write();
        }
    }
}
