// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.connection.preparing.PreparedPart;
import org.smsprocess.connection.preparing.Preparer;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.sr.Mapping;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.ProviderKey;

/**
 * Settles what an earlier owner of the slot left: messages that the correlators know were accepted by the SMSC; the others of its
 * parts are in doubt. Runs once per bind, before the first claim; tried until it succeeds. The account's first slot goes on looking, for
 * what slots left that are wanted no more (connection-scope = node, and a node has died): nobody else would.
 */
final class Recovery {
    /** What a recovery takes. */
    sealed interface Command {}

    private record Found(
            @Nullable List<ClaimedPart> parts, @Nullable Throwable failure) implements Command {}

    private record Told(SrProtocol.Known known) implements Command {}

    private record Referenced(
            @Nullable List<Mapping> mappings, @Nullable Throwable failure) implements Command {}

    private record Persisted(long tag) implements Command {}

    private record Recorded(@Nullable Throwable failure) implements Command {}

    private enum FindDue implements Command {
        INSTANCE
    }

    private enum AskDue implements Command {
        INSTANCE
    }

    /** What the session hears. */
    sealed interface Event {}

    enum Done implements Event {
        INSTANCE
    }

    private static final class RecoveryFailure extends RuntimeException {
        RecoveryFailure(String slot, Throwable cause) {
            super(slot + ": recovery failed, tried again: " + cause.getMessage(), cause);
        }
    }

    /** Of this process: an answer to an earlier question is not taken for one to the present. */
    private static final AtomicInteger QUESTIONS = new AtomicInteger();

