// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.intake.Intake;
import org.smsprocess.delivery.intake.NewMt;
import org.smsprocess.message.MtId;

/** Keeps what it accepts; can be told to fail, or to wait with its answer until {@link #commit}. */
final class MemoryIntake implements Intake {
    record Request(String account, DeliverySettings settings, List<NewMt> messages) {}

    private final List<Request> requests = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private @Nullable CompletableFuture<Void> commit;

    @Override
    public synchronized CompletionStage<Accepted> accept(
            String account, DeliverySettings settings, List<NewMt> messages) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        requests.add(new Request(account, settings, messages));
        long delivery = requests.size();
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            ids.add(MtId.of(delivery, i));
        }
        Accepted accepted = new Accepted(delivery, ids);
        return commit == null ? CompletableFuture.completedFuture(accepted) : commit.thenApply(done -> accepted);
    }

    synchronized void failWith(RuntimeException failure) {
        this.failure = failure;
    }

    synchronized void holdCommits() {
        commit = new CompletableFuture<>();
    }

    void commit() {
        CompletableFuture<Void> held;
        synchronized (this) {
            held = commit;
            commit = null;
        }
        if (held != null) {
            held.complete(null);
        }
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }
}
