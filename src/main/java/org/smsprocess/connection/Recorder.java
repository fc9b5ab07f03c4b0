// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.BehaviorBuilder;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.delivery.WritePace;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.SrProtocol;

/**
 * Records outcomes in microbatches, in two steps at once: while one batch is written to the delivery log, the next ones go to the SR
 * correlators, so that no SR waits for the log, nor long for the batch before. What came in while a step was busy is its next batch. A
 * batch is with the correlators first and in the log after; should the node die between the two, recovery asks the correlators.
 *
 * <pre>
 * outcomes ─► ledger ──take──► persisting ──all buckets──► persisted ──merged──► writing ──► done
 *                                └ PersistDue: told again                          └ failed: tried again
 * </pre>
 *
 * A database that is away stops this actor's progress, never loses a batch; claims stop meanwhile, so what waits here is bounded.
 */
final class Recorder {
    /** What a recorder takes. */
    sealed interface Command {}

    record Linked(SmppLink link) implements Command {}

    record Opened(ClaimedPart part) implements Command {}

    record Marked(long partId, List<Long> mtIds) implements Command {}

    /** Of a part that is about to be submitted. */
    record Expected(List<LongMt> longMts) implements Command {}

    record Settled(List<Settlement> settlements) implements Command {}

    record Outcomes(List<SubmitOutcome> outcomes) implements Command {}

    record Retune(AccountSettings settings) implements Command {}

    /** The link has ended and nothing more will come: write the rest, then say {@link Drained}. */
    enum Drain implements Command {
        INSTANCE
    }

    private record Persisted(long tag) implements Command {}

    private record Written(@Nullable Throwable failure) implements Command {}

    private enum PersistDue implements Command {
        INSTANCE
    }

    private enum PauseOver implements Command {
        INSTANCE
    }

    private enum WriteDue implements Command {
        INSTANCE
    }

    /** What the session hears. */
    sealed interface Event {}

    record PartsClosed(List<Long> partIds) implements Event {}

    record Throttled(List<Submit> submits) implements Event {}

    /** Parts 1 whose time has come. */
    record FirstsDue(List<Submit> submits) implements Event {}

    record ReconnectAsked(String reason) implements Event {}

    enum Drained implements Event {
        INSTANCE
    }

    /** @param waiting what each correlator that has not answered was told, by tag; changed as they answer */
    private record Persisting(OutcomeLedger.Batch batch, Map<Long, SrProtocol.Submitted> waiting) {}

    /** Batches that go to the correlators at once. One: SR wait for two writes; many: small batches. */
    private static final int MOST_PERSISTING = 3;

