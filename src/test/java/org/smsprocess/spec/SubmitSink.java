// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The cheapest SMSC there can be: binds anybody, answers every SUBMIT_SM, one write per read. For measuring the other end. */
public final class SubmitSink implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final ServerSocketChannel server;

    public SubmitSink() {
        try {
            server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start("sink-accept", this::acceptAll);
    }

    public int port() {
        return server.socket().getLocalPort();
    }

    private void acceptAll() throws IOException {
        while (true) {
            SocketChannel channel = server.accept();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            start("sink", () -> serve(channel));
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer out = ByteBuffer.allocateDirect(BUFFER * 2);
        byte[] messageId = "0123456789\0".getBytes(ISO_8859_1);
        while (channel.read(in) >= 0) {
            in.flip();
            while (in.remaining() >= 16 && in.remaining() >= in.getInt(in.position())) {
                int start = in.position();
                int commandId = in.getInt(start + 4);
                if (commandId >= 0) {
                    byte[] body = commandId == RawPdu.SUBMIT_SM || commandId == RawPdu.BIND_TRANSCEIVER
                            ? messageId
                            : new byte[0];
                    out.putInt(16 + body.length).putInt(commandId | RawPdu.RESP).putInt(0);
                    out.putInt(in.getInt(start + 12)).put(body);
                }
                in.position(start + in.getInt(start));
            }
            in.compact();
            out.flip();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            out.clear();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (AsynchronousCloseException closed) {
                        // the test is over
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
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
