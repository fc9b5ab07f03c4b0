// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** One connection of a {@link RawSmsc}. Blocking, with patience for a few seconds. */
public final class RawSession implements AutoCloseable {
    static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;

    RawSession(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    /** Reads one PDU. */
    public ReceivedPdu read() {
        try {
            byte[] length = in.readNBytes(4);
            if (length.length < 4) {
                throw new EOFException("the connection was closed");
            }
            int commandLength = ByteBuffer.wrap(length).getInt();
            byte[] octets = new byte[commandLength];
            System.arraycopy(length, 0, octets, 0, 4);
            in.readFully(octets, 4, commandLength - 4);
            return new ReceivedPdu(octets);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads one PDU, which must have this command_id. */
    public ReceivedPdu read(int commandId) {
        ReceivedPdu pdu = read();
        if (pdu.commandId() != commandId) {
            throw new AssertionError("expected " + RawPdu.name(commandId) + " but got " + pdu);
        }
        return pdu;
    }

    /** Reads and drops so many octets. */
    public void skip(int octets) {
        try {
            in.skipNBytes(octets);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether nothing arrives for this long. */
    public boolean isQuietFor(int millis) {
        try {
            socket.setSoTimeout(millis);
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
            return false;
        } catch (SocketTimeoutException quiet) {
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            patience();
        }
    }

    /** Whether the other side has closed; waits for it, and drops what still arrives. */
    public boolean isClosed() {
        try {
            while (in.read() >= 0) {}
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Sends these PDUs in one segment, as far as TCP allows. */
    public void send(RawPdu... pdus) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (RawPdu pdu : pdus) {
            octets.writeBytes(pdu.octets());
        }
        sendOctets(octets.toByteArray());
    }

    public void sendOctets(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Closes so that the other side sees a reset (RST). */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void patience() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
