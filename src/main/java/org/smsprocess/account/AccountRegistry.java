// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.pattern.StatusReply;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.tls.TlsSettings;
import org.smsprocess.settings.InvalidSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.SettingsSource;

/**
 * Keeps the settings in force: looks at the configuration every config-refresh and tells its subscribers what has changed.
 *
 * <pre>
 * starting ──states read──▶ idle ──refresh due──▶ looking ──configuration and states read──▶ idle
 *    └─ database away: again after a second
 * </pre>
 *
 * Nothing is bound before what operators have switched is known. A configuration that cannot be parsed changes nothing; an
 * account with a wrong value keeps its old settings while the others get their new ones; either is logged once, not at every
 * look. When the database is away the last known switches stay. A restart goes on with what was in force, and with its subscribers.
 */
public final class AccountRegistry {
    /** What the registry is asked. */
    public sealed interface Command {}

    /** Tells the subscriber every account now ({@link Added}), and every change from then on. */
    public record Subscribe(ActorRef<Event> subscriber) implements Command {}

    /** Switches an account; the reply comes when the change is durable, with the account after it. */
    public record Change(
            String account, AccountStateStore.Switch change, ActorRef<StatusReply<AccountSnapshot>> replyTo)
            implements Command {}

    /** Looks at once, not only when due; the reply comes when what has changed is in force. */
    public record Reload(ActorRef<Reloaded> replyTo) implements Command {}

    private enum RefreshDue implements Command {
        INSTANCE
    }

    private record StatesRead(Map<String, AccountState> states) implements Command {}

    private record StoreFailed(Throwable cause) implements Command {}

    /** @param configuration empty: the files have not changed */
    private record Seen(
            Optional<Configuration> configuration,
            Map<String, AccountState> states,
            @Nullable ActorRef<Reloaded> replyTo)
            implements Command {}

    private record LookFailed(Throwable cause, @Nullable ActorRef<Reloaded> replyTo) implements Command {}

    private record SwitchStored(Change request, AccountState state) implements Command {}

    private record SwitchFailed(Change request, Throwable cause) implements Command {}

    private record SubscriberStopped(ActorRef<Event> subscriber) implements Command {}

    /** @param problems of the configuration as it stands in the files now; empty: all of it is in force */
    public record Reloaded(List<SettingsProblem> problems) {}

    /** What subscribers hear. */
    public sealed interface Event {}

    public record Added(AccountSnapshot account) implements Event {
        @Override
        public String toString() {
            return "Account " + account.name() + " added";
        }
    }

    public record Changed(AccountSnapshot before, AccountSnapshot after, SettingsChange change) implements Event {
        @Override
        public String toString() {
            return "Account " + after.name() + " changed: " + change.inWords();
        }
    }

    public record Removed(AccountSnapshot account) implements Event {
        @Override
        public String toString() {
            return "Account " + account.name() + " removed";
        }
    }

    /** Never reached: who waits here are requests of the API, and http.max-connections bounds those. */
    private static final int STASH_SIZE = 100_000;