    static Behavior<Command> create(
            SlotEpoch slot,
            AccountSettings settings,
            ConnectionServices services,
            AtomicLong accepted,
            ActorRef<Event> session) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Recorder(context, timers, slot, settings, services, accepted, session).recording()));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotEpoch slot;
    private final ConnectionServices services;
    private final ConnectionLimits limits;
    private final AtomicLong accepted;
    private final ActorRef<Event> session;
    private final MappingRoute mappings;
    private final WritePace pace;
    private final OutcomeLedger ledger;
    private final MessageLog log;
    private AccountSettings settings;
    private @Nullable SmppLink link;
    private boolean draining;
    private boolean failing;
    private final Deque<Persisting> persisting = new ArrayDeque<>();
    private final Deque<OutcomeLedger.Batch> persisted = new ArrayDeque<>();
    private OutcomeLedger.@Nullable Batch writing;

    private Recorder(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SlotEpoch slot,
            AccountSettings settings,
            ConnectionServices services,
            AtomicLong accepted,
            ActorRef<Event> session) {
        this.accepted = accepted;
        this.context = context;
        this.timers = timers;
        this.slot = slot;
        this.services = services;
        this.limits = services.limits();
        this.session = session;
        this.settings = settings;
        this.mappings = new MappingRoute(
                slot.account(),
                services.sr(),
                context.messageAdapter(SrProtocol.Persisted.class, answer -> new Persisted(answer.batch())));
        this.pace = limits.recordPace(services.nanoTime());
        this.log = MessageLog.of(slot.slot(), services.limits());
        this.ledger = new OutcomeLedger(settings, services.normalisers().apply(settings));
    }

    private Behavior<Command> recording() {
        return BehaviorBuilder.<Command>create()
                .onMessage(Outcomes.class, outcomes -> onOutcomes(outcomes.outcomes()))
                .onMessage(Settled.class, settled -> onSettled(settled.settlements()))
                .onMessage(Opened.class, opened -> onOpened(opened.part()))
                .onMessage(Expected.class, expected -> onExpected(expected.longMts()))
                .onMessage(Persisted.class, answer -> onPersisted(answer.tag()))
                .onMessage(PersistDue.class, due -> onPersistDue())
                .onMessage(Written.class, this::onWritten)
                .onMessage(WriteDue.class, due -> onWriteDue())
                .onMessage(PauseOver.class, over -> goOn())
                .onMessage(Marked.class, marked -> onMarked(marked))
                .onMessage(Linked.class, linked -> onLinked(linked.link()))
                .onMessage(Retune.class, retune -> onRetune(retune.settings()))
                .onMessage(Drain.class, drain -> onDrain())
                .build();
    }

    // Transitions

    private Behavior<Command> onOutcomes(List<SubmitOutcome> outcomes) {
        long now = services.clock().millis();
        for (SubmitOutcome outcome : outcomes) {
            ledger.add(outcome, now);
        }
        log.outcomes(outcomes);
        accepted.lazySet(ledger.acceptedTotal());
        List<Submit> throttled = ledger.takeThrottled();
        if (!throttled.isEmpty()) {
            if (link != null) {
                link.confirm(throttled.size());
            }
            session.tell(new Throttled(throttled));
        }
        List<Submit> firsts = ledger.takeDueFirsts();
        if (!firsts.isEmpty()) {
            session.tell(new FirstsDue(firsts));
        }
        String reconnect = ledger.takeReconnectReason();
        if (reconnect != null) {
            session.tell(new ReconnectAsked(reconnect));
        }
        return goOn();
    }

    private Behavior<Command> onSettled(List<Settlement> settlements) {
        settlements.forEach(ledger::settle);
        return goOn();
    }

    private Behavior<Command> onOpened(ClaimedPart part) {
        ledger.open(part);
        log.claimed(part);
        return goOn();
    }

    private Behavior<Command> onLinked(SmppLink bound) {
        link = bound;
        bound.holdPlaces();
        return Behaviors.same();
    }

    private void confirm(OutcomeLedger.Batch batch) {
        if (link != null && batch.places() > 0) {
            link.confirm(batch.places());
        }
    }

    private Behavior<Command> onMarked(Marked marked) {
        ledger.mark(marked.partId(), marked.mtIds());
        return Behaviors.same();
    }

    private Behavior<Command> onExpected(List<LongMt> longMts) {
        ledger.expect(longMts);
        return Behaviors.same();
    }

    private Behavior<Command> onRetune(AccountSettings changed) {
        settings = changed;
        ledger.retune(changed, services.normalisers().apply(changed));
        return Behaviors.same();
    }

    private Behavior<Command> onDrain() {
        draining = true;
        ledger.linkEnded(services.clock().millis());
        return goOn();
    }

    /** Starts every step that has work and is free. */
    private Behavior<Command> goOn() {
        while (persisting.size() < MOST_PERSISTING && mayPersist() && ledger.hasWork()) {
            persist(ledger.take(limits.batchUpdateSize()));
        }
        if (writing == null && !persisted.isEmpty() && isTimeToWrite(persisted.element())) {
            writing = persisted.remove();
            write(writing);
        }
        if (draining && persisting.isEmpty() && writing == null && !ledger.hasWork()) {
            draining = false;
            session.tell(Drained.INSTANCE);
        }
        return Behaviors.same();
    }

    /** Nobody waits for the log: a few outcomes wait for more, as long as they hold up neither the window nor new parts. */
    private boolean isTimeToWrite(OutcomeLedger.Batch batch) {
        if (draining || persisted.size() > 1 || batch.isAwaited(limits.maxOpenParts())) {
            return true;
        }
        Duration left = pace.left(batch.settlements().size());
        if (!left.isZero() && !timers.isTimerActive(PauseOver.INSTANCE)) {
            timers.startSingleTimer(PauseOver.INSTANCE, left);
        }
        return left.isZero();
    }

    /** One full batch at most waits for the log, or one that is not to be merged. */
    private boolean mayPersist() {
        OutcomeLedger.Batch last = persisted.peekLast();
        return last == null || persisted.size() == 1 && last.takesMore(limits.batchUpdateSize());
    }

    private void persist(OutcomeLedger.Batch batch) {
        if (batch.isEmpty()) { // parts of long messages that are not complete yet
            confirm(batch);
            return;
        }
        Map<Long, SrProtocol.Submitted> waiting = mappings.byBucket(batch.mappings());
        persisting.add(new Persisting(batch, waiting));
        if (waiting.isEmpty()) {
            takePersisted();
            return;
        }
        waiting.values().forEach(mappings::tell);
        if (persisting.size() == 1) {
            timers.startSingleTimer(PersistDue.INSTANCE, limits.persistTimeout());
        }
    }

    private Behavior<Command> onPersisted(long tag) {
        for (Persisting each : persisting) {
            if (each.waiting().remove(tag) != null) {
                takePersisted();
                return goOn();
            }
        }
        return Behaviors.same();
    }

    /** In the order in which they were taken. */
    private void takePersisted() {
        boolean taken = false;
        while (!persisting.isEmpty() && persisting.element().waiting().isEmpty()) {
            OutcomeLedger.Batch batch = persisting.remove().batch();
            if (batch.isKnownByMappings()) {
                confirm(batch);
            }
            persisted(batch);
            taken = true;
        }
        if (persisting.isEmpty()) {
            timers.cancel(PersistDue.INSTANCE);
        } else if (taken) {
            timers.startSingleTimer(PersistDue.INSTANCE, limits.persistTimeout());
        }
    }

    private void persisted(OutcomeLedger.Batch batch) {
        OutcomeLedger.Batch last = persisted.peekLast();
        if (last != null && last.isKnownByMappings() && batch.isKnownByMappings()) {
            persisted.removeLast();
            persisted.add(last.with(batch));
        } else {
            persisted.add(batch);
        }
    }

    /** A correlator that restarted has forgotten the question; asking twice does no harm. */
    private Behavior<Command> onPersistDue() {
        List<SrProtocol.Submitted> unanswered = persisting.stream()
                .flatMap(each -> each.waiting().values().stream())
                .toList();
        if (!unanswered.isEmpty()) {
            context.getLog()
                    .warn("{}: {} SR correlators have not answered, asking again", slot.slot(), unanswered.size());
            unanswered.forEach(mappings::tell);
            timers.startSingleTimer(PersistDue.INSTANCE, limits.persistTimeout());
        }
        return Behaviors.same();
    }

    private void write(OutcomeLedger.Batch batch) {
        pace.wrote();
        context.pipeToSelf(
                services.queue().record(slot, batch.settlements(), batch.doneParts(), limits.recordRules(settings)),
                (done, failure) -> new Written(failure));
    }

    private Behavior<Command> onWriteDue() {
        if (writing != null) {
            write(writing);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onWritten(Written written) {
        OutcomeLedger.Batch batch = writing;
        if (batch == null) {
            return Behaviors.same();
        }
        if (written.failure() != null) {
            if (!failing) {
                failing = true;
                context.getLog()
                        .warn(
                                "{}: outcomes can't be recorded, trying on: {}",
                                slot.slot(),
                                written.failure().toString());
            }
            timers.startSingleTimer(WriteDue.INSTANCE, limits.recordRetryDelay());
            return Behaviors.same();
        }
        if (failing) {
            failing = false;
            context.getLog().info("{}: outcomes are recorded again", slot.slot());
        }
        writing = null;
        if (!batch.isKnownByMappings()) {
            confirm(batch);
        }
        services.board().settled(slot.account(), batch.settlements());
        log.settled(batch.settlements());
        if (!batch.doneParts().isEmpty()) {
            session.tell(new PartsClosed(batch.doneParts()));
        }
        return goOn();
    }
}
