// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.concurrent.atomic.AtomicInteger;

/** The messages that the whole node may hold in memory at once (max-waiting-messages). Thread-safe. */
public final class MessageBudget {
    private final int limit;
    private final AtomicInteger used = new AtomicInteger();

    public MessageBudget(int limit) {
        this.limit = limit;
    }

    /** @return what may be taken now: {@code wanted}, fewer, or 0 */
    int take(int wanted) {
        while (true) {
            int before = used.get();
            int granted = Math.min(wanted, limit - before);
            if (granted <= 0) {
                return 0;
            }
            if (used.compareAndSet(before, before + granted)) {
                return granted;
            }
        }
    }

    /** A part was larger than what was taken for it: parts are claimed whole, so the limit can be passed by one part. */
    void takeMore(int count) {
        used.addAndGet(count);
    }

    void giveBack(int count) {
        used.addAndGet(-count);
    }

    public int used() {
        return used.get();
    }
}