    /**
     * @param source read on the blocking dispatcher
     * @param initial what the process has started with
     * @param directory is kept up to date
     */
    public static Behavior<Command> create(
            SettingsSource source, NodeSettings initial, AccountStateStore store, AccountDirectory directory) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                STASH_SIZE,
                stash -> new AccountRegistry(context, timers, stash, initial.process(), source, store, directory)
                        .begin(initial.accounts()))));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> stash;
    private final ProcessSettings process;
    private final SettingsSource source;
    private final AccountStateStore store;
    private final AccountDirectory directory;

    private AccountRegistry(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash,
            ProcessSettings process,
            SettingsSource source,
            AccountStateStore store,
            AccountDirectory directory) {
        context.setLoggerName(AccountRegistry.class);
        this.context = context;
        this.timers = timers;
        this.stash = stash;
        this.process = process;
        this.source = source;
        this.store = store;
        this.directory = directory;
    }

    // States

    private Behavior<Command> starting(Map<String, AccountSettings> initial) {
        return Behaviors.receive(Command.class)
                .onMessage(StatesRead.class, read -> onStatesRead(initial, read))
                .onMessage(StoreFailed.class, this::onStoreFailed)
                .onMessage(RefreshDue.class, due -> readStates(initial))
                .onMessage(Subscribe.class, this::later)
                .onMessage(Change.class, this::later)
                .onMessage(Reload.class, this::later)
                .build();
    }

    private Behavior<Command> idle(KnownAccounts known) {
        return Behaviors.receive(Command.class)
                .onMessage(RefreshDue.class, due -> look(known, null))
                .onMessage(Reload.class, reload -> look(known, reload.replyTo()))
                .onMessage(Change.class, change -> onChange(known, change))
                .onMessage(Subscribe.class, subscribe -> idle(onSubscribe(known, subscribe)))
                .onMessage(SubscriberStopped.class, stopped -> idle(onSubscriberStopped(known, stopped)))
                .build();
    }

    /** One look or one switch at a time: a look that began before a switch must not bring the state before it back. */
    private Behavior<Command> busy(KnownAccounts known) {
        return Behaviors.receive(Command.class)
                .onMessage(Seen.class, seen -> onSeen(known, seen))
                .onMessage(LookFailed.class, failed -> onLookFailed(known, failed))
                .onMessage(SwitchStored.class, stored -> onSwitchStored(known, stored))
                .onMessage(SwitchFailed.class, failed -> onSwitchFailed(known, failed))
                .onMessage(Subscribe.class, subscribe -> busy(onSubscribe(known, subscribe)))
                .onMessage(SubscriberStopped.class, stopped -> busy(onSubscriberStopped(known, stopped)))
                .onMessage(RefreshDue.class, this::later)
                .onMessage(Reload.class, this::later)
                .onMessage(Change.class, this::later)
                .build();
    }

    // Transitions

    private Behavior<Command> begin(Map<String, AccountSettings> initial) {
        KnownAccounts beforeRestart = directory.known();
        if (beforeRestart == null) {
            return readStates(initial);
        }
        beforeRestart.subscribers().forEach(this::watch);
        timers.startTimerWithFixedDelay(RefreshDue.INSTANCE, process.configRefresh());
        return idle(beforeRestart);
    }

    private Behavior<Command> readStates(Map<String, AccountSettings> initial) {
        context.pipeToSelf(
                store.load(), (states, failure) -> states != null ? new StatesRead(states) : new StoreFailed(failure));
        return starting(initial);
    }

    private Behavior<Command> onStatesRead(Map<String, AccountSettings> initial, StatesRead read) {
        KnownAccounts known = new KnownAccounts(initial, read.states(), Set.of(), List.of());
        directory.replace(known);
        known.accounts().values().forEach(this::warnOfTls);
        timers.startTimerWithFixedDelay(RefreshDue.INSTANCE, process.configRefresh());
        return stash.unstashAll(idle(known));
    }

    private Behavior<Command> onStoreFailed(StoreFailed failed) {
        timers.startSingleTimer(RefreshDue.INSTANCE, process.restart().min());
        context.getLog()
                .warn(
                        "Nothing is bound before the states of accounts can be read: {}",
                        failed.cause().toString());
        return Behaviors.same();
    }

    private Behavior<Command> look(KnownAccounts known, @Nullable ActorRef<Reloaded> replyTo) {
        CompletionStage<Map<String, AccountState>> states = store.load().exceptionally(away -> known.states());
        Executor blocking = context.getSystem().dispatchers().lookup(DispatcherSelector.blocking());
        CompletionStage<Seen> seen = Configuration.readChanged(source, blocking)
                .thenCombine(states, (changed, switched) -> new Seen(changed, switched, replyTo));
        context.pipeToSelf(seen, (done, failure) -> done != null ? done : new LookFailed(failure, replyTo));
        return busy(known);
    }

    private Behavior<Command> onSeen(KnownAccounts known, Seen seen) {
        KnownAccounts next =
                seen.configuration().map(known::after).orElse(known).withStates(seen.states());
        seen.configuration().ifPresent(this::logFindings);
        return settled(known, next, seen.replyTo());
    }

    private Behavior<Command> onLookFailed(KnownAccounts known, LookFailed failed) {
        context.getLog().error("The configuration could not be looked at; it stays as it is", failed.cause());
        return settled(known, known, failed.replyTo());
    }

    private Behavior<Command> settled(KnownAccounts known, KnownAccounts next, @Nullable ActorRef<Reloaded> replyTo) {
        tellChanges(known, next);
        if (replyTo != null) {
            replyTo.tell(new Reloaded(next.problems()));
        }
        return stash.unstashAll(idle(next));
    }

    private Behavior<Command> onChange(KnownAccounts known, Change request) {
        if (!known.settings().containsKey(request.account())) {
            request.replyTo().tell(StatusReply.error("There is no account " + request.account()));
            return Behaviors.same();
        }
        context.pipeToSelf(
                store.apply(request.account(), request.change()),
                (state, failure) ->
                        state != null ? new SwitchStored(request, state) : new SwitchFailed(request, failure));
        return busy(known);
    }

    private Behavior<Command> onSwitchStored(KnownAccounts known, SwitchStored stored) {
        String account = stored.request().account();
        KnownAccounts next = known.withState(account, stored.state());
        context.getLog().info("{}: {}", account, stored.request().change());
        tellChanges(known, next);
        stored.request().replyTo().tell(StatusReply.success(directory.accounts().get(account)));
        return stash.unstashAll(idle(next));
    }

    private Behavior<Command> onSwitchFailed(KnownAccounts known, SwitchFailed failed) {
        failed.request().replyTo().tell(StatusReply.error(failed.cause()));
        return stash.unstashAll(idle(known));
    }

    private KnownAccounts onSubscribe(KnownAccounts known, Subscribe subscribe) {
        ActorRef<Event> subscriber = subscribe.subscriber();
        watch(subscriber);
        known.accounts().values().forEach(account -> subscriber.tell(new Added(account)));
        return remembered(known.withSubscribers(all -> {
            all.add(subscriber);
            return all;
        }));
    }

    private KnownAccounts onSubscriberStopped(KnownAccounts known, SubscriberStopped stopped) {
        return remembered(known.withSubscribers(all -> {
            all.remove(stopped.subscriber());
            return all;
        }));
    }

    private void watch(ActorRef<Event> subscriber) {
        context.watchWith(subscriber, new SubscriberStopped(subscriber));
    }

    private KnownAccounts remembered(KnownAccounts known) {
        directory.replace(known);
        return known;
    }

    private Behavior<Command> later(Command command) {
        stash.stash(command);
        return Behaviors.same();
    }

    private void tellChanges(KnownAccounts before, KnownAccounts after) {
        SortedMap<String, AccountSnapshot> now = after.accounts();
        directory.replace(after);
        List<Event> events = after.eventsSince(before);
        now.values().stream()
                .filter(account -> !account.equals(before.accounts().get(account.name())))
                .forEach(this::warnOfTls);
        after.subscribers().forEach(subscriber -> events.forEach(subscriber::tell));
    }

    private void warnOfTls(AccountSnapshot account) {
        TlsSettings tls = account.settings().bind().tls();
        if (account.isConnected() && tls.enabled() && tls.verification() == TlsSettings.Verification.SKIP_CERTIFICATE) {
            context.getLog().warn("{}: tls.verification = skip-certificate, anybody can be its SMSC", account.name());
        }
    }

    private void logFindings(Configuration configuration) {
        if (!configuration.problems().isEmpty()) {
            String problems = new InvalidSettings(configuration.problems()).getMessage();
            context.getLog().error("The configuration is wrong; what it concerns stays as it is:\n{}", problems);
        }
        if (configuration.process().filter(now -> !now.equals(process)).isPresent()) {
            context.getLog().warn("Settings of the process have changed; they take effect at the next start");
        }
    }
}
