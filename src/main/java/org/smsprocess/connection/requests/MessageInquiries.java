// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.RequestSettings;
import org.smsprocess.connection.LiveBoard;
import org.smsprocess.connection.preparing.Addresses;
import org.smsprocess.connection.requests.RequestTally.Result;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.delivery.requests.CancelRequests;
import org.smsprocess.delivery.requests.QueryWatches;
import org.smsprocess.delivery.requests.SentMessage;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.MessageAnswer;
import org.smsprocess.smpp.MessageRequest;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.sr.reading.QueriedState;

/**
 * Asks SMSCs about messages that were sent: CANCEL_SM for those that are to be cancelled, QUERY_SM for those without final SR, on any
 * connection of the account that this node has bound. One for each node. What it forgets when it or its node ends, another takes up
 * after {@code requests.lease}.
 *
 * <pre>
 * every period:  due CANCEL_SM, due parts of QUERY_SM ──► asked, at most max-open at once ──► answers
 *                answers of CANCEL_SM ──► delivery log;  final states of QUERY_SM ──► delivery log, as an SR
 * </pre>
 */
public final class MessageInquiries extends AbstractBehavior<MessageInquiries.Command> {
    /** Only messages of its own. */
    public sealed interface Command {}

    private enum PeriodDue implements Command {
        INSTANCE
    }

    private record CancelsTaken(
            List<CancelRequests.Due> due, @Nullable Throwable failure) implements Command {}

    private record WatchesTaken(
            List<QueryWatches.Watch> due, @Nullable Throwable failure) implements Command {}

    private record CancelAnswered(CancelRequests.Due due, MessageAnswer answer) implements Command {}

    private record QueryAnswered(QueryRound round, SentMessage message, MessageAnswer answer) implements Command {}

    private record Recorded(
            List<CancelRequests.Outcome> batch, @Nullable Throwable failure) implements Command {}

    private record Done(String what, @Nullable Throwable failure) implements Command {}

    /** What the inquiries need from the rest of the process. */
    public record Services(
            CancelRequests cancels,
            QueryWatches watches,
            LiveBoard board,
            Function<String, @Nullable AccountSnapshot> accounts,
            FinalStates finals,
            RequestTally tally,
            RequestLimits limits,
            LongSupplier nanoTime,
            Clock clock) {}

    /** Takes final states for the delivery log. */
    @FunctionalInterface
    public interface FinalStates {
        void settle(AccountSettings account, List<FinalStatus> statuses);
    }

    private final Services services;
    private final Map<String, QueryBacklog> backlogs = new HashMap<>();
    private final List<CancelRequests.Outcome> outcomes = new ArrayList<>();
    private int open;
    private int turn;
    private boolean recording;
    private boolean takingCancels;
    private boolean takingWatches;

