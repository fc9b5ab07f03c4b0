// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.BindSettings;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.SubmitOutcome;

/** The link or the pair of links that make one bind of a slot. A pair is bound and lost together. */
record Links(SmppLink sending, SmppLink receiving) {

    /** Where goes what happens on the links. Called on their event loops. */
    interface Hearing {
        void outcomes(List<SubmitOutcome> outcomes);

        /** @param answers where the answers to these go */
        void inbound(List<Inbound> inbound, Consumer<List<InboundAnswer>> answers);

        /** Told once, when all links have ended, after every outcome; not told when the bind fails. */
        void closed(String reason);
    }

    /**
     * @param blocking where files may be read
     * @param givenUp when it completes, what is not bound by then fails and leaves no connection behind
     */
    static CompletionStage<Links> bind(
            LinkPlan plan,
            SmppConnector connector,
            Executor blocking,
            Hearing hearing,
            CompletableFuture<Void> givenUp) {
        LinkPair pair = new LinkPair(hearing, plan.limits().drainTimeout());
        Binder binder = (settings, listener) -> {
            CompletableFuture<SmppLink> link =
                    connector.bind(settings, listener).toCompletableFuture();
            givenUp.whenComplete((done, failure) -> link.cancel(false));
            return link;
        };
        return CompletableFuture.supplyAsync(() -> new Tls(plan.tls()), blocking)
                .thenCompose(tls -> plan.isPair()
                        ? bindPair(plan, tls.context(), binder, pair, hearing)
                        : bindOne(plan, tls.context(), binder, pair, hearing));
    }

    /** As {@link SmppConnector#bind}. */
    private interface Binder {
        CompletionStage<SmppLink> bind(LinkSettings settings, LinkListener listener);
    }

    /** A future has no place for null. */
    private record Tls(@Nullable SSLContext context) {}

    private static CompletionStage<Links> bindOne(
            LinkPlan plan, @Nullable SSLContext tls, Binder binder, LinkPair pair, Hearing hearing) {
        Ears ears = new Ears(hearing, pair::closed);
        return binder.bind(plan.sending(tls), ears).thenCompose(link -> {
            ears.link.complete(link);
            return pair.bound(link, link);
        });
    }

    /** The receiver first: the status reports of what the transmitter sends have somewhere to go. */
    private static CompletionStage<Links> bindPair(
            LinkPlan plan, @Nullable SSLContext tls, Binder binder, LinkPair pair, Hearing hearing) {
        Ears receiverEars = new Ears(hearing, reason -> pair.receiverClosed("receiver: " + reason));
        Ears transmitterEars = new Ears(hearing, reason -> pair.closed("transmitter: " + reason));
        return binder.bind(plan.receiving(tls), receiverEars).thenCompose(receiver -> {
            receiverEars.link.complete(receiver);
            return binder.bind(plan.sending(tls), transmitterEars)
                    .whenComplete((transmitter, failure) -> {
                        if (failure != null) {
                            receiver.close("the transmitter of the pair could not bind");
                        }
                    })
                    .thenCompose(transmitter -> {
                        transmitterEars.link.complete(transmitter);
                        return pair.bound(transmitter, receiver);
                    });
        });
    }

    /** Window and traces as the account has them now. */
    void retune(AccountSettings account) {
        BindSettings bind = account.bind();
        sending.limitWindow(account.throughput().window());
        sending.trace(bind.verboseTraces(), bind.verboseText());
        receiving.trace(bind.verboseTraces(), bind.verboseText());
    }

    /** Of a pair the receiver follows when the transmitter has ended: its answers may wait for SR until then. */
    void unbind(Duration drain) {
        sending.unbind(drain);
    }

    void close(String reason) {
        sending.close(reason);
        if (receiving != sending) {
            receiving.close(reason);
        }
    }

    /** Passes on what one link tells, from its event loop straight to who handles it. */
    private static final class Ears implements LinkListener {
        private final Hearing hearing;
        private final Consumer<String> onClosed;
        private final CompletableFuture<SmppLink> link = new CompletableFuture<>();

        Ears(Hearing hearing, Consumer<String> onClosed) {
            this.hearing = hearing;
            this.onClosed = onClosed;
        }

        @Override
        public void onOutcomes(List<SubmitOutcome> outcomes) {
            hearing.outcomes(outcomes);
        }

        @Override
        public void onInbound(List<Inbound> inbound) {
            // the SMSC may be faster than our own bind future: answers wait for the link
            hearing.inbound(inbound, answers -> link.thenAccept(bound -> bound.answer(answers)));
        }

        @Override
        public void onClosed(String reason) {
            onClosed.accept(reason);
        }
    }
}
