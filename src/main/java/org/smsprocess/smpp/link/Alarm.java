// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Rings once, at the earliest time anybody asked for, and tells the time then. Confined to its event loop. */
final class Alarm {
    private final EventLoop loop;
    private final LongConsumer action;
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> armed;
    private long dueNanos;

    Alarm(EventLoop loop, LongConsumer action) {
        this.loop = loop;
        this.action = action;
    }

    /** Sets it, unless it is set to an earlier time already. */
    void within(long delayNanos, long nowNanos) {
        if (armed != null) {
            if (dueNanos - nowNanos <= delayNanos) {
                return;
            }
            armed.cancel(false);
        }
        dueNanos = nowNanos + delayNanos;
        armed = loop.schedule(this::ring, delayNanos, TimeUnit.NANOSECONDS);
    }

    boolean isArmed() {
        return armed != null;
    }

    void cancel() {
        if (armed != null) {
            armed.cancel(false);
            armed = null;
        }
    }

    private void ring() {
        armed = null;
        action.accept(System.nanoTime());
    }
}
