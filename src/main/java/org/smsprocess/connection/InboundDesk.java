// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.mo.MoProtocol;
import org.smsprocess.mo.parts.MoPart;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.SrReader;
import org.smsprocess.sr.reading.StatusReport;

/**
 * Sorts what the SMSC delivers into SR and MO, hands both to the account's correlators and MO handlers, and answers the SMSC only with
 * what they said: OK after it is durable. What nobody answered in time is answered "temporary error", so that the SMSC sends it again.
 */
final class InboundDesk extends AbstractBehavior<InboundDesk.Command> {
    /** What a desk takes. */
    sealed interface Command {}

    /** @param answers where the answers to these go */
    record Arrived(List<Inbound> inbound, Consumer<List<InboundAnswer>> answers) implements Command {}

    record Retune(AccountSettings settings) implements Command {}

    private record SrAnswered(SrProtocol.Answered answer) implements Command {}

    private record MoAnswered(MoProtocol.Answered answer) implements Command {}

    private enum OverdueDue implements Command {
        INSTANCE
    }

    /** PDUs that arrived together; those answered are null. */
    private static final class Batch {
        private final List<Inbound> open;
        private final Consumer<List<InboundAnswer>> answers;
        private final long arrivedNanos;
        private int left;

        Batch(Arrived arrived, long arrivedNanos) {
            this.open = new ArrayList<>(arrived.inbound());
            this.answers = arrived.answers();
            this.arrivedNanos = arrivedNanos;
            this.left = open.size();
        }

        void answer(List<Integer> indexes, int commandStatus, List<InboundAnswer> into) {
            for (int index : indexes) {
                Inbound inbound = open.set(index, null);
                if (inbound != null) {
                    left--;
                    into.add(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), commandStatus));
                }
            }
        }
    }

    static Behavior<Command> create(AccountSettings settings, ConnectionServices services) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new InboundDesk(context, timers, settings, services)));
    }

    /** How finely inbound-answer-timeout is kept, nothing more. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final ConnectionServices services;
    private final String account;
    private final MessageLog log;
    private final ActorRef<SrProtocol.Answered> srAnswers;
    private final ActorRef<MoProtocol.Answered> moAnswers;
    private final Map<Long, Batch> batches = new HashMap<>();
    private SrReader reader;
    private Duration patience;
    private long nextBatch;

    private InboundDesk(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AccountSettings settings,
            ConnectionServices services) {
        super(context);
        this.services = services;
        this.account = settings.name();
        this.log = MessageLog.of(account, services.limits());
        this.reader = services.readers().apply(settings);
        this.patience = patience(settings);
        this.srAnswers = context.messageAdapter(SrProtocol.Answered.class, SrAnswered::new);
        this.moAnswers = context.messageAdapter(MoProtocol.Answered.class, MoAnswered::new);
        timers.startTimerWithFixedDelay(OverdueDue.INSTANCE, LOOK);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arrived.class, this::onArrived)
                .onMessage(SrAnswered.class, said -> onSrAnswered(said.answer()))
                .onMessage(MoAnswered.class, said -> onMoAnswered(said.answer()))
                .onMessage(OverdueDue.class, due -> onOverdueDue())
                .onMessage(Retune.class, retune -> onRetune(retune.settings()))
                .build();
    }

    private Behavior<Command> onArrived(Arrived arrived) {
        long batch = nextBatch++;
        batches.put(batch, new Batch(arrived, services.nanoTime().getAsLong()));
        long now = services.clock().millis();
        int buckets = services.sr().buckets();
        Map<Integer, List<StatusReport>> reports = new HashMap<>();
        for (int index = 0; index < arrived.inbound().size(); index++) {
            Inbound inbound = arrived.inbound().get(index);
            Optional<StatusReport> report = reader.read(inbound, index, now);
            log.inbound(inbound, report);
            if (report.isPresent()) {
                reports.computeIfAbsent(ProviderKey.bucketOf(report.get().key(), buckets), bucket -> new ArrayList<>())
                        .add(report.get());
            } else {
                giveMo(batch, index, inbound);
            }
        }
        reports.forEach(
                (bucket, list) -> services.sr().tell(account, bucket, new SrProtocol.Receive(batch, list, srAnswers)));
        return this;
    }

    private Behavior<Command> onSrAnswered(SrProtocol.Answered answered) {
        reader.learned(answered.learned());
        Batch batch = batches.get(answered.batch());
        if (batch != null) {
            List<InboundAnswer> answers = new ArrayList<>(
                    answered.accepted().size() + answered.unknown().size());
            batch.answer(answered.accepted(), CommandStatus.ESME_ROK, answers);
            batch.answer(notMo(answered.batch(), batch, answered.unknown()), CommandStatus.ESME_RINVMSGID, answers);
            send(answered.batch(), batch, answers);
        }
        return this;
    }

    /** What was taken for an SR by its text alone and names no message is an MO after all. @return the others */
    private List<Integer> notMo(long number, Batch batch, List<Integer> unknown) {
        List<Integer> others = new ArrayList<>(unknown.size());
        for (int index : unknown) {
            Inbound inbound = batch.open.get(index);
            if (inbound != null && SrReader.isByText(inbound)) {
                giveMo(number, index, inbound);
            } else {
                others.add(index);
            }
        }
        return others;
    }

    private void giveMo(long batch, int index, Inbound inbound) {
        MoPart part = new MoPart(index, inbound, services.clock().millis());
        services.mo().tell(account, inbound.source().number(), new MoProtocol.Receive(batch, List.of(part), moAnswers));
    }

    private Behavior<Command> onMoAnswered(MoProtocol.Answered answered) {
        Batch batch = batches.get(answered.batch());
        if (batch != null) {
            List<InboundAnswer> answers = new ArrayList<>(answered.accepted().size());
            batch.answer(answered.accepted(), CommandStatus.ESME_ROK, answers);
            send(answered.batch(), batch, answers);
        }
        return this;
    }

    private void send(long number, Batch batch, List<InboundAnswer> answers) {
        if (batch.left == 0) {
            batches.remove(number);
        }
        if (!answers.isEmpty()) {
            batch.answers.accept(answers);
        }
    }

    private Behavior<Command> onOverdueDue() {
        long now = services.nanoTime().getAsLong();
        for (Iterator<Batch> all = batches.values().iterator(); all.hasNext(); ) {
            Batch batch = all.next();
            if (now - batch.arrivedNanos > patience.toNanos()) {
                all.remove();
                List<InboundAnswer> answers = new ArrayList<>(batch.left);
                List<Integer> open = new ArrayList<>(batch.left);
                for (int index = 0; index < batch.open.size(); index++) {
                    open.add(index);
                }
                batch.answer(open, CommandStatus.ESME_RX_T_APPN, answers);
                getContext()
                        .getLog()
                        .warn(
                                "{}: {} SR or MO not stored in time, the SMSC is asked to send them again",
                                account,
                                answers.size());
                batch.answers.accept(answers);
            }
        }
        return this;
    }

    private Behavior<Command> onRetune(AccountSettings settings) {
        reader = services.readers().apply(settings);
        patience = patience(settings);
        return this;
    }

    /** An SR with an unknown id may wait for its SUBMIT_SM_RESP first. */
    private Duration patience(AccountSettings settings) {
        return services.limits().inboundAnswerTimeout().plus(settings.sr().unknownIdWait());
    }
}
