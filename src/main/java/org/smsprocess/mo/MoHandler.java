// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.mo.MoProtocol.Command;
import org.smsprocess.mo.MoProtocol.Receive;
import org.smsprocess.mo.composing.MoComposer;
import org.smsprocess.mo.inbox.InboxWriter;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.mo.parts.Group;
import org.smsprocess.mo.parts.MoEvent;
import org.smsprocess.mo.parts.MoPart;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.mo.parts.SegmentReader;

/**
 * Takes the MO of one bucket of senders: an MO of one part goes to the inbox and is answered when it is there; the parts of a
 * concatenated MO are journaled, answered, put together, and go to the inbox when all are there or the rest has been waited for.
 *
 * <p>Commands that arrive while an event is written are handled in one microbatch, with one event. Whatever fails, an MO that was
 * not named in an answer is left to the SMSC to send again, and is known when it comes twice.
 */
final class MoHandler extends EventSourcedBehavior<Command, MoEvent, Reassembly> {

    /** What handlers tell themselves. */
    sealed interface Internal extends Command {}

    private enum Due implements Internal {
        FLUSH,
        EXPIRY,
        STORE
    }

    private record SinglesWritten(
            List<Place> places,
            List<InboxWriter.Outcome> outcomes,
            @Nullable Throwable failure) implements Internal {}

    private record GroupsWritten(
            List<Long> groups,
            List<InboxWriter.Outcome> outcomes,
            @Nullable Throwable failure) implements Internal {}

    /** Where an MO came from and will be answered. */
    private record Place(Receive receive, int answerTo) {}

