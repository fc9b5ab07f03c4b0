// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import org.smsprocess.delivery.requests.QueryWatches;

/** One part whose open messages are being asked for. Confined to the inquiries. */
final class QueryRound {
    private final QueryWatches.Watch watch;
    private int asked;
    private int answered;
    long keptNanos;

    QueryRound(QueryWatches.Watch watch, long keptNanos) {
        this.watch = watch;
        this.keptNanos = keptNanos;
    }

    QueryWatches.Watch watch() {
        return watch;
    }

    boolean hasNext() {
        return asked < watch.open().size();
    }

    QueryBacklog.Next next() {
        return new QueryBacklog.Next(this, watch.open().get(asked++));
    }

    /** @return whether that was the last answer */
    boolean answered() {
        return ++answered == watch.open().size();
    }
}
