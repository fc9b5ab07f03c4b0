// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.delivery.intake.TransactionalIntake;
import org.smsprocess.store.Database;
import org.smsprocess.store.SqlErrors;

/**
 * Stores the MO of all handlers of a node, one transaction at a time: what arrives while one runs goes into the next. Thread-safe.
 */
public final class BatchedInboxWriter implements InboxWriter {
    private record Waiting(List<NewMo> news, CompletableFuture<List<Outcome>> outcomes) {}

    private static final Logger LOG = LoggerFactory.getLogger(BatchedInboxWriter.class);

    private final Database database;
    private final TransactionalIntake replies;
    private final Consumer<String> tellWebhook;
    private final int batchSize;
    private final MoMetrics metrics;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean isWriting;

    /** @param tellWebhook of an account: there is something to tell */
    public BatchedInboxWriter(
            Database database,
            TransactionalIntake replies,
            Consumer<String> tellWebhook,
            int batchSize,
            MoMetrics metrics) {
        this.database = database;
        this.replies = replies;
        this.tellWebhook = tellWebhook;
        this.batchSize = batchSize;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<List<Outcome>> write(List<NewMo> news) {
        Waiting added = new Waiting(news, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(added);
        }
        writeNext(false);
        return added.outcomes();
    }

    private void writeNext(boolean wasWriting) {
        List<Waiting> batch = new ArrayList<>();
        synchronized (waiting) {
            if (isWriting && !wasWriting) {
                return;
            }
            int size = 0;
            while (!waiting.isEmpty()
                    && (size == 0 || size + waiting.peek().news().size() <= batchSize)) {
                Waiting next = waiting.remove();
                size += next.news().size();
                batch.add(next);
            }
            isWriting = !batch.isEmpty();
        }
        if (!batch.isEmpty()) {
            List<NewMo> news =
                    batch.stream().flatMap(each -> each.news().stream()).toList();
            insert(news).whenComplete((outcomes, failure) -> {
                tell(batch, outcomes, failure);
                writeNext(true);
            });
        }
    }

    private CompletionStage<List<Outcome>> insert(List<NewMo> news) {
        return database.traffic()
                .transaction(connection -> InboxSql.write(connection, news, replies))
                .thenApply(written -> committed(news, written))
                .exceptionallyCompose(failure -> SqlErrors.isBadData(failure)
                        ? oneByOne(news, failure)
                        : CompletableFuture.failedStage(failure));
    }

    /** One that cannot be stored must not keep the others out. */
    private CompletionStage<List<Outcome>> oneByOne(List<NewMo> news, Throwable failure) {
        if (news.size() == 1) {
            NewMo refused = news.get(0);
            LOG.error(
                    "{}: the database refuses an MO from {} to {}, octets {}",
                    refused.account(),
                    refused.sender(),
                    refused.shortCode(),
                    HexFormat.of().formatHex(InboxSql.octets(refused)),
                    failure);
            return CompletableFuture.completedStage(List.of(Outcome.REFUSED));
        }
        CompletionStage<List<Outcome>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (NewMo mo : news) {
            all = all.thenCompose(before -> insert(List.of(mo)).thenApply(one -> {
                before.addAll(one);
                return before;
            }));
        }
        return all;
    }

    private List<Outcome> committed(List<NewMo> news, InboxSql.Written written) {
        written.afterCommit().run();
        news.stream().filter(NewMo::tell).map(NewMo::account).distinct().forEach(tellWebhook);
        List<Outcome> outcomes = written.outcomes();
        for (int i = 0; i < news.size(); i++) {
            if (outcomes.get(i) == Outcome.STORED) {
                metrics.stored(news.get(i));
            } else {
                metrics.duplicate(news.get(i).account());
            }
        }
        return outcomes;
    }

    private static void tell(List<Waiting> batch, @Nullable List<Outcome> outcomes, @Nullable Throwable failure) {
        int from = 0;
        for (Waiting each : batch) {
            int size = each.news().size();
            if (outcomes == null) {
                each.outcomes()
                        .completeExceptionally(failure == null ? new IllegalStateException("no outcome") : failure);
            } else {
                each.outcomes().complete(List.copyOf(outcomes.subList(from, from + size)));
            }
            from += size;
        }
    }
}
