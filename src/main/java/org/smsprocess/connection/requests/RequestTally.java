// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.requests;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what came of CANCEL_SM and QUERY_SM on this node. Thread-safe. */
public final class RequestTally {
    /** What came of one. */
    public enum Result {
        CANCELLED,
        CANCEL_REFUSED,
        CANCEL_UNANSWERED,
        /** A final state: the message is settled by it. */
        QUERY_FINAL,
        /** Still on its way, or a state that tells nothing. */
        QUERY_OPEN,
        QUERY_REFUSED,
        QUERY_UNANSWERED
    }

    /** One row. */
    public record Key(String account, Result result) {}

    private final ConcurrentMap<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String account, Result result) {
        counts.computeIfAbsent(new Key(account, result), key -> new LongAdder()).increment();
    }

    public Map<Key, Long> snapshot() {
        Map<Key, Long> copy = new TreeMap<>(Comparator.comparing(Key::account).thenComparing(Key::result));
        counts.forEach((key, count) -> copy.put(key, count.sum()));
        return copy;
    }
}
