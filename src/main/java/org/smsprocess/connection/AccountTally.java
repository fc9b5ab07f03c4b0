// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.smsprocess.delivery.queue.Settlement;

/** Counts what became of the messages of one account. Thread-safe. */
final class AccountTally {
    private final AtomicLongArray counts = new AtomicLongArray(Settlement.Kind.values().length);

    void add(List<Settlement> settlements) {
        int[] added = new int[counts.length()];
        for (Settlement settlement : settlements) {
            added[settlement.kind().ordinal()]++;
        }
        for (int kind = 0; kind < added.length; kind++) {
            if (added[kind] > 0) {
                counts.addAndGet(kind, added[kind]);
            }
        }
    }

    long count(Settlement.Kind kind) {
        return counts.get(kind.ordinal());
    }
}
