// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An ESME that sends and sees plain octets. */
final class RawEsme implements AutoCloseable {
    static final int BIND_TRANSCEIVER = 0x00000009;
    static final int BIND_RECEIVER = 0x00000001;
    static final int SUBMIT_SM = 0x00000004;
    static final int SUBMIT_SM_RESP = 0x80000004;
    static final int DELIVER_SM = 0x00000005;
    static final int DELIVER_SM_RESP = 0x80000005;
    static final int DATA_SM = 0x00000103;
    static final int UNBIND = 0x00000006;
    static final int UNBIND_RESP = 0x80000006;
    static final int ENQUIRE_LINK = 0x00000015;
    static final int ENQUIRE_LINK_RESP = 0x80000015;
    static final int GENERIC_NACK = 0x80000000;
    static final int READ_MILLIS = 30_000;

    /** One PDU as it came. */
    static final class Pdu {
        final int command;
        final int status;
        final int sequence;
        final byte[] body;

        private Pdu(int command, int status, int sequence, byte[] body) {
            this.command = command;
            this.status = status;
            this.sequence = sequence;
            this.body = body;
        }

        /** The body's first C-octet string. */
        String text() {
            int end = 0;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            return new String(body, 0, end, StandardCharsets.ISO_8859_1);
        }

        String all() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawEsme(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(READ_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    Pdu bind(int command, String systemId) throws IOException {
        OctetBuffer body = new OctetBuffer(64);
        body.add(systemId.getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.add("secret".getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.u8(0).u8(0x34).zeros(3);
        send(command, 0, 1, body);
        return read();
    }

    void submit(int sequence, String destination, String text) throws IOException {
        send(SUBMIT_SM, 0, sequence, submitBody(destination, text));
    }

    /** @return its answer; what comes before that is skipped */
    Pdu submitted(int sequence, String destination, String text) throws IOException {
        submit(sequence, destination, text);
        return read(SUBMIT_SM_RESP);
    }

    static OctetBuffer submitBody(String destination, String text) {
        OctetBuffer body = new OctetBuffer(256);
        body.u8(0).u8(0).u8(0).add("12345".getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.u8(1).u8(1).add(destination.getBytes(StandardCharsets.US_ASCII)).u8(0);
        body.zeros(5).u8(1).zeros(3); // registered_delivery 1, data_coding 0
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return body.u8(octets.length).add(octets);
    }

    void send(int command, int status, int sequence, OctetBuffer body) throws IOException {
        OctetBuffer pdu = new OctetBuffer(256);
        pdu.u32(16 + body.length()).u32(command).u32(status).u32(sequence);
        pdu.add(body.octets(), 0, body.length());
        write(Arrays.copyOf(pdu.octets(), pdu.length()));
    }

    void send(int command, int sequence) throws IOException {
        send(command, 0, sequence, new OctetBuffer(1));
    }

    void write(byte[] octets) throws IOException {
        out.write(octets);
        out.flush();
    }

    /** @throws IOException if the connection ended, or nothing came for half a minute */
    Pdu read() throws IOException {
        int length = in.readInt();
        if (length < 16 || length > 65_536) {
            throw new IOException("command_length " + length);
        }
        int command = in.readInt();
        int status = in.readInt();
        int sequence = in.readInt();
        return new Pdu(command, status, sequence, in.readNBytes(length - 16));
    }

    Pdu read(int command) throws IOException {
        Pdu pdu = read();
        while (pdu.command != command) {
            pdu = read();
        }
        return pdu;
    }

    /** Whether nothing at all comes for so long. */
    boolean isSilent(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.readByte();
            return false;
        } catch (SocketTimeoutException nothing) {
            return true;
        } finally {
            socket.setSoTimeout(READ_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
