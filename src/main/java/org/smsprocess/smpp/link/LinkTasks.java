// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what a link has to do on its event loop. A task that fails is a bug: it ends the link, which settles everything that is open,
 * instead of leaving it half alive. Thread-safe.
 */
final class LinkTasks {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTasks.class);

    private final String name;
    private final EventLoop loop;
    private final Consumer<String> end;

    /** @param end ends the link, called on the event loop with the reason */
    LinkTasks(String name, EventLoop loop, Consumer<String> end) {
        this.name = name;
        this.loop = loop;
        this.end = end;
    }

    Alarm alarm(LongConsumer action) {
        return new Alarm(loop, nowNanos -> guarded(action, nowNanos));
    }

    /** @return false if the connector, and every link with it, is closed */
    boolean run(LongConsumer task) {
        try {
            loop.execute(() -> guarded(task, System.nanoTime()));
            return true;
        } catch (RejectedExecutionException closed) {
            LOG.debug("{}: the connector is closed", name);
            return false;
        }
    }

    private void guarded(LongConsumer task, long nowNanos) {
        try {
            task.accept(nowNanos);
        } catch (RuntimeException bug) {
            LOG.error("{}: bug", name, bug);
            end.accept("internal error: " + bug);
        }
    }
}
