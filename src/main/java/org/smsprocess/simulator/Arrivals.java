// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Since when octets just read can have been there. The simulator's thread looks at all its sockets before each batch of tasks, so what
 * it reads was not there two of its own ticks ago. When the machine keeps the thread waiting, the ticks are late as well, and the time
 * goes back that far: a pause of the receiver is never taken for haste of the sender. Confined to the simulator's thread.
 */
final class Arrivals {
    private final EventLoop loop;
    private final long period;
    private long last;
    private long beforeLast;

    /** @param period of the ticks; zero: none, and nothing is known */
    Arrivals(EventLoop loop, Duration period, long now) {
        this.loop = loop;
        this.period = period.toNanos();
        this.last = now;
        this.beforeLast = now;
        if (isMeasured()) {
            loop.execute(this::tick);
        }
    }

    boolean isMeasured() {
        return period > 0;
    }

    /** The latest time at which all sockets are known to have been empty; only if measured. */
    long noneBefore() {
        return beforeLast;
    }

    private void tick() {
        beforeLast = last;
        last = System.nanoTime();
        loop.schedule(this::tick, period, TimeUnit.NANOSECONDS);
    }
}
