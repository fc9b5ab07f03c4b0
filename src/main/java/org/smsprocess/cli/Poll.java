// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Looks again and again until there is something to see. */
final class Poll {
    private static final int PERIOD_MILLIS = 250;

    private Poll() {}

    /** @return what was seen, or empty after the timeout */
    static <T> Optional<T> until(Duration timeout, Supplier<Optional<T>> look) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "poll");
            thread.setDaemon(true);
            return thread;
        });
        CompletableFuture<T> seen = new CompletableFuture<>();
        timer.scheduleWithFixedDelay(() -> look(look, seen), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return Optional.of(seen.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UserError error ? error : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(SmsProcessCommand.FAILED, "interrupted");
        } finally {
            timer.shutdownNow();
        }
    }

    private static <T> void look(Supplier<Optional<T>> look, CompletableFuture<T> seen) {
        try {
            look.get().ifPresent(seen::complete);
        } catch (RuntimeException e) {
            seen.completeExceptionally(e);
        }
    }
}
