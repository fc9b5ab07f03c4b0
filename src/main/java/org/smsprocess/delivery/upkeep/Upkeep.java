// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.upkeep;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.smsprocess.delivery.Bulk;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.delivery.intake.Cancellation;
import org.smsprocess.store.Database;
import org.smsprocess.store.SqlAction;

/**
 * What must be done from time to time: partitions ahead and dropped, deliveries completed, cancellations finished, old rows removed.
 * Runs on every node; an advisory lock lets one at a time do it. A run that fails is repeated with the next.
 */
public final class Upkeep extends AbstractBehavior<Upkeep.Command> {
    /** Only messages of its own. */
    public sealed interface Command permits RunDue, Ran {}

    private enum RunDue implements Command {
        INSTANCE
    }

    private record Ran(String error) implements Command {}

    private static final long LOCK = 0x736d735f75706b65L; // "sms_upke"
    private static final String CANCELLED =
            "select id from delivery d where state = 'cancelled' and completed_at is null"
                    + " and exists (select from delivery_part p where p.delivery_id = d.id and p.owner is null) limit 10";
    private static final String FORGET_HELD =
            "delete from held_message h where not exists (select from message m where m.id = h.mt_id and m.status = 'held')";
    private static final String FORGET_REQUESTS = "with gone as (delete from query_watch"
            + " where due_at < now() - ? * interval '1 ms')"
            + " delete from cancel_request where requested_at < now() - ? * interval '1 ms'";
    private static final String FORGET_OUTBOX = "delete from outbox where taken_at < now() - ? * interval '1 ms'";

    private final TimerScheduler<Command> timers;
    private final Database database;
    private final UpkeepSettings settings;
    private final IdBlocks partIds = IdBlocks.ofParts();

    public static Behavior<Command> create(Database database, UpkeepSettings settings) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Upkeep(context, timers, database, settings)));
    }

    private Upkeep(
            ActorContext<Command> context, TimerScheduler<Command> timers, Database database, UpkeepSettings settings) {
        super(context);
        this.timers = timers;
        this.database = database;
        this.settings = settings;
        context.getSelf().tell(RunDue.INSTANCE);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(RunDue.class, due -> onRunDue())
                .onMessage(Ran.class, this::onRan)
                .build();
    }

    private Behavior<Command> onRunDue() {
        getContext()
                .pipeToSelf(
                        run(database, settings, partIds),
                        (done, error) -> new Ran(error == null ? "" : error.toString()));
        return this;
    }

    private Behavior<Command> onRan(Ran ran) {
        if (!ran.error().isEmpty()) {
            getContext().getLog().warn("Upkeep failed ({}), again in {}", ran.error(), settings.period());
        }
        timers.startSingleTimer(RunDue.INSTANCE, settings.period());
        return this;
    }

    /** One run. */
    public static CompletionStage<Void> run(Database database, UpkeepSettings settings, IdBlocks partIds) {
        return alone(database, new Partitions(settings)::run)
                .thenCompose(done ->
                        alone(database, connection -> new FinishedDeliveries(connection, partIds).run(settings)))
                .thenCompose(done -> alone(database, connection -> forget(connection, settings)))
                .thenCompose(done -> database.queries().supply(Upkeep::cancelled))
                .thenCompose(deliveries -> {
                    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
                    for (long delivery : deliveries) {
                        all = all.thenCompose(done -> Cancellation.ofQueued(database, delivery));
                    }
                    return all;
                });
    }

    private static CompletionStage<Void> alone(Database database, SqlAction action) {
        return database.queries().transact(connection -> {
            try (Bulk lock = new Bulk(connection, "select where pg_try_advisory_xact_lock(?)").number(LOCK)) {
                if (!lock.exists()) {
                    return;
                }
            }
            action.run(connection);
        });
    }

    private static void forget(Connection connection, UpkeepSettings settings) throws SQLException {
        try (Bulk held = new Bulk(connection, FORGET_HELD);
                Bulk outbox = new Bulk(connection, FORGET_OUTBOX)
                        .number(settings.retention().toMillis());
                Bulk requests = new Bulk(connection, FORGET_REQUESTS)
                        .number(settings.retention().toMillis())
                        .number(settings.retention().toMillis())) {
            held.update();
            outbox.update();
            requests.update();
        }
    }

    private static List<Long> cancelled(Connection connection) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (Bulk statement = new Bulk(connection, CANCELLED);
                ResultSet rows = statement.query()) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found;
    }
}
