// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.delivery.queue.MtQueue;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.smpp.BindFailure;

/**
 * One bind, from connect to close: lets MT flow while it lasts and settles all it took when it ends.
 *
 * <pre>
 *   binding ──Linked──► recovering ──Recovered──► sending ──link closed──► settling ──Drained──► releasing ──► stopped
 *      └─BindRefused─► stopped           (Stop, Retune with rebind: unbind first, after the window drained)
 * </pre>
 *
 * What is in the window when the link ends is recorded as in doubt; what was claimed and not written goes back to the queue.
 */
final class Session {
    /** What a session takes. */
    sealed interface Command {}

    record Retune(AccountSnapshot account, boolean rebind) implements Command {
        private Retune after(@Nullable Command wish) {
            return wish instanceof Retune earlier && earlier.rebind ? new Retune(account, true) : this;
        }
    }

    enum Stop implements Command {
        INSTANCE
    }

    record Abandon(String reason) implements Command {}

    private record Linked(Links links) implements Command {}

    private record BindRefused(Throwable cause) implements Command {}

    record LinkClosed(String reason) implements Command {}

    record Claimed(MtQueue.Claim claim, int budget) implements Command {}

    record ClaimFailed(Throwable cause, int budget) implements Command {}

    private record RecorderSaid(Recorder.Event event) implements Command {}

    private record PipelineEnded(@Nullable Throwable failure) implements Command {}

    private record Released(@Nullable Throwable failure) implements Command {}

    private enum Recovered implements Command {
        INSTANCE
    }

    enum WorkAppeared implements Command {
        INSTANCE
    }

    private enum PollDue implements Command {
        INSTANCE
    }

    private enum RateDue implements Command {
        INSTANCE
    }

    /** What the connection above hears. */
    sealed interface Event {}

    enum Bound implements Event {
        INSTANCE
    }

    record BindFailed(BindFailure.Kind kind, String reason) implements Event {}

    /** @param rebind ended on our own wish, to bind with new settings */
    record Ended(String reason, Duration boundFor, boolean rebind) implements Event {}

