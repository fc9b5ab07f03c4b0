// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.smsprocess.delivery.IdBlocks;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;

/** Moves what SQL clients insert in {@code outbox} to messages: at once when the table's trigger tells, else every poll period. */
public final class Outbox extends AbstractBehavior<Outbox.Command> {
    /** Only messages of its own. */
    public sealed interface Command permits MoveDue, Moved {}

    private enum MoveDue implements Command {
        INSTANCE
    }

    private record Moved(int rows, String error) implements Command {}

    private final TimerScheduler<Command> timers;
    private final Database database;
    private final WorkSignal signal;
    private final Predicate<String> isAccount;
    private final int partSize;
    private final Duration pollPeriod;
    private final IdBlocks partIds = IdBlocks.ofParts();
    private final IdBlocks deliveryIds = IdBlocks.ofDeliveries();
    private final Runnable endListening;
    private boolean isMoving;
    private boolean isDueAgain;

    /** @param isAccount whether messages for this account are taken */
    public static Behavior<Command> create(
            Database database,
            WorkSignal signal,
            Predicate<String> isAccount,
            IntakeSettings settings,
            Duration pollPeriod) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Outbox(context, timers, database, signal, isAccount, settings.partSize(), pollPeriod)));
    }

    private Outbox(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Database database,
            WorkSignal signal,
            Predicate<String> isAccount,
            int partSize,
            Duration pollPeriod) {
        super(context);
        this.timers = timers;
        this.database = database;
        this.signal = signal;
        this.isAccount = isAccount;
        this.partSize = partSize;
        this.pollPeriod = pollPeriod;
        ActorRef<Command> self = context.getSelf();
        endListening = signal.listen(WorkSignal.OUTBOX, () -> self.tell(MoveDue.INSTANCE));
        self.tell(MoveDue.INSTANCE);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(MoveDue.class, due -> onMoveDue())
                .onMessage(Moved.class, this::onMoved)
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Command> onMoveDue() {
        if (isMoving) {
            isDueAgain = true;
            return this;
        }
        isMoving = true;
        Set<String> accounts = new HashSet<>();
        getContext()
                .pipeToSelf(
                        database.traffic()
                                .transaction(connection -> new OutboxTransaction(
                                                connection, isAccount, partSize, partIds, deliveryIds)
                                        .run(accounts))
                                .thenApply(rows -> {
                                    accounts.forEach(signal::publish);
                                    return rows;
                                }),
                        (rows, error) -> error == null ? new Moved(rows, "") : new Moved(0, error.toString()));
        return this;
    }

    private Behavior<Command> onMoved(Moved moved) {
        isMoving = false;
        if (!moved.error().isEmpty()) {
            getContext().getLog().warn("The outbox could not be read ({}), again in {}", moved.error(), pollPeriod);
        } else if (moved.rows() == OutboxTransaction.ROWS || isDueAgain) {
            isDueAgain = false;
            return onMoveDue();
        }
        timers.startSingleTimer(MoveDue.INSTANCE, pollPeriod);
        return this;
    }

    private Behavior<Command> onStopped() {
        endListening.run();
        return this;
    }
}
