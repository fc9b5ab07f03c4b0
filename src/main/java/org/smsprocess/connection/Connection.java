// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.SettingsChange;
import org.smsprocess.smpp.BindFailure;

/**
 * Keeps one slot bound: one {@link Session} after another, with a growing, jittered wait between them. A lost session is normal
 * life here; an exception in a session stops this actor, and the slot starts anew under a new lease epoch.
 *
 * <pre>
 *   connected ──session ended──► waiting ──ReconnectDue──► connected
 *       └──────── Stop, Abandon ──────┴──────────► stopping ──session ended──► stopped
 * </pre>
 */
final class Connection {
    /** What a connection takes. */
    sealed interface Command {}

    /** New settings: applied at once, or by a new bind after a drain when they change the bind. */
    record Retune(AccountSnapshot account) implements Command {}

    /** Drain, unbind, stop. */
    enum Stop implements Command {
        INSTANCE
    }

    /** The lease is lost: close at once, stop. */
    record Abandon(String reason) implements Command {}

    private record SessionSaid(Session.Event event) implements Command {}

    private enum SessionGone implements Command {
        INSTANCE
    }

    private enum ReconnectDue implements Command {
        INSTANCE
    }

    static Behavior<Command> create(
            SlotId id, HeldLease lease, AccountSnapshot account, int sendingThreads, ConnectionServices services) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                new Connection(context, timers, id, lease, sendingThreads, services).connect(account, Backoff.NONE)));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotId id;
    private final HeldLease lease;
    private final int sendingThreads;
    private final ConnectionServices services;
    private final ActorRef<Session.Event> events;

    private Connection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SlotId id,
            HeldLease lease,
            int sendingThreads,
            ConnectionServices services) {
        this.context = context;
        this.timers = timers;
        this.id = id;
        this.lease = lease;
        this.sendingThreads = sendingThreads;
        this.services = services;
        this.events = context.messageAdapter(Session.Event.class, SessionSaid::new);
    }

    // States

    private Behavior<Command> connected(AccountSnapshot account, Backoff backoff, ActorRef<Session.Command> session) {
        return Behaviors.receive(Command.class)
                .onMessage(SessionSaid.class, said -> onEvent(account, backoff, session, said.event()))
                .onMessage(Retune.class, retune -> onRetune(account, backoff, session, retune.account()))
                .onMessage(Stop.class, stop -> stop(session))
                .onMessage(Abandon.class, abandon -> abandon(session, abandon.reason()))
                .onMessage(SessionGone.class, gone -> onSessionFailed())
                .onMessage(ReconnectDue.class, due -> Behaviors.same())
                .build();
    }

    private Behavior<Command> waiting(AccountSnapshot account, Backoff backoff) {
        return Behaviors.receive(Command.class)
                .onMessage(ReconnectDue.class, due -> connect(account, backoff))
                .onMessage(Retune.class, retune -> connect(retune.account(), Backoff.NONE))
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onMessage(Abandon.class, abandon -> Behaviors.stopped())
                .onMessage(SessionSaid.class, said -> Behaviors.same())
                .onMessage(SessionGone.class, gone -> Behaviors.same())
                .build();
    }

    /** The session has said that it ended; its actor is about to stop. */
    private Behavior<Command> clearing(AccountSnapshot account, Backoff backoff, Duration wait) {
        return Behaviors.receive(Command.class)
                .onMessage(SessionGone.class, gone -> pause(account, backoff, wait))
                .onMessage(Retune.class, retune -> clearing(retune.account(), Backoff.NONE, Duration.ZERO))
                .onMessage(Stop.class, stop -> stopping())
                .onMessage(Abandon.class, abandon -> stopping())
                .onMessage(SessionSaid.class, said -> Behaviors.same())
                .onMessage(ReconnectDue.class, due -> Behaviors.same())
                .build();
    }

    private Behavior<Command> stopping() {
        return Behaviors.receive(Command.class)
                .onMessage(SessionGone.class, gone -> Behaviors.stopped())
                .onMessage(SessionSaid.class, said -> Behaviors.same())
                .onMessage(Retune.class, retune -> Behaviors.same())
                .onMessage(Stop.class, stop -> Behaviors.same())
                .onMessage(Abandon.class, abandon -> Behaviors.same())
                .onMessage(ReconnectDue.class, due -> Behaviors.same())
                .build();
    }

    // Transitions

    private Behavior<Command> connect(AccountSnapshot account, Backoff backoff) {
        timers.cancel(ReconnectDue.INSTANCE);
        services.board().binding(id);
        ActorRef<Session.Command> session =
                context.spawnAnonymous(Session.create(id, lease, account, sendingThreads, services, events));
        context.watchWith(session, SessionGone.INSTANCE);
        return connected(account, backoff, session);
    }

    private Behavior<Command> onEvent(
            AccountSnapshot account, Backoff backoff, ActorRef<Session.Command> session, Session.Event event) {
        if (event instanceof Session.Bound) {
            context.getLog()
                    .info(
                            "{}: bound to {}:{}",
                            id,
                            account.settings().bind().host(),
                            account.settings().bind().port());
            return Behaviors.same();
        }
        if (event instanceof Session.BindFailed failed) {
            Backoff next = backoff.failed();
            Duration wait = delay(account, next, failed.kind());
            context.getLog().warn("{}: {}; next try in {} s", id, failed.reason(), wait.toMillis() / 1000.0);
            services.board().failed(id, failed.reason());
            return clearing(account, next, wait);
        }
        Session.Ended ended = (Session.Ended) event;
        if (ended.rebind()) {
            context.getLog().info("{}: binding again with new settings", id);
            return clearing(account, Backoff.NONE, Duration.ZERO);
        }
        // a bind that lasted shows that the SMSC is well: start from the first delay again
        boolean lasted =
                ended.boundFor().compareTo(account.settings().throughput().reconnectMaxDelay()) > 0;
        Backoff next = (lasted ? Backoff.NONE : backoff).failed();
        Duration wait = delay(account, next, BindFailure.Kind.UNREACHABLE);
        context.getLog().warn("{}: session ended, {}; next try in {} s", id, ended.reason(), wait.toMillis() / 1000.0);
        services.board().failed(id, ended.reason());
        return clearing(account, next, wait);
    }

    private Behavior<Command> onRetune(
            AccountSnapshot old, Backoff backoff, ActorRef<Session.Command> session, AccountSnapshot account) {
        session.tell(
                new Session.Retune(account, SettingsChange.between(old, account).needs(SettingsChange.Effect.REBIND)));
        return connected(account, backoff, session);
    }

    private Behavior<Command> pause(AccountSnapshot account, Backoff backoff, Duration wait) {
        if (wait.isZero()) {
            return connect(account, backoff);
        }
        timers.startSingleTimer(ReconnectDue.INSTANCE, wait);
        return waiting(account, backoff);
    }

    private Behavior<Command> stop(ActorRef<Session.Command> session) {
        session.tell(Session.Stop.INSTANCE);
        return stopping();
    }

    private Behavior<Command> abandon(ActorRef<Session.Command> session, String reason) {
        session.tell(new Session.Abandon(reason));
        return stopping();
    }

    private Behavior<Command> onSessionFailed() {
        context.getLog().error("{}: the session failed (see above); the slot starts anew", id);
        services.board().failed(id, "internal failure, see the log");
        return Behaviors.stopped();
    }

    private Duration delay(AccountSnapshot account, Backoff backoff, BindFailure.Kind kind) {
        AccountSettings.Throughput throughput = account.settings().throughput();
        // wrong credentials don't heal by themselves, and many SMSCs lock an account after a few: slow at once
        boolean slow = kind == BindFailure.Kind.CREDENTIALS || kind == BindFailure.Kind.ALREADY_BOUND;
        Duration first = slow ? throughput.reconnectMaxDelay() : throughput.reconnectDelay();
        return backoff.delay(
                first,
                throughput.reconnectBackoff(),
                throughput.reconnectMaxDelay(),
                ThreadLocalRandom.current().nextDouble());
    }
}
