// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/**
 * How often each hash was seen: about 11 to 21 octets for a hash seen once. Spread over many small tables, so that none
 * ever takes long to grow. Not thread-safe.
 */
final class HashCounts {
    private static final int TABLES = 1024;

    private final LongOpenHashSet[] seen = new LongOpenHashSet[TABLES];
    private final Long2IntOpenHashMap more = new Long2IntOpenHashMap();
    private long total;
    private long distinct;

    HashCounts() {
        for (int i = 0; i < TABLES; i++) {
            seen[i] = new LongOpenHashSet();
        }
    }

    /** @return how often it had been seen before */
    int add(long hash) {
        total++;
        if (seen[table(hash)].add(hash)) {
            distinct++;
            return 0;
        }
        return more.addTo(hash, 1) + 1;
    }

    int of(long hash) {
        return seen[table(hash)].contains(hash) ? 1 + more.get(hash) : 0;
    }

    interface Visitor {
        void visit(long hash, int count);
    }

    void forEach(Visitor visitor) {
        for (LongOpenHashSet table : seen) {
            table.forEach((long hash) -> visitor.visit(hash, 1 + more.get(hash)));
        }
    }

    long total() {
        return total;
    }

    long distinct() {
        return distinct;
    }

    private static int table(long hash) {
        return (int) (Hashing.mix(hash) >>> 54);
    }
}