    static Behavior<Command> create(
            SlotId id,
            HeldLease lease,
            AccountSnapshot account,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<Event> parent) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Session(context, timers, id, lease, account, sendingThreads, services, parent).bind()));
    }

    /** How finely rates are measured and shares adapted; also the look whether a claim has come back. */
    private static final Duration RATE_PERIOD = Duration.ofMillis(250);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotId id;
    private final SlotEpoch slot;
    private final HeldLease lease;
    private final AccountSnapshot first;
    private final int sendingThreads;
    private final ConnectionServices services;
    private final ActorRef<Event> parent;
    private final ActorRef<Recorder.Command> recorder;
    private final ActorRef<InboundDesk.Command> desk;
    private final PartClaims claims;
    private final AtomicLong accepted = new AtomicLong();
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();

    private Session(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SlotId id,
            HeldLease lease,
            AccountSnapshot account,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<Event> parent) {
        this.context = context;
        this.timers = timers;
        this.id = id;
        this.slot = new SlotEpoch(id.account(), id.toString(), lease.epoch());
        this.lease = lease;
        this.first = account;
        this.sendingThreads = sendingThreads;
        this.services = services;
        this.parent = parent;
        // children that fail take the session with them: their memory of the open parts is gone, recovery must run
        this.recorder = context.spawn(
                Recorder.create(
                        slot,
                        account.settings(),
                        services,
                        accepted,
                        context.messageAdapter(Recorder.Event.class, RecorderSaid::new)),
                "recorder");
        this.desk = context.spawn(InboundDesk.create(account.settings(), services), "inbound");
        this.claims = new PartClaims(context, slot, services, recorder);
        context.watch(recorder);
        context.watch(desk);
    }

    // States

    /** @param wish for when the bind has ended: to stop, or to take other settings */
    private Behavior<Command> binding(@Nullable Command wish) {
        if (wish != null && !(wish instanceof Retune retune && !retune.rebind())) {
            givenUp.complete(null); // an SMSC that says nothing would be waited for as long as bind-timeout
        }
        return handlers(null)
                .onMessage(Linked.class, linked -> onLinked(linked.links(), wish))
                .onMessage(BindRefused.class, refused -> onBindRefused(refused.cause(), wish))
                .onMessage(LinkClosed.class, early -> again(early))
                .onMessage(Stop.class, stop -> binding(wish instanceof Abandon ? wish : stop))
                .onMessage(Abandon.class, abandon -> binding(abandon))
                .onMessage(Retune.class, retune -> binding(retune.after(wish)))
                .build();
    }

    private Behavior<Command> recovering(Sending sending) {
        return handlers(sending)
                .onMessage(Recovered.class, recovered -> onRecovered(sending))
                .onMessage(LinkClosed.class, closed -> settle(sending, closed.reason(), false))
                .onMessage(Stop.class, stop -> unbind(sending, false))
                .onMessage(Abandon.class, abandon -> abandon(sending, abandon.reason()))
                .onMessage(Retune.class, retune -> onRetune(sending, retune, recovering(sending)))
                .build();
    }

    private Behavior<Command> sending(Sending sending) {
        return handlers(sending)
                .onMessage(WorkAppeared.class, work -> claims.onWork(sending))
                .onMessage(PollDue.class, due -> claims.onPoll(sending))
                .onMessage(Claimed.class, claimed -> claims.onClaimed(sending, claimed))
                .onMessage(ClaimFailed.class, failed -> claims.onFailed(sending, failed))
                .onMessage(RecorderSaid.class, said -> onRecorder(sending, said.event()))
                .onMessage(RateDue.class, due -> onRateDue(sending))
                .onMessage(LinkClosed.class, closed -> settle(sending, closed.reason(), false))
                .onMessage(PipelineEnded.class, ended -> onPipelineEnded(ended))
                .onMessage(Stop.class, stop -> unbind(sending, false))
                .onMessage(Abandon.class, abandon -> abandon(sending, abandon.reason()))
                .onMessage(Retune.class, retune -> onRetune(sending, retune, Behaviors.same()))
                .build();
    }

    /** Waits for the link's end; outcomes go on to the recorder meanwhile. */
    private Behavior<Command> unbinding(Sending sending, boolean rebind) {
        return handlers(sending)
                .onMessage(LinkClosed.class, closed -> settle(sending, closed.reason(), rebind))
                .onMessage(RecorderSaid.class, said -> onRecorderWhileEnding(sending, said.event()))
                .onMessage(Claimed.class, claimed -> claims.onLate(sending, claimed))
                .onMessage(ClaimFailed.class, failed -> claims.onFailed(sending, failed))
                .onMessage(Abandon.class, abandon -> abandon(sending, abandon.reason()))
                .build();
    }

    /** The link is gone: the pipeline stops, then the recorder writes what it still has. */
    private Behavior<Command> settling(Sending sending, Ended ended) {
        return handlers(sending)
                .onMessage(PipelineEnded.class, done -> drainRecorder(sending, ended))
                .onMessage(RecorderSaid.class, said -> {
                    onRecorderWhileEnding(sending, said.event());
                    return said.event() instanceof Recorder.Drained ? onDrained(sending, ended) : Behaviors.same();
                })
                .onMessage(Claimed.class, claimed -> claims.onLate(sending, claimed))
                .onMessage(ClaimFailed.class, failed -> claims.onFailed(sending, failed))
                .build();
    }

    private Behavior<Command> releasing(Sending sending, Ended ended) {
        return handlers(sending)
                .onMessage(Released.class, released -> onReleased(sending, ended, released))
                .onMessage(PollDue.class, due -> release(sending, ended))
                .onMessage(Claimed.class, claimed -> claims.onLate(sending, claimed))
                .onMessage(ClaimFailed.class, failed -> claims.onFailed(sending, failed))
                .build();
    }

    /** Messages that a state does not name are of no use in it: late timers, late wishes. */
    private BehaviorBuilder<Command> handlers(@Nullable Sending sending) {
        return BehaviorBuilder.<Command>create().onSignal(PostStop.class, stop -> onPostStop(sending));
    }

    // Transitions

    private Behavior<Command> bind() {
        LinkPlan plan = new LinkPlan(first.settings(), id.toString(), lease::validUntilNanos, services.limits());
        LinkHearing hearing = new LinkHearing(lease, services.nanoTime(), desk, recorder, context.getSelf());
        context.pipeToSelf(
                Links.bind(plan, services.connector(), services.prepareExecutor(), hearing, givenUp),
                (links, failure) -> failure != null ? new BindRefused(failure) : new Linked(links));
        return binding(null);
    }

    /** The links of a pair tell from threads of their own: the end may come before the beginning. */
    private Behavior<Command> again(LinkClosed early) {
        context.getSelf().tell(early);
        return Behaviors.same();
    }

    private Behavior<Command> onLinked(Links links, @Nullable Command wish) {
        Sending sending = Sending.of(links, first, id, sendingThreads, services);
        services.board().bound(id, links, sending.throttle().rate());
        parent.tell(Bound.INSTANCE);
        recorder.tell(new Recorder.Linked(links.sending()));
        ActorRef<Recovery.Event> events = context.messageAdapter(Recovery.Event.class, event -> Recovered.INSTANCE);
        context.spawn(Recovery.create(slot, first.settings(), sendingThreads, services, events), "recovery");
        if (wish != null) {
            context.getSelf().tell(wish);
        }
        return recovering(sending);
    }

    private Behavior<Command> onBindRefused(Throwable cause, @Nullable Command wish) {
        BindFailure failure = BindFailure.of(cause);
        String reason = String.valueOf(failure.getMessage());
        boolean isOld = wish instanceof Retune retune && retune.rebind();
        return finish(isOld ? new Ended(reason, Duration.ZERO, true) : new BindFailed(failure.kind(), reason));
    }

    private Behavior<Command> onRecovered(Sending sending) {
        sending.start(MtPipeline.start(context, slot, sending, services, recorder));
        context.pipeToSelf(sending.pipeline().ended(), (done, failure) -> new PipelineEnded(failure));
        timers.startTimerWithFixedDelay(PollDue.INSTANCE, services.limits().pollPeriod());
        timers.startTimerWithFixedDelay(RateDue.INSTANCE, RATE_PERIOD);
        claims.start(sending);
        return sending(sending);
    }

    private Behavior<Command> onRecorder(Sending sending, Recorder.Event event) {
        if (event instanceof Recorder.Throttled throttled) {
            if (sending.throttle().onThrottled(accepted.get())) {
                sending.applyRate();
                context.getLog()
                        .info(
                                "{}: throttled by the SMSC, {} MT/s now",
                                id,
                                Math.round(sending.throttle().rate()));
            }
            sending.links().sending().submit(throttled.submits());
        } else if (event instanceof Recorder.FirstsDue due) {
            sending.links().sending().submit(due.submits());
        } else if (event instanceof Recorder.ReconnectAsked asked) {
            sending.links().close(asked.reason());
        } else {
            onRecorderWhileEnding(sending, event);
            claims.goOn(sending);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onRecorderWhileEnding(Sending sending, Recorder.Event event) {
        if (event instanceof Recorder.PartsClosed closed) {
            services.budget().giveBack(sending.closed(closed.partIds()));
        }
        return Behaviors.same(); // throttled ones and parts 1 are not settled: they go back to the queue
    }

    private Behavior<Command> onRateDue(Sending sending) {
        if (!sending.tick(accepted.get())) {
            return unbind(sending, true);
        }
        services.board().rate(id, sending.measuredRate(), sending.throttle().rate());
        return Behaviors.same();
    }

    private Behavior<Command> onRetune(Sending sending, Retune retune, Behavior<Command> otherwise) {
        if (retune.rebind() || !sending.takeShare(retune.account().settings())) {
            return unbind(sending, true);
        }
        sending.retune(retune.account());
        sending.links().retune(retune.account().settings());
        sending.applyRate();
        recorder.tell(new Recorder.Retune(retune.account().settings()));
        desk.tell(new InboundDesk.Retune(retune.account().settings()));
        return otherwise;
    }

    private Behavior<Command> unbind(Sending sending, boolean rebind) {
        services.board().draining(id);
        claims.stop();
        sending.links().unbind(services.limits().drainTimeout());
        return unbinding(sending, rebind);
    }

    private Behavior<Command> abandon(Sending sending, String reason) {
        sending.links().close(reason);
        return unbinding(sending, false);
    }

    private Behavior<Command> settle(Sending sending, String reason, boolean rebind) {
        claims.stop();
        sending.links().close(reason); // of a pair, the other half
        timers.cancelAll();
        Ended ended = new Ended(reason, sending.boundFor(), rebind);
        if (!sending.isStarted()) {
            return drainRecorder(sending, ended);
        }
        sending.pipeline().shutdown();
        return settling(sending, ended);
    }

    private Behavior<Command> drainRecorder(Sending sending, Ended ended) {
        recorder.tell(Recorder.Drain.INSTANCE);
        return settling(sending, ended);
    }

    private Behavior<Command> onDrained(Sending sending, Ended ended) {
        return sending.claiming() || !sending.openParts().isEmpty() ? release(sending, ended) : finish(ended);
    }

    private Behavior<Command> release(Sending sending, Ended ended) {
        if (sending.claiming()) {
            timers.startSingleTimer(PollDue.INSTANCE, RATE_PERIOD);
        } else {
            context.pipeToSelf(
                    services.queue().release(slot, sending.openParts()), (done, failure) -> new Released(failure));
        }
        return releasing(sending, ended);
    }

    private Behavior<Command> onReleased(Sending sending, Ended ended, Released released) {
        if (released.failure() != null) {
            // the database is away: the next owner of the slot recovers them, but trying again is cheaper
            timers.startSingleTimer(PollDue.INSTANCE, services.limits().pollPeriod());
            return Behaviors.same();
        }
        services.budget().giveBack(sending.closed(sending.openParts()));
        return finish(ended);
    }

    private Behavior<Command> finish(Event end) {
        parent.tell(end);
        return Behaviors.stopped();
    }

    private Behavior<Command> onPipelineEnded(PipelineEnded ended) {
        throw new IllegalStateException(id + ": the sending pipeline failed", ended.failure());
    }

    private Behavior<Command> onPostStop(@Nullable Sending sending) {
        givenUp.complete(null);
        if (sending != null) {
            claims.stop();
            sending.links().close("session stopped");
            services.budget().giveBack(sending.closed(sending.openParts()));
        }
        return Behaviors.same();
    }
}
