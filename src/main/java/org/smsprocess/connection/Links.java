// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.BindSettings;
import org.smsprocess.smpp.BindMode;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.SubmitOutcome;

/** The link or the pair of links that make one bind of a slot. */
record Links(SmppLink sending, SmppLink receiving) {

    /** @param onClosed told once, after every outcome was told to the recorder */
    static CompletionStage<Links> bind(
            AccountSettings account,
            SlotId id,
            HeldLease lease,
            ConnectionServices services,
            ActorRef<InboundDesk.Command> desk,
            ActorRef<Recorder.Command> recorder,
            Consumer<String> onClosed) {
        Ears ears = new Ears(desk, recorder, onClosed);
        LinkSettings settings =
                settings(account, account.bind(), BindMode.TRANSCEIVER, id.toString(), lease, services.limits());
        return services.connector().bind(settings, ears).thenApply(link -> {
            ears.link.complete(link);
            return new Links(link, link);
        });
    }

    void unbind(Duration drain) {
        sending.unbind(drain);
        if (receiving != sending) {
            receiving.unbind(drain);
        }
    }

    void close(String reason) {
        sending.close(reason);
        if (receiving != sending) {
            receiving.close(reason);
        }
    }

    private static LinkSettings settings(
            AccountSettings account,
            BindSettings bind,
            BindMode mode,
            String name,
            HeldLease lease,
            ConnectionLimits limits) {
        AccountSettings.Throughput throughput = account.throughput();
        return new LinkSettings(
                name,
                bind.host(),
                bind.port(),
                mode,
                bind.systemId(),
                bind.password(),
                bind.systemType(),
                bind.addressRange(),
                throughput.window(),
                throughput.maxMtThroughput(),
                throughput.bindTimeout(),
                throughput.mtExpiration(),
                throughput.enquireLinkPeriod(),
                limits.maxPduSize(),
                limits.maxUnanswered(),
                lease::validUntilNanos,
                null,
                true,
                false,
                false);
    }

    /** Passes on what a link tells, from its event loop straight to the actors that handle it. */
    private static final class Ears implements LinkListener {
        private final ActorRef<InboundDesk.Command> desk;
        private final ActorRef<Recorder.Command> recorder;
        private final Consumer<String> onClosed;
        private final AtomicBoolean closed = new AtomicBoolean();
        private final CompletableFuture<SmppLink> link = new CompletableFuture<>();

        Ears(ActorRef<InboundDesk.Command> desk, ActorRef<Recorder.Command> recorder, Consumer<String> onClosed) {
            this.desk = desk;
            this.recorder = recorder;
            this.onClosed = onClosed;
        }

        @Override
        public void onOutcomes(List<SubmitOutcome> outcomes) {
            recorder.tell(new Recorder.Outcomes(outcomes));
        }

        @Override
        public void onInbound(List<Inbound> inbound) {
            // the SMSC may be faster than our own bind future: answers wait for the link
            desk.tell(new InboundDesk.Arrived(inbound, answers -> link.thenAccept(bound -> bound.answer(answers))));
        }

        @Override
        public void onClosed(String reason) {
            if (closed.compareAndSet(false, true)) {
                onClosed.accept(reason);
            }
        }
    }
}
