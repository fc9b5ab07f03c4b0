// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.smsprocess.mo.inbox.InboxWriter;
import org.smsprocess.mo.inbox.NewMo;

/** An inbox in memory that fails, refuses and hesitates when told to. */
final class MemoryInbox implements InboxWriter {
    private final List<NewMo> stored = new CopyOnWriteArrayList<>();
    private final List<NewMo> failed = new CopyOnWriteArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private volatile boolean isFailing;
    private volatile String refused = "";

    @Override
    public CompletionStage<List<Outcome>> write(List<NewMo> news) {
        return gate.thenApply(open -> store(news));
    }

    private synchronized List<Outcome> store(List<NewMo> news) {
        if (isFailing) {
            failed.addAll(news);
            throw new IllegalStateException("the test wants no inbox now");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (NewMo mo : news) {
            if (refused.equals(mo.content().text())) {
                outcomes.add(Outcome.REFUSED);
            } else if (seen.add(mo.key())) {
                stored.add(mo);
                outcomes.add(Outcome.STORED);
            } else {
                outcomes.add(Outcome.DUPLICATE);
            }
        }
        return outcomes;
    }

    void hold() {
        gate = new CompletableFuture<>();
    }

    void release() {
        gate.complete(null);
    }

    void fail() {
        isFailing = true;
    }

    void work() {
        isFailing = false;
    }

    void refuse(String text) {
        refused = text;
    }

    List<NewMo> stored() {
        return stored;
    }

    List<NewMo> failed() {
        return failed;
    }

    List<String> texts() {
        return stored.stream().map(mo -> String.valueOf(mo.content().text())).toList();
    }

    void await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stored.size() >= count);
    }

    void awaitFailures(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> failed.size() >= count);
    }
}
