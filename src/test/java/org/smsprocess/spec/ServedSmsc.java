// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** An SMSC on 127.0.0.x that serves by itself: lets everybody bind, takes every SUBMIT_SM, and remembers what it saw. */
public final class ServedSmsc implements AutoCloseable {
    private static final int MILLIS_BETWEEN_LOOKS = 100;

    /** What a bound connection was bound with. */
    public record Bind(int commandId, String systemId, String password, String systemType, String range) {}

    /** Of every SUBMIT_SM, in the order of arrival. */
    public final BlockingQueue<SubmittedSm> submitted = new LinkedBlockingQueue<>();

    /** Of every bind there ever was. */
    public final List<Bind> binds = new CopyOnWriteArrayList<>();

    /** Of every UNBIND there ever was. */
    public final AtomicInteger unbinds = new AtomicInteger();

    /** Of every answer to an SR or MO, its command_status. */
    public final BlockingQueue<Integer> delivered = new LinkedBlockingQueue<>();

    /** Of every ENQUIRE_LINK there ever was. */
    public final AtomicInteger enquireLinks = new AtomicInteger();

    /** When a bind was asked for, granted or not; nanoseconds. */
    public final List<Long> attempts = new CopyOnWriteArrayList<>();

    /** As {@link #answerBinds} and {@link #answerNext} take it. */
    public static final int NO_ANSWER = -1;

    private final Map<RawSession, Bind> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger(1000);
    private final AtomicInteger sequence = new AtomicInteger(1);
    private final ServerSocket server;
    private final Queue<Integer> nextStatuses = new ConcurrentLinkedQueue<>();
    private volatile int status;
    private volatile int bindStatus;
    private volatile boolean isSilent;

    public ServedSmsc(String address, int port) {
        this(ServerSocketFactory.getDefault(), address, port);
    }

    private ServedSmsc(ServerSocketFactory sockets, String address, int port) {
        try {
            server = sockets.createServerSocket(port, 50, InetAddress.getByName(address));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        daemon(this::accept, "smsc-accept");
    }

    /** On 127.0.0.1, with TLS. */
    public ServedSmsc(TestCertificate certificate) {
        this(certificate.server().getServerSocketFactory(), "127.0.0.1", 0);
    }

    public ServedSmsc() {
        this("127.0.0.1", 0);
    }

    public int port() {
        return server.getLocalPort();
    }

    public int bound() {
        return sessions.size();
    }

    /** The command_status of SUBMIT_SM_RESP from now on. */
    public void answer(int commandStatus) {
        status = commandStatus;
    }

    /** The command_status of the next SUBMIT_SM_RESPs, one each, or {@link #NO_ANSWER}; those after them as {@link #answer} says. */
    public void answerNext(Integer... commandStatuses) {
        nextStatuses.addAll(List.of(commandStatuses));
    }

    /** The command_status of every answer to a bind from now on, or {@link #NO_ANSWER}. */
    public void answerBinds(int commandStatus) {
        bindStatus = commandStatus;
    }

    /** Closes all connections without a word. */
    public void drop() {
        for (RawSession session : sessions.keySet()) {
            sessions.remove(session);
            session.close();
        }
    }

    /** No SUBMIT_SM is answered from now on, or each again. */
    public void silent(boolean silent) {
        isSilent = silent;
    }

    /** @return the next SUBMIT_SM; an error when none comes */
    public SubmittedSm take() {
        try {
            SubmittedSm next = submitted.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no SUBMIT_SM came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Sends an MO over one of the connections that receive. */
    public void sendMo(String from, String to, String text) {
        deliver(RawPdu.deliverSm(sequence.getAndIncrement(), from, to, text));
    }

    /** Sends an SR with this text. */
    public void sendSr(String from, String text) {
        deliver(RawPdu.deliverSm(sequence.getAndIncrement(), from, "1234", 4, text.getBytes(US_ASCII)));
    }

    public void deliver(RawPdu pdu) {
        RawSession session = sessions.entrySet().stream()
                .filter(bound -> bound.getValue().commandId() != RawPdu.BIND_TRANSMITTER)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        send(session, pdu);
    }

    public int nextSequence() {
        return sequence.getAndIncrement();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        sessions.keySet().forEach(RawSession::close);
    }

    private void accept() {
        try {
            while (true) {
                RawSession session = new RawSession(server.accept());
                daemon(() -> serve(session), "smsc-session");
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(RawSession session) {
        try {
            serve(session, session.read()); // no look at the clock while TLS is negotiated
            while (true) {
                if (!session.isQuietFor(MILLIS_BETWEEN_LOOKS)) {
                    serve(session, session.read());
                }
            }
        } catch (UncheckedIOException ended) {
            sessions.remove(session);
        }
    }

    private void serve(RawSession session, ReceivedPdu pdu) {
        switch (pdu.commandId()) {
            case RawPdu.BIND_TRANSCEIVER, RawPdu.BIND_TRANSMITTER, RawPdu.BIND_RECEIVER -> {
                attempts.add(System.nanoTime());
                int answer = bindStatus;
                if (answer == 0) {
                    Bind bind = bind(pdu);
                    binds.add(bind);
                    sessions.put(session, bind);
                    send(
                            session,
                            RawPdu.response(pdu.commandId(), 0, pdu.sequenceNumber())
                                    .cString("system_id", "smsc"));
                } else if (answer != NO_ANSWER) {
                    send(session, RawPdu.response(pdu.commandId(), answer, pdu.sequenceNumber()));
                }
            }
            case RawPdu.UNBIND -> {
                unbinds.incrementAndGet();
                sessions.remove(session);
                send(session, RawPdu.response(RawPdu.UNBIND, 0, pdu.sequenceNumber()));
            }
            case RawPdu.ENQUIRE_LINK -> {
                enquireLinks.incrementAndGet();
                send(session, RawPdu.response(RawPdu.ENQUIRE_LINK, 0, pdu.sequenceNumber()));
            }
            case RawPdu.SUBMIT_SM -> {
                String id = Integer.toString(ids.getAndIncrement());
                Integer next = nextStatuses.poll();
                int answer = isSilent
                        ? NO_ANSWER
                        : next == null ? status : next; // before a test can see it, and change that
                synchronized (session) { // who takes it from the queue sends its SR after this answer
                    submitted.add(SubmittedSm.of(pdu, id));
                    if (answer != NO_ANSWER) {
                        send(
                                session,
                                answer == 0
                                        ? RawPdu.submitSmResp(pdu.sequenceNumber(), id)
                                        : RawPdu.response(RawPdu.SUBMIT_SM, answer, pdu.sequenceNumber()));
                    }
                }
            }
            default -> {
                if (pdu.commandId() == (RawPdu.DELIVER_SM | RawPdu.RESP)) {
                    delivered.add(pdu.commandStatus());
                }
            }
        }
    }

    private static Bind bind(ReceivedPdu pdu) {
        String systemId = pdu.cString();
        String password = pdu.cString();
        String systemType = pdu.cString();
        pdu.octet(); // interface_version
        String range = pdu.octet() + "/" + pdu.octet() + "/" + pdu.cString();
        return new Bind(pdu.commandId(), systemId, password, systemType, range);
    }

    private static void send(RawSession session, RawPdu pdu) {
        synchronized (session) {
            session.send(pdu);
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
