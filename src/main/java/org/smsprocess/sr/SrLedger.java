// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.SnapshotCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.RatioAlarm;
import org.smsprocess.delivery.log.DeliveryLog.Logged;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.WaitingRoom.Waiting;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.RecipientGuard;
import org.smsprocess.sr.reading.StatusReport;

/**
 * The persistent half of a correlator: one microbatch, one event, then the answers. Gets its work from {@link SrCorrelator}, one
 * microbatch at a time. Any failure of the journal, or a hole in it, ends this actor; nothing of the microbatch is answered then.
 *
 * <p>A final status is handed to the delivery log when its event is durable, again after {@code sr-reconcile-period}, and again after each
 * recovery, until the log has it. That it has travels with the next event.
 */
final class SrLedger extends EventSourcedBehavior<SrLedger.Command, SrEvent, SrState> {

    /** What a ledger takes. */
    sealed interface Command {}

    /** A microbatch; {@link SrCorrelator.Done} follows when it is durable. */
    record Work(List<SrProtocol.Command> commands) implements Command {}

    private record InLog(long ordinal) implements Command {}

    private record Probed(Answered answered) implements Command {}

    private enum CheckDue implements Command {
        INSTANCE
    }

    /** Asks the correlator of another bucket of the account. */
    interface Neighbours {
        void ask(int bucket, Probe probe);
    }

    /** Which correlator this is. */
    record Identity(String account, int bucket) {
        PersistenceId persistenceId() {
            return PersistenceId.of("sr-correlator", account + "/" + bucket);
        }
    }

    private final ActorContext<Command> context;
    private final Identity identity;
    private final SrServices services;
    private final Neighbours neighbours;
    private final ActorRef<SrProtocol.Command> front;
    private final ActorRef<Logged> loggedTo;
    private final ActorRef<Answered> probedTo;
    private final SrMetrics.Account counters;
    private final SrMetrics.Share gauges;

    // Of this life only; a restart begins with none of them
    private final WaitingRoom room;
    private final UnknownIds unknownIds;
    private final SrSample sample = new SrSample();
    private final Map<Long, Long> handedAtMillis = new HashMap<>();
    private long confirmedTo;
    private long lastEventMillis;
    private boolean isBehind;

