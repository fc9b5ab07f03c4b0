// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often ids were answered as unknown ({@code invalid-id-acknowledge-count}); bounded, oldest forgotten first. Not thread-safe. */
final class UnknownIds {
    private final Map<Long, Integer> counts;

    UnknownIds(int max) {
        counts = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
                return size() > max;
            }
        };
    }

    boolean contains(long key) {
        return counts.containsKey(key);
    }

    /** Seen once more. @return whether that was the {@code n}-th time, so that it is accepted; 0: never */
    boolean isAcceptedNow(long key, int n) {
        int seen = counts.merge(key, 1, Integer::sum);
        if (n > 0 && seen >= n) {
            counts.remove(key);
            return true;
        }
        return false;
    }
}
