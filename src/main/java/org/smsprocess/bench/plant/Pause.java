// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting, in a program whose whole business is to look at the clock. */
public final class Pause {
    private Pause() {}

    public static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new BenchFailure("interrupted");
            }
        }
    }

    /**
     * Asks every {@code step} until it is so.
     *
     * @throws BenchFailure with {@code complaint} after {@code most}
     */
    public static void until(BooleanSupplier so, Duration step, Duration most, Supplier<String> complaint) {
        long start = System.nanoTime();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - start > most.toNanos()) {
                throw new BenchFailure(complaint.get());
            }
            of(step);
        }
    }
}
