// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.util.concurrent.locks.LockSupport;

/** How late this machine wakes up a thread that asked for a millisecond's sleep: what a busy machine adds to every time measured. */
final class Lateness implements AutoCloseable {
    private static final long STEP_NANOS = 1_000_000;

    private final Thread thread = new Thread(this::run, "bench-lateness");
    private volatile boolean isClosed;
    private volatile long mostNanos;

    Lateness() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            long start = System.nanoTime();
            LockSupport.parkNanos(STEP_NANOS);
            mostNanos = Math.max(mostNanos, System.nanoTime() - start - STEP_NANOS);
        }
    }

    double mostMillis() {
        return mostNanos / 1e6;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
