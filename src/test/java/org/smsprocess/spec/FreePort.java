// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of 127.0.0.1 for who has to know it before it listens, or listens again later. Below the ports that systems give to whoever asks
 * for none (from 32768, RFC 6335: from 49152): a connection made meanwhile does not take it. No port is given twice.
 */
public final class FreePort {
    private static final int FIRST = 12_000;
    private static final int COUNT = 18_000;
    /** Another JVM on this machine begins elsewhere. */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

    private FreePort() {}

    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        throw new IllegalStateException("no port is free");
    }
}