    /** A batch by what becomes of it; {@code singlePlaces} belong to {@code singles}, {@code partPlaces} to {@code parts}, one to one. */
    private record Sorted(
            List<Place> known,
            List<Place> singlePlaces,
            List<NewMo> singles,
            List<Place> partPlaces,
            List<Segment> parts) {
        Sorted() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final String account;
    private final MoServices services;

    // Of this life only; a restart begins with none of them
    private final List<Receive> arrived = new ArrayList<>();
    private final Set<Long> beingStored = new HashSet<>();
    private boolean isFlushDue;
    private boolean isInboxAway;

    /** @param entityId {@code account/bucket} */
    static Behavior<Command> create(String entityId, PersistenceId persistenceId, MoServices services) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new MoHandler(context, timers, accountOf(entityId), persistenceId, services)));
    }

    static String accountOf(String entityId) {
        return entityId.substring(0, entityId.lastIndexOf('/'));
    }

    private MoHandler(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            String account,
            PersistenceId persistenceId,
            MoServices services) {
        super(persistenceId, services.settings().restart().strategy());
        this.context = context;
        this.timers = timers;
        this.account = account;
        this.services = services;
    }

    @Override
    public Reassembly emptyState() {
        return new Reassembly();
    }

    @Override
    public CommandHandler<Command, MoEvent, Reassembly> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Receive.class, this::onReceive)
                .onCommand(MoProtocol.WakeUp.class, wakeUp -> Effect().none())
                .onCommand(Due.class, this::onDue)
                .onCommand(SinglesWritten.class, this::onSinglesWritten)
                .onCommand(GroupsWritten.class, this::onGroupsWritten)
                .build();
    }

    @Override
    public EventHandler<Reassembly, MoEvent> eventHandler() {
        return (state, event) -> {
            // events are applied before they are written, and a restart begins with the same empty state again: it
            // stays empty
            Reassembly changed = state.events() == 0 ? new Reassembly() : state;
            changed.apply(event, services.settings().bounds());
            return changed;
        };
    }

    @Override
    public SignalHandler<Reassembly> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(services.settings().snapshotEvery(), 2)
                .withDeleteEventsOnSnapshot();
    }

    /** The state is mutable: what is written in the background is a copy. */
    @Override
    public SnapshotAdapter<Reassembly> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(Reassembly state) {
                return state.copy();
            }

            @Override
            public Reassembly fromJournal(Object snapshot) {
                return (Reassembly) snapshot;
            }
        };
    }

    // Transitions

    private void onRecovered(Reassembly state) {
        arrived.clear();
        beingStored.clear();
        isFlushDue = false;
        long journaled = lastSequenceNumber(context);
        if (state.events() != journaled) {
            context.getLog()
                    .error(
                            "{}: {} of {} events were recovered: parts of MO may be missing",
                            persistenceId().id(),
                            state.events(),
                            journaled);
        }
        storeReady(state);
        awaitExpiry(state);
    }

    private Effect<MoEvent, Reassembly> onReceive(Receive receive) {
        arrived.add(receive);
        if (!isFlushDue) {
            isFlushDue = true;
            context.getSelf().tell(Due.FLUSH); // behind all that has arrived by now
        }
        return Effect().none();
    }

    private Effect<MoEvent, Reassembly> onDue(Reassembly state, Due due) {
        return switch (due) {
            case FLUSH -> flush(state);
            case EXPIRY -> closeExpired(state);
            case STORE -> {
                storeReady(state);
                yield Effect().none();
            }
        };
    }

    private Effect<MoEvent, Reassembly> flush(Reassembly state) {
        List<Receive> batch = List.copyOf(arrived);
        arrived.clear();
        isFlushDue = false;
        Optional<AccountSettings> settings = services.accounts().apply(account);
        if (settings.isEmpty()) {
            context.getLog().warn("{}: not known here, its MO are left to the SMSC", account);
            return Effect().none();
        }
        long now = services.clock().millis();
        Sorted sorted = sort(batch, state, now, new MoComposer(settings.get()));
        services.metrics()
                .received(
                        account,
                        sorted.singles().size() + sorted.parts().size(),
                        sorted.known().size());
        write(sorted.singles(), sorted.singlePlaces());
        answer(sorted.known());
        if (sorted.parts().isEmpty()) {
            return Effect().none();
        }
        return Effect().persist(new MoEvent.PartsReceived(now, sorted.parts())).thenRun((Reassembly next) -> {
            answer(sorted.partPlaces());
            storeReady(next);
            awaitExpiry(next);
        });
    }

    private Sorted sort(List<Receive> batch, Reassembly state, long now, MoComposer composer) {
        Sorted sorted = new Sorted();
        for (Receive receive : batch) {
            for (MoPart part : receive.parts()) {
                Place place = new Place(receive, part.answerTo());
                Segment segment = SegmentReader.read(part.inbound(), part.receivedAtMillis());
                if (segment.concat() == null) {
                    sorted.singlePlaces().add(place);
                    sorted.singles()
                            .add(composer.single(segment, services.settings().dedupWindow()));
                } else if (state.knows(segment, now, services.settings().bounds())) {
                    sorted.known().add(place);
                } else {
                    sorted.partPlaces().add(place);
                    sorted.parts().add(segment);
                }
            }
        }
        return sorted;
    }

    private void write(List<NewMo> singles, List<Place> places) {
        if (!singles.isEmpty()) {
            context.pipeToSelf(
                    services.inbox().write(singles),
                    (outcomes, failure) ->
                            new SinglesWritten(places, outcomes == null ? List.of() : outcomes, failure));
        }
    }

    private Effect<MoEvent, Reassembly> onSinglesWritten(SinglesWritten written) {
        if (written.failure() != null) {
            if (!isInboxAway) { // an SMSC goes on sending during an outage: one line, not one for each
                isInboxAway = true;
                context.getLog()
                        .warn(
                                "{}: MO can't be stored and are left to the SMSC until they can: {}",
                                account,
                                written.failure().toString());
            }
            return Effect().none();
        }
        if (isInboxAway) {
            isInboxAway = false;
            context.getLog().info("{}: MO are stored again", account);
        }
        List<Place> accepted = new ArrayList<>();
        for (int i = 0; i < written.places().size(); i++) {
            if (written.outcomes().get(i) != InboxWriter.Outcome.REFUSED) {
                accepted.add(written.places().get(i));
            }
        }
        answer(accepted);
        return Effect().none();
    }

    private Effect<MoEvent, Reassembly> closeExpired(Reassembly state) {
        Optional<AccountSettings> settings = services.accounts().apply(account);
        if (settings.isEmpty()) {
            timers.startSingleTimer(Due.EXPIRY, services.settings().wakePeriod());
            return Effect().none();
        }
        long now = services.clock().millis();
        List<Long> expired =
                state.expired(now, settings.get().mo().reassemblyTimeout().toMillis());
        if (expired.isEmpty()) {
            awaitExpiry(state);
            return Effect().none();
        }
        return Effect().persist(new MoEvent.Closed(now, expired)).thenRun((Reassembly next) -> {
            storeReady(next);
            awaitExpiry(next);
        });
    }

    private Effect<MoEvent, Reassembly> onGroupsWritten(GroupsWritten written) {
        written.groups().forEach(beingStored::remove);
        if (written.failure() != null) {
            context.getLog()
                    .warn(
                            "{}: {} MO not stored yet, tried again: {}",
                            account,
                            written.groups().size(),
                            written.failure().toString());
            timers.startSingleTimer(Due.STORE, services.settings().storeRetry());
            return Effect().none();
        }
        // a refused one would be refused for ever; it was logged with all it says
        return Effect().persist(new MoEvent.Stored(services.clock().millis(), written.groups()));
    }

    private void storeReady(Reassembly state) {
        List<Group> groups = state.ready().stream()
                .filter(group -> !beingStored.contains(group.id()))
                .toList();
        Optional<AccountSettings> settings = services.accounts().apply(account);
        if (groups.isEmpty()) {
            return;
        }
        if (settings.isEmpty()) {
            timers.startSingleTimer(Due.STORE, services.settings().wakePeriod());
            return;
        }
        List<Long> ids = groups.stream().map(Group::id).toList();
        beingStored.addAll(ids);
        MoComposer composer = new MoComposer(settings.get());
        List<NewMo> news = groups.stream().map(composer::group).toList();
        context.pipeToSelf(
                services.inbox().write(news),
                (outcomes, failure) -> new GroupsWritten(ids, outcomes == null ? List.of() : outcomes, failure));
    }

    private void awaitExpiry(Reassembly state) {
        OptionalLong oldest = state.oldestOpen();
        if (oldest.isPresent() && !timers.isTimerActive(Due.EXPIRY)) {
            Duration timeout = services.accounts()
                    .apply(account)
                    .map(settings -> settings.mo().reassemblyTimeout())
                    .orElse(services.settings().wakePeriod());
            long waitMillis =
                    oldest.getAsLong() + timeout.toMillis() - services.clock().millis();
            timers.startSingleTimer(Due.EXPIRY, Duration.ofMillis(Math.max(10, waitMillis)));
        }
    }

    private static void answer(List<Place> places) {
        int from = 0;
        while (from < places.size()) {
            Receive receive = places.get(from).receive();
            List<Integer> accepted = new ArrayList<>();
            while (from < places.size() && places.get(from).receive() == receive) {
                accepted.add(places.get(from++).answerTo());
            }
            receive.replyTo().tell(new MoProtocol.Answered(receive.batch(), accepted));
        }
    }
}
