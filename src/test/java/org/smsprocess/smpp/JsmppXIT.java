// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.spec.FreePort;

/** An SMSC that is not ours, nor of the library we use: jSMPP's server. */
class JsmppXIT {
    private final LinkFixture fixture = new LinkFixture();
    private final ConcurrentLinkedQueue<SubmitSm> submitted = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger(0xABC);
    private SMPPServerSessionListener server;

    @BeforeEach
    void serve() throws IOException {
        server = new SMPPServerSessionListener(FreePort.next());
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        server.close();
    }

    @Test
    void submitsAreUnderstoodAnsweredAndUnbindIsClean() throws Exception {
        CompletableFuture<SMPPServerSession> accepted = accept(true);
        SmppLink link = bind().get(30, TimeUnit.SECONDS);
        List<Submit> batch = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            batch.add(LinkFixture.submit(i));
        }
        link.submit(batch);
        Set<String> providerIds = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            SubmitOutcome outcome = fixture.listener.nextOutcome();
            assertThat(outcome.kind()).isEqualTo(SubmitOutcome.Kind.ANSWERED);
            assertThat(outcome.commandStatus()).isZero();
            providerIds.add(outcome.providerId());
        }
        link.unbind(Duration.ofSeconds(5));

        assertThat(fixture.listener.whyClosed()).isEqualTo("unbound");
        assertThat(providerIds).hasSize(1000);
        assertThat(submitted).hasSize(1000);
        SubmitSm first = submitted.peek();
        assertThat(first.getSourceAddr()).isEqualTo("sender");
        assertThat(first.getSourceAddrTon()).isEqualTo((byte) 5);
        assertThat(first.getDestAddress()).startsWith("4917");
        assertThat(new String(first.getShortMessage(), US_ASCII)).startsWith("text ");
        accepted.get(30, TimeUnit.SECONDS).close();
    }

    @Test
    void receiptsArriveAndAreAnswered() throws Exception {
        CompletableFuture<SMPPServerSession> accepted = accept(true);
        SmppLink link = bind().get(30, TimeUnit.SECONDS);
        SMPPServerSession session = accepted.get(30, TimeUnit.SECONDS);
        fixture.listener.onNextInbound = () -> link.answer(List.of(new InboundAnswer(Inbound.DELIVER_SM, 1, 0)));
        String text =
                "id:0000002748 sub:001 dlvrd:001 submit date:2601010000 done date:2601010001 stat:DELIVRD err:000 text:";
        session.deliverShortMessage(
                "CMT",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "491711",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.ISDN,
                "12345",
                new ESMClass().setMessageType(MessageType.SMSC_DEL_RECEIPT),
                (byte) 0,
                (byte) 0,
                new RegisteredDelivery(0),
                DataCodings.ZERO,
                text.getBytes(US_ASCII)); // returns when the answer is there

        Inbound inbound = fixture.listener.nextInbound();
        assertThat(inbound.esmClass()).isEqualTo(0x04);
        assertThat(new String(inbound.shortMessage(), US_ASCII)).isEqualTo(text);
        session.unbindAndClose();
        assertThat(fixture.listener.whyClosed()).isEqualTo("the SMSC sent unbind");
    }

    @Test
    void aRefusedBindSaysWhy() {
        accept(false);

        BindFailure failure = LinkFixture.failureOf(bind());
        assertThat(failure.kind()).isEqualTo(BindFailure.Kind.CREDENTIALS);
        assertThat(failure.commandStatus()).isEqualTo(CommandStatus.ESME_RINVPASWD);
    }

    private CompletableFuture<SmppLink> bind() {
        fixture.port = server.getPort();
        fixture.window = 5; // jSMPP's queue holds 100, less than a burst of ours
        return fixture.connector.bind(fixture.settings(), fixture.listener).toCompletableFuture();
    }

    private CompletableFuture<SMPPServerSession> accept(boolean welcome) {
        CompletableFuture<SMPPServerSession> accepted = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                SMPPServerSession session = server.accept();
                session.setTransactionTimer(30_000); // two seconds by default, which a busy machine may take
                session.setMessageReceiverListener(receiver());
                var bind = session.waitForBind(30_000);
                if (welcome) {
                    bind.accept("jsmpp");
                    accepted.complete(session);
                } else {
                    bind.reject(CommandStatus.ESME_RINVPASWD);
                }
            } catch (Exception failed) {
                accepted.completeExceptionally(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return accepted;
    }

    /** Takes SUBMIT_SM, with hexadecimal ids, and nothing else. */
    private ServerMessageReceiverListener receiver() {
        return (ServerMessageReceiverListener) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerMessageReceiverListener.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("onAcceptSubmitSm")) {
                        throw new ProcessRequestException(method.getName(), CommandStatus.ESME_RINVCMDID);
                    }
                    submitted.add((SubmitSm) arguments[0]);
                    MessageId id = new MessageId(Integer.toHexString(ids.getAndIncrement()));
                    return new SubmitSmResult(id, new OptionalParameter[0]);
                });
    }
}
