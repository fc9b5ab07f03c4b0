// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a delivery until each of its messages has a final status; confined to its caller and one timer thread. */
final class DeliveryWatch {
    private static final int PERIOD_MILLIS = 250;

    private final NodeClient node;
    private final String path;
    private final PrintWriter out;
    private final CompletableFuture<Counters> end = new CompletableFuture<>();
    private @Nullable Counters shown;

    DeliveryWatch(NodeClient node, long delivery, PrintWriter out) {
        this.node = node;
        this.path = "/api/v1/deliveries/" + delivery;
        this.out = out;
    }

    /**
     * Messages by what became of them.
     *
     * @param sent with SMSC's answer, SR or not
     */
    record Counters(long accepted, long sent, long delivered, long failed, long inDoubt, long waiting) {
        static Counters of(JsonNode json) {
            long delivered = json.path("delivered").asLong();
            long awaitingSr = json.path("sent").asLong();
            long inDoubt = json.path("in_doubt").asLong() + json.path("held").asLong();
            return new Counters(
                    json.path("accepted").asLong(),
                    awaitingSr + delivered + json.path("failed_by_sr").asLong(),
                    delivered,
                    json.path("failed").asLong(),
                    inDoubt,
                    json.path("queued").asLong() + json.path("submitting").asLong() + awaitingSr);
        }

        boolean isFinal() {
            return accepted > 0 && waiting == 0;
        }

        @Override
        public String toString() {
            return "accepted " + accepted + ", sent " + sent + ", delivered " + delivered + ", failed " + failed
                    + (inDoubt == 0 ? "" : ", in doubt " + inDoubt);
        }
    }

    Counters await() {
        Counters first = counters();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "delivery-watch");
            thread.setDaemon(true);
            return thread;
        });
        try (Progress progress = Progress.of("messages", first.accepted(), "msg")) {
            timer.scheduleWithFixedDelay(() -> look(progress), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            return end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UserError error ? error : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError(SmsProcessCommand.FAILED, "interrupted; the node goes on sending");
        } finally {
            timer.shutdownNow();
        }
    }

    private void look(Progress progress) {
        try {
            Counters now = counters();
            if (Progress.isTerminal()) {
                progress.at(now.accepted() - now.waiting(), now.toString());
            } else if (!now.equals(shown)) {
                out.println(now);
                out.flush();
            }
            shown = now;
            if (now.isFinal()) {
                end.complete(now);
            }
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private Counters counters() {
        return Counters.of(node.get(path).path("counters"));
    }
}
