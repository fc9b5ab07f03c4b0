// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.smsprocess.smpp.Submit;

/** Batches that were handed over, until the last SUBMIT_SM of each has been written. Confined to the link's event loop. */
final class WaitingSubmits {
    private record Batch(List<Submit> submits, CompletableFuture<Void> written) {}

    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> done = new ArrayList<>();
    private int nextOfFirst;
    private int count;

    void add(List<Submit> submits, CompletableFuture<Void> written) {
        batches.add(new Batch(submits, written));
        count += submits.size();
    }

    int count() {
        return count;
    }

    /** @throws java.util.NoSuchElementException if {@link #count} is 0 */
    Submit next() {
        Batch first = batches.getFirst();
        Submit submit = first.submits().get(nextOfFirst++);
        count--;
        if (nextOfFirst == first.submits().size()) {
            nextOfFirst = 0;
            done.add(batches.removeFirst().written());
        }
        return submit;
    }

    /** Completes the batches of which {@link #next} has given the last; to be called once they are on the socket. */
    void completeDone() {
        if (done.isEmpty()) {
            return;
        }
        List<CompletableFuture<Void>> written = List.copyOf(done);
        done.clear(); // first: completing may lead back here
        written.forEach(batch -> batch.complete(null));
    }
}
