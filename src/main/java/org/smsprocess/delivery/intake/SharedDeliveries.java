// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.intake.AcceptBatch.Key;

/** The deliveries that small requests join on this node, for a period each; the eldest are forgotten first. Thread-safe. */
final class SharedDeliveries {
    /** More kinds of small requests within a period than anybody has; a forgotten one only begins another delivery. */
    private static final int MOST = 1000;

    private record Open(long id, long sinceNanos) {}

    private final Map<Key, Open> byKey = new LinkedHashMap<>();
    private final long periodNanos;
    private final LongSupplier nanoTime;

    SharedDeliveries(Duration period, LongSupplier nanoTime) {
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    synchronized @Nullable Long find(Key key) {
        Open open = byKey.get(key);
        return open == null || nanoTime.getAsLong() - open.sinceNanos() > periodNanos ? null : open.id();
    }

    /** Its row is committed. */
    synchronized void opened(Key key, long id) {
        byKey.remove(key);
        byKey.put(key, new Open(id, nanoTime.getAsLong()));
        if (byKey.size() > MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
    }
}
