// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.message.CborSerializable;

/**
 * The right to hold one connection, and exactly one owner of it in the cluster: no bind without the lease, the lease given back only
 * after the unbind.
 *
 * <pre>
 *   leasing ──Granted──► holding ──Stop, not wanted, Lost──► ending ──connection ended──► returning ──► stopped | leasing
 *      └── Refused: asks again
 * </pre>
 *
 * A failure of the connection below restarts it under a new lease epoch, so what the failed one claimed is recovered.
 */
public final class Slot {
    /** What a slot takes. */
    public sealed interface Command {}

    /** Sent every slot-check-period by the account while the slot is wanted: starts it, and shows it new settings. */
    public enum EnsureRunning implements Command, CborSerializable {
        INSTANCE
    }

    /** End in good order: drain, unbind, give the lease back. Also sharding's stop message. */
    public enum Stop implements Command, CborSerializable {
        INSTANCE
    }

    private record LeaseAnswer(LeaseKeeper.Reply reply) implements Command {}

    private record ConnectionEnded(boolean failed) implements Command {}

    private enum TakeDue implements Command {
        INSTANCE
    }

    /** @param moving hears of a slot that is told to stop, before it drains: another node may be about to hold it */
    public static Behavior<Command> create(
            SlotId id,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<LeaseKeeper.Command> keeper,
            Consumer<SlotId> moving) {
        return Behaviors.<Command>supervise(Behaviors.setup(context -> Behaviors.withTimers(
                        timers -> new Slot(context, timers, id, sendingThreads, services, keeper, moving).start())))
                .onFailure(services.limits().restart().strategy());
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotId id;
    private final int sendingThreads;
    private final ConnectionServices services;
    private final ActorRef<LeaseKeeper.Command> keeper;
    private final Consumer<SlotId> moving;

    private Slot(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SlotId id,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<LeaseKeeper.Command> keeper,
            Consumer<SlotId> moving) {
        this.context = context;
        this.timers = timers;
        this.id = id;
        this.sendingThreads = sendingThreads;
        this.services = services;
        this.keeper = keeper;
        this.moving = moving;
    }

    private Behavior<Command> start() {
        if (wanted() == null) {
            return Behaviors.stopped();
        }
        services.liveSlots().started(id, context.getSelf());
        // nobody tells a slot that is wanted no more
        timers.startTimerWithFixedDelay(
                EnsureRunning.INSTANCE, services.limits().slotCheckPeriod());
        return lease();
    }

    // States

    private Behavior<Command> leasing() {
        return handlers()
                .onMessage(LeaseAnswer.class, answer -> onLeaseAnswer(answer.reply()))
                .onMessage(TakeDue.class, due -> start())
                .onMessage(Stop.class, stop -> stopAfterLease())
                .onMessage(EnsureRunning.class, ensure -> Behaviors.same())
                .onMessage(ConnectionEnded.class, ended -> Behaviors.same())
                .build();
    }

    private Behavior<Command> holding(
            HeldLease lease, AccountSnapshot account, ActorRef<Connection.Command> connection) {
        return handlers(lease)
                .onMessage(EnsureRunning.class, ensure -> onEnsureRunning(lease, account, connection))
                .onMessage(Stop.class, stop -> move(lease, connection))
                .onMessage(LeaseAnswer.class, answer -> onLost(lease, connection, answer.reply()))
                .onMessage(ConnectionEnded.class, ended -> giveBack(lease, false))
                .onMessage(TakeDue.class, due -> Behaviors.same())
                .build();
    }

    private Behavior<Command> ending(HeldLease lease, boolean thenStop) {
        return handlers(lease)
                .onMessage(ConnectionEnded.class, ended -> giveBack(lease, thenStop))
                .onMessage(Stop.class, stop -> ending(lease, true))
                .onMessage(EnsureRunning.class, ensure -> Behaviors.same())
                .onMessage(LeaseAnswer.class, answer -> Behaviors.same())
                .onMessage(TakeDue.class, due -> Behaviors.same())
                .build();
    }

    private Behavior<Command> returning(boolean thenStop) {
        return handlers()
                .onMessage(
                        LeaseAnswer.class,
                        answer -> answer.reply() != LeaseKeeper.GivenBack.INSTANCE
                                ? Behaviors.same()
                                : thenStop ? Behaviors.stopped() : start())
                .onMessage(Stop.class, stop -> returning(true))
                .onMessage(EnsureRunning.class, ensure -> Behaviors.same())
                .onMessage(ConnectionEnded.class, ended -> Behaviors.same())
                .onMessage(TakeDue.class, due -> Behaviors.same())
                .build();
    }

    private BehaviorBuilder<Command> handlers() {
        return handlers(null);
    }

    private BehaviorBuilder<Command> handlers(@Nullable HeldLease lease) {
        return BehaviorBuilder.<Command>create().onSignal(PostStop.class, stop -> {
            if (lease != null) {
                // the cluster went on without this node and sharding ended the slot: its connection is closed by now,
                // and
                // its successor need not wait until the lease runs out
                lease.extend(services.nanoTime().getAsLong() - 1);
                keeper.tell(new LeaseKeeper.GiveBack(lease, context.getSystem().ignoreRef()));
            }
            services.board().gone(id); // also of a slot that never got its lease
            services.liveSlots().stopped(id, context.getSelf());
            return Behaviors.same();
        });
    }

    // Transitions

    private Behavior<Command> lease() {
        keeper.tell(
                new LeaseKeeper.Take(id.toString(), context.messageAdapter(LeaseKeeper.Reply.class, LeaseAnswer::new)));
        return leasing();
    }

    private Behavior<Command> onLeaseAnswer(LeaseKeeper.Reply reply) {
        if (reply instanceof LeaseKeeper.Granted granted) {
            AccountSnapshot account = wanted();
            if (account == null) {
                return giveBack(granted.lease(), true);
            }
            ActorRef<Connection.Command> connection = context.spawn(
                    Connection.create(id, granted.lease(), account, sendingThreads, services),
                    "connection-" + granted.lease().epoch());
            context.watchWith(connection, new ConnectionEnded(true));
            return holding(granted.lease(), account, connection);
        }
        if (reply instanceof LeaseKeeper.Refused refused) {
            context.getLog().debug("{}: no lease yet, {}", id, refused.reason());
            services.board().awaitingLease(id, refused.reason());
            timers.startSingleTimer(TakeDue.INSTANCE, services.limits().slotCheckPeriod());
        }
        return Behaviors.same();
    }

    private Behavior<Command> move(HeldLease lease, ActorRef<Connection.Command> connection) {
        moving.accept(id);
        return end(lease, connection, true);
    }

    private Behavior<Command> stopAfterLease() {
        moving.accept(id);
        // an answer may be on its way: a lease granted now must be given back, not forgotten
        return handlers()
                .onMessage(
                        LeaseAnswer.class,
                        answer -> answer.reply() instanceof LeaseKeeper.Granted granted
                                ? giveBack(granted.lease(), true)
                                : Behaviors.stopped())
                .onMessage(TakeDue.class, due -> Behaviors.stopped())
                .onMessage(Stop.class, stop -> Behaviors.same())
                .onMessage(EnsureRunning.class, ensure -> Behaviors.same())
                .onMessage(ConnectionEnded.class, ended -> Behaviors.same())
                .build();
    }

    private Behavior<Command> onEnsureRunning(
            HeldLease lease, AccountSnapshot account, ActorRef<Connection.Command> connection) {
        AccountSnapshot now = wanted();
        if (now == null) {
            context.getLog().info("{}: no longer wanted", id);
            return end(lease, connection, true);
        }
        if (!now.equals(account)) {
            connection.tell(new Connection.Retune(now));
            return holding(lease, now, connection);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onLost(
            HeldLease lease, ActorRef<Connection.Command> connection, LeaseKeeper.Reply reply) {
        if (reply instanceof LeaseKeeper.Lost lost) {
            context.getLog().warn("{}: lease lost, {}", id, lost.reason());
            connection.tell(new Connection.Abandon("lease lost: " + lost.reason()));
            return ending(lease, false);
        }
        return Behaviors.same();
    }

    private Behavior<Command> end(HeldLease lease, ActorRef<Connection.Command> connection, boolean thenStop) {
        connection.tell(Connection.Stop.INSTANCE);
        return ending(lease, thenStop);
    }

    private Behavior<Command> giveBack(HeldLease lease, boolean thenStop) {
        services.board().gone(id);
        keeper.tell(new LeaseKeeper.GiveBack(lease, context.messageAdapter(LeaseKeeper.Reply.class, LeaseAnswer::new)));
        return returning(thenStop);
    }

    private @Nullable AccountSnapshot wanted() {
        AccountSnapshot account = services.accounts().apply(id.account());
        boolean isWanted = account != null
                && account.isConnected()
                && !services.liveSlots().isLeaving()
                && id.isOf(
                        account.settings(), sendingThreads, services.cluster().taking());
        return isWanted ? account : null;
    }
}
