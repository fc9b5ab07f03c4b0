// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.smsprocess.bench.plant.BenchFailure;

/**
 * The least that can be done: one thread, one selector, the same octets again and again with only the sequence_number changed, answers
 * counted by their length fields. What loopback, the kernel and the simulator give; no client can be faster.
 */
final class PumpClient implements RawClient {
    private static final int HEADER = 16;
    private static final int BIND_TRANSCEIVER = 0x00000009;
    private static final int SUBMIT_SM = 0x00000004;
    private static final int BUFFER = 1 << 18;

    private final int window;
    private final SocketChannel channel;
    private final Selector selector;
    private final byte[] submit = submit();
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final Thread thread = new Thread(this::run, "bench-pump");
    private int sent;
    private volatile long answered;
    private volatile boolean isClosing;

    PumpClient(RawTarget target) {
        window = target.window();
        try {
            channel = SocketChannel.open(new InetSocketAddress(RawTarget.HOST, target.port()));
            selector = Selector.open();
            channel.socket().setTcpNoDelay(true);
            bind();
        } catch (IOException failed) {
            throw new BenchFailure("no bind to the simulator: " + failed, failed);
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void bind() throws IOException {
        channel.write(ByteBuffer.wrap(pdu(BIND_TRANSCEIVER, RawTarget.SYSTEM_ID + "\0\0\0" + "4\0\0\0")));
        in.limit(HEADER);
        while (in.hasRemaining() && channel.read(in) >= 0) {}
        int status = in.getInt(8);
        ByteBuffer rest = ByteBuffer.allocate(in.getInt(0) - HEADER);
        while (rest.hasRemaining() && channel.read(rest) >= 0) {}
        in.clear();
        if (status != 0) {
            throw new IOException("bind refused with " + status);
        }
        channel.configureBlocking(false);
    }

    /** SMPP 3.4 §4.4.1, all numbers 0 but sm_length. */
    private static byte[] submit() {
        return pdu(
                SUBMIT_SM,
                "\0\0\0" + RawTarget.SOURCE + "\0\0\0" + RawTarget.DESTINATION + "\0\0\0\0\0\0\0\0\0\0"
                        + (char) RawTarget.TEXT.length() + RawTarget.TEXT);
    }

    private static byte[] pdu(int commandId, String body) {
        byte[] octets = body.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(HEADER + octets.length)
                .putInt(HEADER + octets.length)
                .putInt(commandId)
                .putInt(0)
                .putInt(1)
                .put(octets)
                .array();
    }

    private void run() {
        try {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            while (!isClosing) {
                write();
                key.interestOps(
                        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                selector.select();
                selector.selectedKeys().clear();
                read();
            }
        } catch (IOException ended) {
            if (!isClosing) {
                throw new BenchFailure("the simulator is gone: " + ended, ended);
            }
        }
    }

    private void write() throws IOException {
        if (!out.hasRemaining()) {
            out.clear();
            int room = window - (int) (sent - answered);
            for (int i = 0; i < room && out.remaining() >= submit.length; i++) {
                int at = out.position();
                out.put(submit).putInt(at + 12, ++sent & 0x7FFFFFFF);
            }
            out.flip();
        }
        if (out.hasRemaining()) {
            channel.write(out);
        }
    }

    private void read() throws IOException {
        if (channel.read(in) < 0) {
            throw new IOException("closed");
        }
        in.flip();
        int count = 0;
        while (in.remaining() >= HEADER && in.remaining() >= in.getInt(in.position())) {
            in.position(in.position() + in.getInt(in.position()));
            count++;
        }
        in.compact();
        answered = answered + count;
    }

    @Override
    public long answered() {
        return answered;
    }

    @Override
    public void close() {
        isClosing = true;
        selector.wakeup();
        try {
            thread.join();
            channel.close();
            selector.close();
        } catch (IOException failed) {
            throw new BenchFailure("cannot close: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