    static Behavior<Command> create(
            SlotEpoch slot,
            AccountSettings settings,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<Event> session) {
        AtomicBoolean isDone = new AtomicBoolean(); // also after a failure: the session sends by then
        Duration pause = services.limits().recordRetryDelay();
        return Behaviors.supervise(Behaviors.<Command>setup(context -> Behaviors.withTimers(timers -> new Recovery(
                                context, timers, slot, settings, sendingThreads, services, session, isDone)
                        .find())))
                .onFailure(
                        RecoveryFailure.class,
                        SupervisorStrategy.restartWithBackoff(pause, pause.multipliedBy(10), 0.2));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final SlotEpoch slot;
    private final AccountSettings settings;
    private final int sendingThreads;
    private final ConnectionServices services;
    private final ActorRef<Event> session;
    private final AtomicBoolean isDone;
    private long question;

    private Recovery(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            SlotEpoch slot,
            AccountSettings settings,
            int sendingThreads,
            ConnectionServices services,
            ActorRef<Event> session,
            AtomicBoolean isDone) {
        this.context = context;
        this.timers = timers;
        this.slot = slot;
        this.settings = settings;
        this.sendingThreads = sendingThreads;
        this.services = services;
        this.session = session;
        this.isDone = isDone;
    }

    // States

    private Behavior<Command> finding() {
        return Behaviors.receive(Command.class)
                .onMessage(Found.class, this::onFound)
                .onMessage(Told.class, late -> Behaviors.same())
                .onMessage(Persisted.class, late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> waiting() {
        return Behaviors.receive(Command.class)
                .onMessage(FindDue.class, due -> find())
                .onMessage(Told.class, late -> Behaviors.same())
                .onMessage(Persisted.class, late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> asking(List<ClaimedPart> parts, Set<Integer> silent, Set<Long> known) {
        return Behaviors.receive(Command.class)
                .onMessage(Told.class, told -> onTold(parts, silent, known, told.known()))
                .onMessage(AskDue.class, due -> ask(parts, silent, known))
                .onMessage(Persisted.class, late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> referencing(List<ClaimedPart> parts, Set<Long> known) {
        return Behaviors.receive(Command.class)
                .onMessage(Referenced.class, found -> onReferenced(parts, known, found))
                .onMessage(Told.class, late -> Behaviors.same())
                .onMessage(Persisted.class, late -> Behaviors.same())
                .build();
    }

    /** @param waiting what each correlator that has not answered was told, by tag; changed as they answer */
    private Behavior<Command> persisting(
            List<ClaimedPart> parts, Set<Long> known, Map<Long, SrProtocol.Submitted> waiting) {
        return Behaviors.receive(Command.class)
                .onMessage(Persisted.class, answer -> onPersisted(parts, known, waiting, answer.tag()))
                .onMessage(AskDue.class, due -> tell(parts, known, waiting))
                .onMessage(Told.class, late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> recording() {
        return Behaviors.receive(Command.class)
                .onMessage(Recorded.class, this::onRecorded)
                .onMessage(Told.class, late -> Behaviors.same())
                .onMessage(Persisted.class, late -> Behaviors.same())
                .build();
    }

    // Transitions

    private Behavior<Command> find() {
        List<String> live = SlotId.of(
                        settings, sendingThreads, services.cluster().all())
                .stream()
                .map(SlotId::toString)
                .toList();
        context.pipeToSelf(
                services.queue()
                        .adopt(slot, live)
                        .thenCompose(adopted -> isDone.get()
                                ? services.queue().recoverEarlier(slot)
                                : services.queue().recover(slot)),
                Found::new);
        return finding();
    }

    private Behavior<Command> onFound(Found found) {
        if (found.parts() == null) {
            throw new RecoveryFailure(slot.slot(), failure(found.failure()));
        }
        if (found.parts().isEmpty()) {
            return finish();
        }
        Set<Integer> silent = new HashSet<>();
        for (int bucket = 0; bucket < services.sr().buckets(); bucket++) {
            silent.add(bucket);
        }
        question = (long) QUESTIONS.incrementAndGet() << Integer.SIZE;
        return ask(found.parts(), silent, new HashSet<>());
    }

    private Behavior<Command> ask(List<ClaimedPart> parts, Set<Integer> silent, Set<Long> known) {
        List<Long> ranges = ranges(parts);
        ActorRef<SrProtocol.Known> replyTo = context.messageAdapter(SrProtocol.Known.class, Told::new);
        for (int bucket : silent) {
            services.sr().tell(slot.account(), bucket, new SrProtocol.FindKnown(question + bucket, ranges, replyTo));
        }
        timers.startSingleTimer(AskDue.INSTANCE, services.limits().persistTimeout());
        return asking(parts, silent, known);
    }

    private Behavior<Command> onTold(
            List<ClaimedPart> parts, Set<Integer> silent, Set<Long> known, SrProtocol.Known told) {
        boolean isPresent = told.batch() >>> Integer.SIZE == question >>> Integer.SIZE;
        if (!isPresent || !silent.remove((int) told.batch())) {
            return Behaviors.same(); // asked twice, or an answer to another question
        }
        known.addAll(told.mtIds());
        return silent.isEmpty() ? reference(parts, known) : Behaviors.same();
    }

    /** Before anything is recorded: the SR of what is in doubt may be told by its reference, and nothing else tells it. */
    private Behavior<Command> reference(List<ClaimedPart> parts, Set<Long> known) {
        timers.cancel(AskDue.INSTANCE);
        if (!settings.sr().messageReference()) {
            return record(parts, known);
        }
        context.pipeToSelf(
                CompletableFuture.supplyAsync(() -> references(parts, known), services.prepareExecutor()),
                Referenced::new);
        return referencing(parts, known);
    }

    private List<Mapping> references(List<ClaimedPart> parts, Set<Long> known) {
        Preparer preparer = new Preparer(settings, services.references(), services.clock());
        List<Mapping> mappings = new ArrayList<>();
        for (ClaimedPart part : parts) {
            PreparedPart prepared = preparer.prepare(part);
            // part 1 leaves when the others were accepted: its SR tells of the whole
            Stream.concat(
                            prepared.submits().stream(),
                            prepared.longMts().stream().map(LongMt::first))
                    .filter(submit -> submit.part() == 1 && !known.contains(submit.mtId()))
                    .distinct()
                    .forEach(submit -> Mapping.inDoubt(submit).ifPresent(mappings::add));
        }
        return mappings;
    }

    private Behavior<Command> onReferenced(List<ClaimedPart> parts, Set<Long> known, Referenced found) {
        if (found.mappings() == null) {
            throw new RecoveryFailure(slot.slot(), failure(found.failure()));
        }
        if (found.mappings().isEmpty()) {
            return record(parts, known);
        }
        ActorRef<SrProtocol.Persisted> replyTo =
                context.messageAdapter(SrProtocol.Persisted.class, answer -> new Persisted(answer.batch()));
        Map<Long, SrProtocol.Submitted> waiting = new HashMap<>();
        for (Mapping mapping : found.mappings()) {
            int bucket = ProviderKey.bucketOf(mapping.key(), services.sr().buckets());
            waiting.computeIfAbsent(question + bucket, tag -> new SrProtocol.Submitted(tag, new ArrayList<>(), replyTo))
                    .mappings()
                    .add(mapping);
        }
        return tell(parts, known, waiting);
    }

    private Behavior<Command> tell(List<ClaimedPart> parts, Set<Long> known, Map<Long, SrProtocol.Submitted> waiting) {
        waiting.forEach((tag, submitted) -> services.sr().tell(slot.account(), (int) (tag - question), submitted));
        timers.startSingleTimer(AskDue.INSTANCE, services.limits().persistTimeout());
        return persisting(parts, known, waiting);
    }

    private Behavior<Command> onPersisted(
            List<ClaimedPart> parts, Set<Long> known, Map<Long, SrProtocol.Submitted> waiting, long tag) {
        // an answer to an earlier question takes nothing away: its tag is not this one's
        return waiting.remove(tag) != null && waiting.isEmpty() ? record(parts, known) : Behaviors.same();
    }

    private Behavior<Command> record(List<ClaimedPart> parts, Set<Long> known) {
        timers.cancel(AskDue.INSTANCE);
        List<Settlement> settlements = new ArrayList<>();
        long now = services.clock().millis();
        for (ClaimedPart part : parts) {
            for (QueuedMt mt : part.messages()) {
                settlements.add(settlement(part, mt, known.contains(mt.id()), now));
            }
        }
        long sent = settlements.stream()
                .filter(settlement -> settlement.kind() == Settlement.Kind.SENT)
                .count();
        context.getLog()
                .info(
                        "{}: recovered {} parts, {} messages known to be sent, {} without an answer",
                        slot.slot(),
                        parts.size(),
                        sent,
                        settlements.size() - sent);
        context.pipeToSelf(
                services.queue()
                        .record(
                                slot,
                                settlements,
                                parts.stream().map(ClaimedPart::partId).toList(),
                                services.limits().recordRules(settings)),
                (done, failure) -> new Recorded(failure));
        return recording();
    }

    private Settlement settlement(ClaimedPart part, QueuedMt mt, boolean isKnown, long nowMillis) {
        return isKnown
                ? new Settlement(mt.id(), part.partId(), Settlement.Kind.SENT, 1, null, null, nowMillis, nowMillis)
                : new Settlement(
                        mt.id(),
                        part.partId(),
                        Settlement.Kind.IN_DOUBT,
                        0,
                        null,
                        "in doubt: the node ended before the answer was recorded",
                        0,
                        nowMillis);
    }

    private Behavior<Command> onRecorded(Recorded recorded) {
        if (recorded.failure() != null) {
            throw new RecoveryFailure(slot.slot(), recorded.failure());
        }
        return finish();
    }

    private Behavior<Command> finish() {
        if (isDone.compareAndSet(false, true)) {
            session.tell(Done.INSTANCE);
        }
        SlotId id = SlotId.parse(slot.slot());
        if (id.thread() > 0 || id.child() > 0) {
            return Behaviors.stopped();
        }
        timers.startSingleTimer(
                FindDue.INSTANCE, services.limits().leaseTtl()); // sooner, a dead slot's lease is not over
        return waiting();
    }

    private static List<Long> ranges(List<ClaimedPart> parts) {
        List<Long> ranges = new ArrayList<>();
        for (ClaimedPart part : parts) {
            for (QueuedMt mt : part.messages()) {
                int last = ranges.size() - 1;
                if (last > 0 && ranges.get(last) == mt.id() - 1) {
                    ranges.set(last, mt.id());
                } else {
                    ranges.add(mt.id());
                    ranges.add(mt.id());
                }
            }
        }
        return ranges;
    }

    private static Throwable failure(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("no answer") : failure;
    }
}
