// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.smsprocess.delivery.log.FinalStatus;

/** Final statuses that are journaled and not yet in the delivery log, by the ordinal of their event. Not thread-safe. */
final class Unlogged {
    private final TreeMap<Long, List<FinalStatus>> byOrdinal = new TreeMap<>();
    private int size;

    void add(long ordinal, List<FinalStatus> statuses) {
        if (!statuses.isEmpty()) {
            byOrdinal.put(ordinal, statuses);
            size += statuses.size();
        }
    }

    void remove(long ordinal) {
        List<FinalStatus> statuses = byOrdinal.remove(ordinal);
        size -= statuses == null ? 0 : statuses.size();
    }

    void removeTo(long ordinal) {
        while (!byOrdinal.isEmpty() && byOrdinal.firstKey() <= ordinal) {
            remove(byOrdinal.firstKey());
        }
    }

    /** All statuses of events up to this are in the log. @param last ordinal of the last event */
    long loggedTo(long last) {
        return byOrdinal.isEmpty() ? last : byOrdinal.firstKey() - 1;
    }

    /** Statuses, not events. */
    int size() {
        return size;
    }

    /** By ordinal, oldest first; a copy. */
    List<Map.Entry<Long, List<FinalStatus>>> entries() {
        return new ArrayList<>(byOrdinal.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
