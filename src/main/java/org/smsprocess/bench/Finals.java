// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.smsprocess.bench.plant.BenchFailure;
import org.smsprocess.bench.plant.Pause;

/**
 * Watches the delivery log for the moment when every message of a run has its final status. Each look goes on from the first message that
 * had none, and once, when all messages are there, from the beginning: so all looks together read the log twice.
 */
final class Finals {
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration STANDSTILL = Duration.ofSeconds(90);
    private static final String FIRST_OPEN =
            "select (select id from message where id >= ? and final_at is null order by id limit 1)";

    private final Installation installation;
    private final long base;
    private long from;

    /** Messages that are there already do not count. */
    Finals(Installation installation) {
        this.installation = installation;
        base = (long) installation.postgres().numbers("select coalesce(max(id), 0) from message")[0];
        from = base + 1;
    }

    /** Messages of the run have ids beyond this one. */
    long base() {
        return base;
    }

    /** Waits until all requests are answered. */
    void awaitPosted(Load load) {
        Pause.until(load::isDone, STEP, STANDSTILL, () -> installation.node().complaint("requests are not answered"));
    }

    /** @return System.nanoTime() of the look that found all final */
    long await(Load load) {
        return await(load::isDone);
    }

    /** Of what has been posted by now. */
    void awaitFinal() {
        await(() -> true);
    }

    private long await(BooleanSupplier done) {
        long lastMove = System.nanoTime();
        boolean wasPosted = false;
        while (true) {
            boolean isPosted = done.getAsBoolean(); // before the look: what came after it would be overlooked
            if (isPosted && !wasPosted) {
                wasPosted = true;
                from = base + 1; // of two transactions the one with the greater ids may have been there first
            }
            double open = installation.postgres().numbers(FIRST_OPEN, from)[0];
            if (Double.isNaN(open) && isPosted) {
                return System.nanoTime();
            }
            if (!Double.isNaN(open) && (long) open != from) {
                from = (long) open;
                lastMove = System.nanoTime();
            }
            installation.node().check();
            if (System.nanoTime() - lastMove > STANDSTILL.toNanos()) {
                throw new BenchFailure(installation.node().complaint("message " + from + " gets no final status"));
            }
            Pause.of(STEP);
        }
    }
}
