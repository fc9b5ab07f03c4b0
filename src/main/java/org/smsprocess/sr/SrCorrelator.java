// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.sr.SrMetrics.Kind;
import org.smsprocess.sr.SrProtocol.Command;

/**
 * Matches the SR of one bucket of an account with its MT. This half collects what arrives while the ledger writes, and hands it on
 * as one microbatch: few rows when busy, no delay when idle.
 *
 * <pre>
 * RECOVERING ──Ready──► IDLE ──hand over──► BUSY ──Done──► IDLE
 *      ▲                  any ──LedgerStopped──► DOWN ──RestartDue──► RECOVERING
 * </pre>
 *
 * When the ledger fails, what it had is not answered: its senders try again. What is pending stays, up to {@code max-pending}.
 */
final class SrCorrelator extends AbstractBehavior<Command> {

    /** What a correlator's halves tell each other. */
    sealed interface Internal extends Command {}

    /** The ledger has recovered. @param isLogBehind no SR may be handed on until {@link LogKeepsUp} */
    record Ready(boolean isLogBehind) implements Internal {}

    /** The microbatch is durable and answered. */
    record Done(boolean isLogBehind) implements Internal {}

    record LogKeepsUp() implements Internal {}

    /** Write what is pending, then stop; at once when that is not possible now. */
    enum Stop implements Internal {
        INSTANCE
    }

    private record LedgerStopped() implements Internal {}

    private enum RestartDue implements Internal {
        INSTANCE
    }

    private enum HandOverDue implements Internal {
        INSTANCE
    }

    private enum Phase {
        RECOVERING,
        IDLE,
        BUSY,
        DOWN
    }

    /** Makes the ledger's behaviour, given this actor. */
    interface LedgerFactory {
        Behavior<SrLedger.Command> create(ActorRef<Command> front);
    }

    private final TimerScheduler<Command> timers;
    private final String account;
    private final SrServices services;
    private final LedgerFactory ledgers;
    private final SrMetrics.Account counters;
    private final Pending pending;
    private final Tempo tempo;

    private Phase phase = Phase.DOWN;
    private @Nullable ActorRef<SrLedger.Command> ledger;
    private Duration restartDelay;
    private boolean isLogBehind;
    private boolean isStopping;
    private boolean isHandOverPlanned;

    static Behavior<Command> create(String account, SrServices services, LedgerFactory ledgers) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new SrCorrelator(context, timers, account, services, ledgers)));
    }

    private SrCorrelator(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String account,
            SrServices services,
            LedgerFactory ledgers) {
        super(context);
        this.timers = timers;
        this.account = account;
        this.services = services;
        this.ledgers = ledgers;
        this.counters = services.metrics().of(account);
        this.restartDelay = services.settings().restart().min();
        this.pending = new Pending(services.settings().maxPending());
        this.tempo = new Tempo(services.settings().batchDelay().toNanos(), services.nanoTime());
        startLedger();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(SrProtocol.Submitted.class, this::onCommand)
                .onMessage(SrProtocol.Receive.class, this::onCommand)
                .onMessage(SrProtocol.FindKnown.class, this::onCommand)
                .onMessage(SrProtocol.Probe.class, this::onCommand)
                .onMessage(SrProtocol.WakeUp.class, wakeUp -> this)
                .onMessage(Ready.class, this::onReady)
                .onMessage(Done.class, this::onDone)
                .onMessage(LogKeepsUp.class, keepsUp -> onLogKeepsUp())
                .onMessage(HandOverDue.class, due -> onHandOverDue())
                .onMessage(LedgerStopped.class, stopped -> onLedgerStopped())
                .onMessage(RestartDue.class, due -> startLedger())
                .onMessage(Stop.class, stop -> onStop())
                .build();
    }

    // Transitions

    private Behavior<Command> onCommand(Command command) {
        if (isStopping) {
            return this; // its sender tries again, and finds the next one
        }
        if (!pending.add(command)) {
            counters.count(Kind.REFUSED, Pending.entriesOf(command));
            return this;
        }
        return handOverIfDue();
    }

    private Behavior<Command> onReady(Ready ready) {
        phase = Phase.IDLE;
        restartDelay = services.settings().restart().min();
        isLogBehind = ready.isLogBehind();
        return handOverIfDue();
    }

    private Behavior<Command> onDone(Done done) {
        phase = Phase.IDLE;
        isLogBehind = done.isLogBehind();
        return handOverIfDue();
    }

    private Behavior<Command> onLogKeepsUp() {
        isLogBehind = false;
        return handOverIfDue();
    }

    private Behavior<Command> onHandOverDue() {
        isHandOverPlanned = false;
        return handOverIfDue();
    }

    private Behavior<Command> onLedgerStopped() {
        if (isStopping) {
            return Behaviors.stopped();
        }
        phase = Phase.DOWN;
        ledger = null;
        getContext()
                .getLog()
                .warn("{}: a correlator's ledger stopped, started again in {} ms", account, restartDelay.toMillis());
        timers.startSingleTimer(RestartDue.INSTANCE, restartDelay);
        restartDelay = services.settings().restart().after(restartDelay);
        return this;
    }

    private Behavior<Command> onStop() {
        isStopping = true;
        return phase == Phase.BUSY ? this : handOverIfDue();
    }

    private Behavior<Command> startLedger() {
        phase = Phase.RECOVERING;
        ActorRef<SrLedger.Command> started =
                getContext().spawnAnonymous(ledgers.create(getContext().getSelf()));
        getContext().watchWith(started, new LedgerStopped());
        ledger = started;
        return this;
    }

    /** At once when there is little to do; else after a pause, so that more comes together, or when there is enough for one. */
    private Behavior<Command> handOverIfDue() {
        int entries = pending.entries(!isLogBehind);
        if (isStopping && phase != Phase.BUSY && (phase != Phase.IDLE || entries == 0)) {
            return Behaviors.stopped();
        }
        if (phase != Phase.IDLE || ledger == null || entries == 0) {
            return this;
        }
        long waitNanos = tempo.nanosToWait();
        if (waitNanos > 0 && entries < services.settings().batchEntries() && !isStopping) {
            plan(waitNanos);
            return this;
        }
        List<Command> batch = pending.take(services.settings().batchEntries(), !isLogBehind);
        tempo.handedOver(entries - pending.entries(!isLogBehind));
        phase = Phase.BUSY;
        ledger.tell(new SrLedger.Work(batch));
        return this;
    }

    /** Not by an actor timer: those go by ticks of ten milliseconds, which is longer than the pause. */
    private void plan(long waitNanos) {
        if (!isHandOverPlanned) {
            isHandOverPlanned = true;
            Executor later = CompletableFuture.delayedExecutor(waitNanos, TimeUnit.NANOSECONDS, Runnable::run);
            getContext()
                    .pipeToSelf(CompletableFuture.supplyAsync(() -> HandOverDue.INSTANCE, later), (due, never) -> due);
        }
    }
}
