// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.webhooks;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.MoSettings.Webhook;
import org.smsprocess.mo.inbox.MoMetrics;
import org.smsprocess.mo.inbox.Printable;
import org.smsprocess.mo.webhooks.WebhookQueue.Due;
import org.smsprocess.store.Database;

/**
 * Tells the accounts' webhooks of their MO, a few at once for each account: a receiver that is slow or away delays its own MO only. What
 * is under way when the node dies is told again by another. Thread-safe.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MULTIPLE_CHOICES = 300;

    private final WebhookQueue queue;
    private final WebhookSettings settings;
    private final Function<String, Optional<AccountSettings>> accounts;
    private final MoMetrics metrics;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final HttpClient client;
    private final Map<String, Calls> byAccount = new ConcurrentHashMap<>();

    /** What is under way for an account. */
    private static final class Calls {
        private int open;
        private boolean isClaiming;
        private boolean isLookedForAgain;

        /** @return how many more may be claimed, 0 if a claim is under way */
        synchronized int beginClaim(int limit) {
            if (isClaiming) {
                isLookedForAgain = true;
                return 0;
            }
            isClaiming = open < limit;
            return limit - open;
        }

        /** @return whether to look again */
        synchronized boolean endClaim(int claimed) {
            boolean again = isLookedForAgain;
            open += claimed;
            isClaiming = false;
            isLookedForAgain = false;
            return again;
        }

        synchronized void ended() {
            open--;
        }
    }

    public Webhooks(
            Database database,
            WebhookSettings settings,
            Function<String, Optional<AccountSettings>> accounts,
            MoMetrics metrics,
            InstantSource clock) {
        this.queue = new WebhookQueue(database);
        this.settings = settings;
        this.accounts = accounts;
        this.metrics = metrics;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "sms-webhook");
            thread.setDaemon(true);
            return thread;
        });
        this.client = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Calls what is due of an account; returns at once. */
    public void look(String account) {
        Optional<Webhook> webhook =
                accounts.apply(account).flatMap(known -> known.mo().webhook());
        if (webhook.isEmpty()) {
            return;
        }
        Calls calls = byAccount.computeIfAbsent(account, name -> new Calls());
        int limit = calls.beginClaim(settings.concurrency());
        if (limit <= 0) {
            return;
        }
        queue.claim(account, limit, settings.timeout().multipliedBy(2).plus(settings.claimMargin()))
                .whenComplete((due, failure) -> {
                    List<Due> claimed = due == null ? List.of() : due;
                    boolean again = calls.endClaim(claimed.size());
                    if (failure != null) {
                        LOG.warn("{}: webhook calls not claimed, tried again: {}", account, failure.toString());
                    } else {
                        claimed.forEach(each -> call(account, webhook.get(), each, calls));
                    }
                    if (again && failure == null) {
                        look(account);
                    }
                });
    }

    /** Forgets what has been tried for too long. */
    public void giveUp(String account) {
        queue.giveUp(account, settings.giveUpAfter()).whenComplete((count, failure) -> {
            if (count != null && count > 0) {
                metrics.untold(account, count);
                LOG.error(
                        "{}: the webhook has not taken {} MO in {}: they are in the inbox only",
                        account,
                        count,
                        settings.giveUpAfter());
            }
        });
    }

    private void call(String account, Webhook webhook, Due due, Calls calls) {
        client.sendAsync(
                        WebhookCall.request(webhook, due.mo(), clock.instant(), settings.timeout()),
                        BodyHandlers.discarding())
                .handle((response, failure) -> problem(response, failure))
                .thenCompose(problem -> settle(account, due, problem).toCompletableFuture())
                .whenComplete((settled, failure) -> {
                    calls.ended();
                    if (failure != null) {
                        LOG.warn(
                                "{}: result of a webhook call not recorded, it is made again: {}",
                                account,
                                failure.toString());
                    } else {
                        look(account);
                    }
                });
    }

    /** @return empty when the receiver has taken it */
    private static Optional<String> problem(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
        if (response == null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return Optional.of(String.valueOf(cause));
        }
        int status = response.statusCode();
        return status >= 200 && status < MULTIPLE_CHOICES ? Optional.empty() : Optional.of("HTTP " + status);
    }

    private CompletionStage<Integer> settle(String account, Due due, Optional<String> problem) {
        if (problem.isEmpty()) {
            metrics.told(account);
            return queue.done(due.mo().id());
        }
        Duration wait = settings.retryAfter(due.attempts());
        LOG.debug("{}: webhook has not taken MO {}: {}", account, due.mo().id(), problem.get());
        metrics.tellAgain(account);
        return queue.again(due.mo().id(), wait, Printable.of(problem.get()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
