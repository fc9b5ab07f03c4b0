// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.smsprocess.bench.plant.BenchFailure;

/**
 * The way of one node to PostgreSQL. While it is cut nothing comes through, in either direction, and nobody is told: as when a switch
 * drops packets, and unlike a server that is down. Thread-safe.
 */
final class SoakRelay implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean isCut;

    /** @param target port on loopback */
    SoakRelay(InetAddress host, int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 100, host);
        } catch (IOException failed) {
            throw new BenchFailure("no free port", failed);
        }
        start("relay", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void cut() {
        isCut = true;
    }

    /** What was held back goes on its way. */
    synchronized void heal() {
        isCut = false;
        notifyAll();
    }

    private synchronized void awaitWhole() throws InterruptedException {
        while (isCut) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                start("relay-to", () -> connect(client));
            }
        } catch (IOException closed) {
            open.forEach(SoakRelay::close);
        }
    }

    private void connect(Socket client) {
        open.add(client);
        try {
            awaitWhole();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("relay-back", () -> pump(server, client));
            pump(client, server);
        } catch (IOException away) {
            end(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitWhole();
                out.write(buffer, 0, length);
            }
            awaitWhole(); // the end of a connection does not come through either
        } catch (IOException broken) {
            // both ends are closed below
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        close(socket);
        open.remove(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed all the same
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, BUFFER * 4L);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        heal();
        door.close();
    }
}
