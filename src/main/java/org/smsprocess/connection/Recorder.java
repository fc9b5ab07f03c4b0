// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.ArrayList;
import java.util.HashMap;
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
import org.smsprocess.delivery.ClaimedPart;
import org.smsprocess.delivery.Settlement;
import org.smsprocess.delivery.SlotEpoch;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.Mapping;
import org.smsprocess.sr.ProviderKey;
import org.smsprocess.sr.SrProtocol;

/**
 * Records outcomes in microbatches: what came in while the last batch was being written is the next. A batch goes to the SR
 * correlators first and to the delivery log after; should the node die between the two, recovery asks the correlators.
 *
 * <pre>
 *   idle ──outcomes──► persisting ──all buckets──► writing ──► idle | persisting
 *                        └ PersistDue: told again      └ failed: tried again
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

    private record Written(
            OutcomeLedger.Batch batch, @Nullable Throwable failure) implements Command {}

    private enum PersistDue implements Command {
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

    static Behavior<Command> create(
            SlotEpoch slot,
            AccountSettings settings,
            ConnectionServices services,
            AtomicLong accepted,
            ActorRef<Event> session) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Recorder(context, timers, slot, settings, services, accepted, session).idle()));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotEpoch slot;
    private final ConnectionServices services;
    private final AtomicLong accepted;
    private final ActorRef<Event> session;
    private final ActorRef<SrProtocol.Persisted> persisted;
    private final OutcomeLedger ledger;
    private final MessageLog log;
    private AccountSettings settings;
    private @Nullable SmppLink link;
    private boolean draining;
    private boolean failing;
    private boolean busy;
    private long batchNumber;

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
        this.session = session;
        this.settings = settings;
        this.persisted = context.messageAdapter(SrProtocol.Persisted.class, answer -> new Persisted(answer.batch()));
        this.log = MessageLog.of(slot.slot(), services.limits());
        this.ledger = new OutcomeLedger(settings, services.normalisers().apply(settings));
    }

    // States

    private Behavior<Command> idle() {
        return taking().onMessage(Drain.class, drain -> onDrain(next()))
                .onMessage(Persisted.class, late -> Behaviors.same())
                .onMessage(PersistDue.class, due -> Behaviors.same())
                .onMessage(WriteDue.class, due -> Behaviors.same())
                .build();
    }

    /** @param waiting what each correlator that has not answered was told, by tag; changed as they answer */
    private Behavior<Command> persisting(OutcomeLedger.Batch batch, Map<Long, SrProtocol.Submitted> waiting) {
        return taking().onMessage(Persisted.class, answer -> onPersisted(batch, waiting, answer.tag()))
                .onMessage(PersistDue.class, due -> onPersistDue(waiting))
                .onMessage(Drain.class, drain -> onDrain(Behaviors.same()))
                .onMessage(WriteDue.class, due -> Behaviors.same())
                .build();
    }

    private Behavior<Command> writing(OutcomeLedger.Batch batch) {
        return taking().onMessage(Written.class, this::onWritten)
                .onMessage(WriteDue.class, due -> write(batch))
                .onMessage(Drain.class, drain -> onDrain(Behaviors.same()))
                .onMessage(Persisted.class, late -> Behaviors.same())
                .onMessage(PersistDue.class, due -> Behaviors.same())
                .build();
    }

    /** What every state takes: outcomes go to the ledger, and to work when nothing is under way. */
    private BehaviorBuilder<Command> taking() {
        return BehaviorBuilder.<Command>create()
                .onMessage(Outcomes.class, outcomes -> onOutcomes(outcomes.outcomes()))
                .onMessage(Settled.class, settled -> onSettled(settled.settlements()))
                .onMessage(Opened.class, opened -> onOpened(opened.part()))
                .onMessage(Expected.class, expected -> onExpected(expected.longMts()))
                .onMessage(Marked.class, marked -> onMarked(marked))
                .onMessage(Linked.class, linked -> onLinked(linked.link()))
                .onMessage(Retune.class, retune -> onRetune(retune.settings()));
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
        return startIfIdle();
    }

    private Behavior<Command> onSettled(List<Settlement> settlements) {
        settlements.forEach(ledger::settle);
        return startIfIdle();
    }

    private Behavior<Command> onOpened(ClaimedPart part) {
        ledger.open(part);
        log.claimed(part);
        return startIfIdle();
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

    private Behavior<Command> onDrain(Behavior<Command> otherwise) {
        draining = true;
        ledger.linkEnded(services.clock().millis());
        return busy ? otherwise : next();
    }

    private Behavior<Command> startIfIdle() {
        return busy ? Behaviors.same() : next();
    }

    private Behavior<Command> next() {
        if (!ledger.hasWork()) {
            busy = false;
            if (draining) {
                draining = false;
                session.tell(Drained.INSTANCE);
            }
            return idle();
        }
        busy = true;
        OutcomeLedger.Batch batch = ledger.take(services.limits().batchUpdateSize());
        Map<Long, SrProtocol.Submitted> waiting = byBucket(batch.mappings());
        if (batch.isEmpty()) { // parts of long messages that are not complete yet
            confirm(batch);
            return next();
        }
        if (waiting.isEmpty()) {
            return write(batch);
        }
        waiting.values().forEach(this::tell);
        timers.startSingleTimer(PersistDue.INSTANCE, services.limits().persistTimeout());
        return persisting(batch, waiting);
    }

    private Behavior<Command> onPersisted(
            OutcomeLedger.Batch batch, Map<Long, SrProtocol.Submitted> waiting, long tag) {
        waiting.remove(tag);
        if (!waiting.isEmpty()) {
            return Behaviors.same();
        }
        timers.cancel(PersistDue.INSTANCE);
        if (batch.isKnownByMappings()) {
            confirm(batch);
        }
        return write(batch);
    }

    /** A correlator that restarted has forgotten the question; asking twice does no harm. */
    private Behavior<Command> onPersistDue(Map<Long, SrProtocol.Submitted> waiting) {
        context.getLog().warn("{}: {} SR correlators have not answered, asking again", slot.slot(), waiting.size());
        waiting.values().forEach(this::tell);
        timers.startSingleTimer(PersistDue.INSTANCE, services.limits().persistTimeout());
        return Behaviors.same();
    }

    private Behavior<Command> write(OutcomeLedger.Batch batch) {
        context.pipeToSelf(
                services.queue()
                        .record(
                                slot,
                                batch.settlements(),
                                batch.doneParts(),
                                services.limits().recordRules(settings)),
                (done, failure) -> new Written(batch, failure));
        return writing(batch);
    }

    private Behavior<Command> onWritten(Written written) {
        if (written.failure() != null) {
            if (!failing) {
                failing = true;
                context.getLog()
                        .warn(
                                "{}: outcomes can't be recorded, trying on: {}",
                                slot.slot(),
                                written.failure().toString());
            }
            timers.startSingleTimer(WriteDue.INSTANCE, services.limits().recordRetryDelay());
            return Behaviors.same();
        }
        if (failing) {
            failing = false;
            context.getLog().info("{}: outcomes are recorded again", slot.slot());
        }
        if (!written.batch().isKnownByMappings()) {
            confirm(written.batch());
        }
        services.board().settled(slot.account(), written.batch().settlements());
        log.settled(written.batch().settlements());
        if (!written.batch().doneParts().isEmpty()) {
            session.tell(new PartsClosed(written.batch().doneParts()));
        }
        return next();
    }

    private Map<Long, SrProtocol.Submitted> byBucket(List<Mapping> mappings) {
        Map<Long, SrProtocol.Submitted> told = new HashMap<>();
        int buckets = services.sr().buckets();
        long number = batchNumber++;
        for (Mapping mapping : mappings) {
            long tag = number * buckets + ProviderKey.bucketOf(mapping.key(), buckets);
            told.computeIfAbsent(tag, id -> new SrProtocol.Submitted(id, new ArrayList<>(), persisted))
                    .mappings()
                    .add(mapping);
        }
        return told;
    }

    private void tell(SrProtocol.Submitted submitted) {
        int bucket = (int) (submitted.batch() % services.sr().buckets());
        services.sr().tell(slot.account(), bucket, submitted);
    }
}
