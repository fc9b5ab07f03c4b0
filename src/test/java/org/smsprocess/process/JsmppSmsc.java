// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.spec.FreePort;

/**
 * An SMSC of other people's making: jSMPP's server, with hexadecimal ids in SUBMIT_SM_RESP and decimal ones in the SR, as jSMPP's own
 * simulator has them.
 */
final class JsmppSmsc implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JsmppSmsc.class);

    final ConcurrentLinkedQueue<SubmitSm> submitted = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<CancelSm> cancelled = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<QuerySm> queried = new ConcurrentLinkedQueue<>();
    /** Whether status reports are sent. */
    volatile boolean reports = true;

    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    /** Never used twice, also by the SMSC of the next test: no SMSC gives an id again within the hour. */
    private static final AtomicInteger IDS = new AtomicInteger(0xABCD);

    private final ExecutorService receipts = Executors.newFixedThreadPool(4);
    private final int port = FreePort.next();
    private volatile SMPPServerSessionListener server;

    JsmppSmsc() throws IOException {
        open();
    }

    int port() {
        return port;
    }

    int bound() {
        return (int) sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    void open() throws IOException {
        SMPPServerSessionListener opened = new SMPPServerSessionListener(port);
        server = opened;
        Thread thread = new Thread(() -> accept(opened), "jsmpp-accept");
        thread.setDaemon(true);
        thread.start();
    }

    /** The listener goes, and every session with it, without unbind. */
    void vanish() throws IOException {
        server.close();
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    void sendMo(String from, String to, String text) throws Exception {
        sessions.get(0)
                .deliverShortMessage(
                        "",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        from,
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.ISDN,
                        to,
                        new ESMClass(0),
                        (byte) 0,
                        (byte) 0,
                        new RegisteredDelivery(0),
                        DataCodings.ZERO,
                        text.getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        vanish();
        receipts.shutdownNow();
    }

    private void accept(SMPPServerSessionListener listener) {
        try {
            while (true) {
                SMPPServerSession session = listener.accept();
                session.setTransactionTimer(60_000); // two seconds by default, which a busy machine may take
                session.setMessageReceiverListener(receiver(session));
                session.waitForBind(60_000).accept("jsmpp");
                sessions.add(session);
            }
        } catch (Exception closed) {
            LOG.debug("listener ended", closed);
        }
    }

    private ServerMessageReceiverListener receiver(SMPPServerSession session) {
        return (ServerMessageReceiverListener) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerMessageReceiverListener.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("onAcceptEnquireLink")) {
                        return null;
                    }
                    if (method.getName().equals("onAcceptCancelSm")) {
                        cancelled.add((CancelSm) arguments[0]);
                        return null;
                    }
                    if (method.getName().equals("onAcceptQuerySm")) {
                        queried.add((QuerySm) arguments[0]);
                        return new QuerySmResult("261122000100000+", MessageState.UNDELIVERABLE, (byte) 42);
                    }
                    if (!method.getName().equals("onAcceptSubmitSm")) {
                        throw new ProcessRequestException(method.getName(), 3);
                    }
                    SubmitSm submit = (SubmitSm) arguments[0];
                    submitted.add(submit);
                    int id = IDS.getAndIncrement();
                    if (reports && submit.getRegisteredDelivery() == 1) {
                        receipts.execute(() -> sendReceipt(session, submit, id));
                    }
                    return new SubmitSmResult(new MessageId(Integer.toHexString(id)), new OptionalParameter[0]);
                });
    }

    private void sendReceipt(SMPPServerSession session, SubmitSm submit, int id) {
        String text =
                "id:%010d sub:001 dlvrd:001 submit date:2611220000 done date:2611220001 stat:DELIVRD err:000 text:hi"
                        .formatted(id);
        try {
            session.deliverShortMessage(
                    "",
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    submit.getDestAddress(),
                    TypeOfNumber.UNKNOWN,
                    NumberingPlanIndicator.ISDN,
                    submit.getSourceAddr(),
                    new ESMClass().setMessageType(MessageType.SMSC_DEL_RECEIPT),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(0),
                    DataCodings.ZERO,
                    text.getBytes(US_ASCII));
        } catch (Exception lost) {
            LOG.debug("receipt {} not delivered", id, lost);
        }
    }
}