    public static Behavior<Command> create(Services services) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new MessageInquiries(context, timers, services)));
    }

    private MessageInquiries(ActorContext<Command> context, TimerScheduler<Command> timers, Services services) {
        super(context);
        this.services = services;
        timers.startTimerWithFixedDelay(PeriodDue.INSTANCE, services.limits().period());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(PeriodDue.class, due -> onPeriodDue())
                .onMessage(CancelsTaken.class, this::onCancelsTaken)
                .onMessage(WatchesTaken.class, this::onWatchesTaken)
                .onMessage(CancelAnswered.class, this::onCancelAnswered)
                .onMessage(QueryAnswered.class, this::onQueryAnswered)
                .onMessage(Recorded.class, this::onRecorded)
                .onMessage(Done.class, this::onDone)
                .build();
    }

    private Behavior<Command> onPeriodDue() {
        List<AccountSettings> bound = services.board().boundAccounts().stream()
                .map(this::settings)
                .flatMap(Optional::stream)
                .toList();
        take(bound);
        backlogs.keySet()
                .removeIf(
                        account -> bound.stream().noneMatch(each -> each.name().equals(account)));
        bound.forEach(this::ask);
        keep();
        record();
        return this;
    }

    // Taking

    private void take(List<AccountSettings> bound) {
        List<String> cancelling = names(bound, account -> account.requests().cancelSm());
        int room = services.limits().maxOpen() - open - outcomes.size();
        if (!takingCancels && !cancelling.isEmpty() && room > 0) {
            takingCancels = true;
            getContext()
                    .pipeToSelf(
                            services.cancels()
                                    .take(cancelling, room, services.limits().lease()),
                            (due, failure) -> new CancelsTaken(failure == null ? due : List.of(), failure));
        }
        int parts = backlogs.values().stream().mapToInt(QueryBacklog::parts).sum();
        List<String> querying = names(
                bound,
                account -> account.requests().querySm()
                        && (!backlogs.containsKey(account.name())
                                || !backlogs.get(account.name()).hasNext()));
        if (!takingWatches && !querying.isEmpty() && parts < services.limits().maxParts()) {
            takingWatches = true;
            getContext()
                    .pipeToSelf(
                            services.watches()
                                    .take(
                                            querying,
                                            services.limits().maxParts() - parts,
                                            services.limits().lease()),
                            (due, failure) -> new WatchesTaken(failure == null ? due : List.of(), failure));
        }
    }

    private Behavior<Command> onCancelsTaken(CancelsTaken taken) {
        takingCancels = false;
        warn("CANCEL_SM could not be looked up", taken.failure());
        for (CancelRequests.Due due : taken.due()) {
            SentMessage message = due.message();
            settings(message.account()).ifPresent(account -> {
                Addresses addresses = new Addresses(account.channel());
                MessageRequest.Cancel cancel = new MessageRequest.Cancel(
                        message.providerId(),
                        addresses.source(message.sender()),
                        addresses.destination(message.recipient()));
                send(account.name(), cancel, answer -> new CancelAnswered(due, answer));
            });
        }
        return this;
    }

    private Behavior<Command> onWatchesTaken(WatchesTaken taken) {
        takingWatches = false;
        warn("QUERY_SM could not be looked up", taken.failure());
        for (QueryWatches.Watch watch : taken.due()) {
            backlogs.computeIfAbsent(
                            watch.account(),
                            name -> new QueryBacklog(services.nanoTime().getAsLong()))
                    .add(watch);
        }
        return this;
    }

    // Asking

    private void ask(AccountSettings account) {
        QueryBacklog backlog = backlogs.get(account.name());
        if (backlog == null) {
            return;
        }
        int room = services.limits().maxOpen() - open;
        Addresses addresses = new Addresses(account.channel());
        for (QueryBacklog.Next next : backlog.next(
                account.requests().queryRate(), room, services.nanoTime().getAsLong())) {
            SentMessage message = next.message();
            send(
                    account.name(),
                    new MessageRequest.Query(message.providerId(), addresses.source(message.sender())),
                    answer -> new QueryAnswered(next.round(), message, answer));
        }
    }

    private void send(String account, MessageRequest request, Function<MessageAnswer, Command> answered) {
        List<SmppLink> links = services.board().boundLinks(account);
        MessageAnswer none = new MessageAnswer(MessageAnswer.Kind.NOT_SENT, 0, 0, 0);
        if (links.isEmpty()) {
            getContext().getSelf().tell(answered.apply(none));
        } else {
            SmppLink link = links.get(Math.floorMod(turn++, links.size()));
            getContext()
                    .pipeToSelf(
                            link.request(request),
                            (answer, failure) -> answered.apply(failure == null ? answer : none));
        }
        open++;
    }

    // Answers

    private Behavior<Command> onCancelAnswered(CancelAnswered answered) {
        open--;
        MessageAnswer answer = answered.answer();
        SentMessage message = answered.due().message();
        boolean isLast = answered.due().tries() >= services.limits().cancelTries();
        if (answer.kind() == MessageAnswer.Kind.ANSWERED) {
            services.tally().count(message.account(), answer.isOk() ? Result.CANCELLED : Result.CANCEL_REFUSED);
            String status = CommandStatus.hex(answer.commandStatus());
            outcomes.add(new CancelRequests.Outcome(
                    message.mtId(),
                    answer.isOk(),
                    answer.commandStatus(),
                    answer.isOk() ? "cancelled" : "refused: " + status));
            getContext()
                    .getLog()
                    .info(
                            "{}: cancel_sm of MT {} answered {}",
                            message.account(),
                            message.mtId(),
                            answer.isOk() ? "ESME_ROK" : status);
        } else if (answer.kind() == MessageAnswer.Kind.LOST && isLast) {
            services.tally().count(message.account(), Result.CANCEL_UNANSWERED);
            outcomes.add(new CancelRequests.Outcome(message.mtId(), false, null, "no answer to cancel_sm"));
        } // else: due again when the lease is over
        record();
        return this;
    }

    private Behavior<Command> onQueryAnswered(QueryAnswered answered) {
        open--;
        SentMessage message = answered.message();
        Optional<AccountSettings> account = settings(message.account());
        services.tally()
                .count(
                        message.account(),
                        account.map(its -> settle(its, message, answered.answer()))
                                .orElse(Result.QUERY_UNANSWERED));
        QueryRound round = answered.round();
        if (round.answered()) {
            QueryBacklog backlog = backlogs.get(message.account());
            if (backlog != null) {
                backlog.finished(round);
            }
            account.ifPresent(its -> finish(round, its.requests()));
        }
        return this;
    }

    private Result settle(AccountSettings account, SentMessage message, MessageAnswer answer) {
        if (answer.kind() != MessageAnswer.Kind.ANSWERED) {
            return Result.QUERY_UNANSWERED;
        }
        if (!answer.isOk()) {
            return Result.QUERY_REFUSED;
        }
        Optional<FinalStatus> status = QueriedState.of(answer.messageState())
                .asFinal(
                        message.mtId(),
                        message.providerId(),
                        answer.errorCode(),
                        services.clock().millis());
        status.ifPresent(known -> services.finals().settle(account, List.of(known)));
        return status.isPresent() ? Result.QUERY_FINAL : Result.QUERY_OPEN;
    }

    /** All of a part have been asked for: it is looked at again, then what was settled is no longer open. */
    private void finish(QueryRound round, RequestSettings settings) {
        List<Long> part = List.of(round.watch().partId());
        getContext()
                .pipeToSelf(
                        round.watch().tries() >= settings.queryTries()
                                ? services.watches().giveUp(part)
                                : services.watches().after(part, settings.queryAgainAfter()),
                        (done, failure) -> new Done("a part asked for could not be put off", failure));
    }

    /** Parts that take longer than the lease stay with this node. */
    private void keep() {
        long now = services.nanoTime().getAsLong();
        Duration lease = services.limits().lease();
        List<Long> parts = backlogs.values().stream()
                .flatMap(backlog -> backlog.leaseHalfOver(lease, now).stream())
                .toList();
        if (!parts.isEmpty()) {
            getContext()
                    .pipeToSelf(
                            services.watches().after(parts, lease),
                            (done, failure) -> new Done("parts to be asked for could not be kept", failure));
        }
    }

    private void record() {
        if (outcomes.isEmpty() || recording) {
            return;
        }
        recording = true;
        List<CancelRequests.Outcome> batch = List.copyOf(outcomes);
        outcomes.clear();
        getContext().pipeToSelf(services.cancels().record(batch), (done, failure) -> new Recorded(batch, failure));
    }

    private Behavior<Command> onRecorded(Recorded recorded) {
        recording = false;
        if (recorded.failure() == null) {
            record();
        } else {
            warn("answers to cancel_sm could not be recorded, trying on", recorded.failure());
            outcomes.addAll(recorded.batch());
        }
        return this;
    }

    private Behavior<Command> onDone(Done done) {
        warn(done.what(), done.failure());
        return this;
    }

    private void warn(String what, @Nullable Throwable failure) {
        if (failure != null) {
            getContext().getLog().warn("{}: {}", what, failure.toString());
        }
    }

    private Optional<AccountSettings> settings(String account) {
        return Optional.ofNullable(services.accounts().apply(account)).map(AccountSnapshot::settings);
    }

    private static List<String> names(List<AccountSettings> accounts, Predicate<AccountSettings> condition) {
        return accounts.stream().filter(condition).map(AccountSettings::name).toList();
    }
}
