// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;

/** An SMSC on a free port of 127.0.0.1 that does nothing by itself: the test reads and writes each PDU. */
public final class RawSmsc implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final ServerSocket server;

    public RawSmsc() {
        this(ServerSocketFactory.getDefault());
    }

    /** @param sockets for TLS */
    public RawSmsc(ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            server.setSoTimeout(RawSession.PATIENCE_MILLIS);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Waits for the next connection. */
    public RawSession accept() {
        try {
            return new RawSession(server.accept());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Waits for the next connection and lets it bind, whatever the mode. */
    public RawSession acceptBind() {
        RawSession session = accept();
        ReceivedPdu bind = session.read();
        session.send(RawPdu.response(bind.commandId(), 0, bind.sequenceNumber()).cString("system_id", "raw"));
        return session;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