    static Behavior<Command> create(
            Identity identity, SrServices services, Neighbours neighbours, ActorRef<SrProtocol.Command> front) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(
                    CheckDue.INSTANCE, services.settings().checkPeriod());
            return new SrLedger(context, identity, services, neighbours, front);
        }));
    }

    private SrLedger(
            ActorContext<Command> context,
            Identity identity,
            SrServices services,
            Neighbours neighbours,
            ActorRef<SrProtocol.Command> front) {
        super(identity.persistenceId());
        this.context = context;
        this.identity = identity;
        this.services = services;
        this.neighbours = neighbours;
        this.front = front;
        this.loggedTo = context.messageAdapter(Logged.class, logged -> new InLog(logged.tag()));
        this.probedTo = context.messageAdapter(Answered.class, Probed::new);
        this.counters = services.metrics().of(identity.account());
        this.gauges = counters.share();
        this.room = new WaitingRoom(services.settings().maxWaiting());
        this.unknownIds = new UnknownIds(services.settings().rememberUnknown());
        this.lastEventMillis = nowMillis();
    }

    @Override
    public SrState emptyState() {
        return new SrState();
    }

    @Override
    public CommandHandler<Command, SrEvent, SrState> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Work.class, this::onWork)
                .onCommand(InLog.class, this::onInLog)
                .onCommand(Probed.class, (state, probed) -> onProbed(probed))
                .onCommand(CheckDue.class, (state, due) -> onCheckDue(state))
                .build();
    }

    @Override
    public EventHandler<SrState, SrEvent> eventHandler() {
        return (state, event) -> state.apply(event, services.settings());
    }

    @Override
    public SignalHandler<SrState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .onSignal(
                        SnapshotCompleted.class,
                        (state, completed) ->
                                services.pruner().prune(identity.persistenceId().id()))
                .onSignal(PostStop.instance(), state -> gauges.set(0, 0, 0))
                .build();
    }

    @Override
    public boolean shouldSnapshot(SrState state, SrEvent event, long sequenceNumber) {
        return state.isSnapshotDue(services.settings().snapshotEveryEntries());
    }

    @Override
    public String snapshotPluginId() {
        return services.pruner().snapshotStore();
    }

    /** The state changes in place: what is written in the background is a copy. */
    @Override
    public SnapshotAdapter<SrState> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(SrState state) {
                return state.snapshot();
            }

            @Override
            public SrState fromJournal(Object snapshot) {
                return new SrState((SrSnapshot) snapshot);
            }
        };
    }

    // Transitions

    private void onRecovered(SrState state) {
        long journaled = lastSequenceNumber(context);
        if (state.ordinal() != journaled) {
            throw new IllegalStateException("the journal of " + identity + " has a hole: it ends at event " + journaled
                    + ", but only " + state.ordinal() + " could be read");
        }
        confirmedTo = state.unlogged().loggedTo(state.ordinal());
        handToLog(state.unlogged().entries());
        measure(state);
        judgeRatio();
        front.tell(new SrCorrelator.Ready(isBehind));
    }

    private Effect<SrEvent, SrState> onWork(SrState state, Work work) {
        Round round = round(state);
        each(work, Submitted.class).forEach(round::add);
        round.settleWaiting();
        each(work, Receive.class).forEach(round::add);
        each(work, Probe.class).forEach(round::add);
        probe(round.elsewhere());
        List<FindKnown> questions = each(work, FindKnown.class);
        if (!round.hasEvent()) {
            finish(round, state, questions);
            return Effect().none();
        }
        SrEvent event = round.event();
        return Effect().persist(event).thenRun((SrState next) -> {
            persisted(event);
            finish(round, next, questions);
        });
    }

    private Effect<SrEvent, SrState> onInLog(SrState state, InLog inLog) {
        state.unlogged().remove(inLog.ordinal());
        handedAtMillis.remove(inLog.ordinal());
        boolean wasBehind = isBehind;
        measure(state);
        if (wasBehind && !isBehind) {
            front.tell(new SrCorrelator.LogKeepsUp());
        }
        return Effect().none();
    }

    private Effect<SrEvent, SrState> onProbed(Probed probed) {
        for (int ticket : probed.answered().accepted()) {
            Waiting waiting = room.take(ticket);
            if (waiting != null) {
                Answers.Place place = waiting.place;
                place.replyTo()
                        .tell(new Answered(
                                place.batch(),
                                List.of(waiting.report.answerTo()),
                                List.of(),
                                probed.answered().learned()));
            }
        }
        return Effect().none();
    }

    private Effect<SrEvent, SrState> onCheckDue(SrState state) {
        Round round = round(state);
        round.giveUpOverdue();
        round.counts().forEach(counters::count);
        round.answer();
        probe(room.probesDue(nowMillis()));
        judgeRatio();
        handAgain(state);
        measure(state);
        return housekeeping(state);
    }

    /** Expiry, and confirmations that no other event took along. */
    private Effect<SrEvent, SrState> housekeeping(SrState state) {
        long atMillis = services.clock().millis();
        SrEvent.Expired expired = services.settings().expired();
        boolean expires = state.size() > 0
                && Packed.epochOf(atMillis) != state.lastExpiryEpoch()
                && state.holdsExpired(expired, atMillis);
        state.lookedForExpired(atMillis);
        long logged = state.unlogged().loggedTo(state.ordinal());
        boolean isIdle = nowMillis() - lastEventMillis
                >= services.settings().confirmAfter().toMillis();
        if (!expires && !(isIdle && logged > confirmedTo)) {
            return Effect().none();
        }
        SrEvent event =
                new SrEvent(state.ordinal() + 1, atMillis, logged, List.of(), List.of(), expires ? expired : null);
        int before = state.size();
        return Effect().persist(event).thenRun((SrState next) -> {
            persisted(event);
            counters.count(SrMetrics.Kind.EXPIRED, before - next.size());
            measure(next);
        });
    }

    private void persisted(SrEvent event) {
        // an event without statuses is in the log as soon as it is there
        confirmedTo = event.statuses().isEmpty() && event.loggedTo() == event.ordinal() - 1
                ? event.ordinal()
                : event.loggedTo();
        lastEventMillis = nowMillis();
        handToLog(List.of(Map.entry(event.ordinal(), event.statuses())));
    }

    private void finish(Round round, SrState state, List<FindKnown> questions) {
        round.counts().forEach(counters::count);
        measure(state);
        round.answer();
        for (FindKnown question : questions) {
            question.replyTo().tell(new Known(question.batch(), state.known(question.ranges())));
        }
        front.tell(new SrCorrelator.Done(isBehind));
    }

    private void measure(SrState state) {
        isBehind = state.unlogged().size() >= services.settings().maxUnlogged();
        gauges.set(room.size(), state.size(), state.unlogged().size());
    }

    // The delivery log

    private void handToLog(List<Map.Entry<Long, List<FinalStatus>>> batches) {
        String smscName = services.accounts()
                .apply(identity.account())
                .map(AccountSettings::smscName)
                .orElse(identity.account());
        for (Map.Entry<Long, List<FinalStatus>> batch : batches) {
            if (!batch.getValue().isEmpty()) {
                handedAtMillis.put(batch.getKey(), nowMillis());
                services.log()
                        .record(
                                RecipientGuard.plain(batch.getValue()),
                                identity.account(),
                                smscName,
                                batch.getKey(),
                                loggedTo);
            }
        }
    }

    private void handAgain(SrState state) {
        if (state.unlogged().size() == 0) {
            return;
        }
        long overdue = nowMillis() - services.settings().logRetry().toMillis();
        List<Map.Entry<Long, List<FinalStatus>>> again = state.unlogged().entries().stream()
                .filter(entry -> handedAtMillis.getOrDefault(entry.getKey(), Long.MIN_VALUE) <= overdue)
                .toList();
        again.forEach(
                entry -> counters.count(SrMetrics.Kind.RESENT, entry.getValue().size()));
        handToLog(again);
    }

    // Other buckets

    private void probe(List<Waiting> waiting) {
        Map<Integer, List<StatusReport>> byBucket = new HashMap<>();
        for (Waiting one : waiting) {
            Set<Integer> buckets = new TreeSet<>();
            buckets.add(bucketOf(one.report.key()));
            one.report.alternatives().forEach(candidate -> buckets.add(bucketOf(candidate.key())));
            buckets.remove(identity.bucket());
            if (one.report.hasReference()) { // which only a probe looks at, also here
                List<StatusReport.Candidate> all = one.report.alternatives();
                buckets.add(bucketOf(all.get(all.size() - 1).key()));
            }
            for (int bucket : buckets) {
                byBucket.computeIfAbsent(bucket, any -> new ArrayList<>()).add(one.report.withAnswerTo(one.ticket));
            }
        }
        byBucket.forEach((bucket, reports) -> neighbours.ask(bucket, new Probe(0, reports, probedTo)));
    }

    private int bucketOf(long key) {
        return ProviderKey.bucketOf(key, services.settings().buckets());
    }

    private void judgeRatio() {
        long now = nowMillis();
        Optional<RatioAlarm> alarm = services.ratioAlarm(identity.account());
        sample.turn(alarm.isPresent());
        alarm.ifPresentOrElse(
                settings ->
                        counters.ratio().add(sample.due(now, settings.maturity().toMillis()), settings, now),
                counters.ratio()::turnOff);
    }

    private Round round(SrState state) {
        long now = nowMillis();
        long question = services.settings().questionTimeout().toMillis();
        Patience patience = services.accounts()
                .apply(identity.account())
                .map(settings -> Patience.of(room, unknownIds, settings.sr(), question, now))
                .orElse(new Patience(room, unknownIds, 0, question, 0, now));
        return new Round(state, patience, sample, services.clock().millis());
    }

    private long nowMillis() {
        return Duration.ofNanos(services.nanoTime().getAsLong()).toMillis();
    }

    private static <T> List<T> each(Work work, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (SrProtocol.Command command : work.commands()) {
            if (type.isInstance(command)) {
                found.add(type.cast(command));
            }
        }
        return found;
    }
}
