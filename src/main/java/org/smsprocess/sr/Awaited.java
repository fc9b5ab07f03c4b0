// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectIterator;

/**
 * Provider keys and what is known of them ({@link Packed}): two longs a place, nothing else. Not thread-safe.
 *
 * <p>Bytes an entry, with 16 a place: full 16 / 0.875 = 18, just grown twice that, 37. The library lets a map that shrinks go down
 * to a quarter (73 bytes) before it takes less memory; {@link #shrink} keeps it above half.
 */
final class Awaited {
    private static final float LOAD_FACTOR = 0.875f;
    private static final int WORTH_SHRINKING = 4096;

    private final Long2LongOpenHashMap map;
    private int places;

    Awaited() {
        map = new Long2LongOpenHashMap(16, LOAD_FACTOR);
        places = 32;
    }

    private Awaited(long[] keys, long[] values) {
        map = new Long2LongOpenHashMap(keys, values, LOAD_FACTOR);
        places = placesFor(keys.length);
    }

    static Awaited of(long[] keys, long[] values) {
        return new Awaited(keys, values);
    }

    /** @return 0 when there is none */
    long get(long key) {
        return map.get(key);
    }

    void put(long key, long packed) {
        map.put(key, packed);
        places = Math.max(places, placesFor(map.size()));
    }

    void remove(long key) {
        map.remove(key);
    }

    int size() {
        return map.size();
    }

    /** Heap it takes, about. */
    long octets() {
        return 16L * places;
    }

    void forEach(LongBiConsumer consumer) {
        ObjectIterator<Long2LongMap.Entry> entries = map.long2LongEntrySet().fastIterator();
        while (entries.hasNext()) {
            Long2LongMap.Entry entry = entries.next();
            consumer.accept(entry.getLongKey(), entry.getLongValue());
        }
    }

    boolean anyMatch(LongPairPredicate condition) {
        ObjectIterator<Long2LongMap.Entry> entries = map.long2LongEntrySet().fastIterator();
        while (entries.hasNext()) {
            Long2LongMap.Entry entry = entries.next();
            if (condition.test(entry.getLongKey(), entry.getLongValue())) {
                return true;
            }
        }
        return false;
    }

    void removeIf(LongPairPredicate condition) {
        ObjectIterator<Long2LongMap.Entry> entries = map.long2LongEntrySet().fastIterator();
        while (entries.hasNext()) {
            Long2LongMap.Entry entry = entries.next();
            if (condition.test(entry.getLongKey(), entry.getLongValue())) {
                entries.remove();
            }
        }
        shrink();
    }

    /** To be called after removals. Waits for a twentieth less than half, so that it is not undone by the next few entries. */
    void shrink() {
        if (places > WORTH_SHRINKING && map.size() < places * LOAD_FACTOR / 2 * 0.95f) {
            map.trim();
            places = placesFor(map.size());
        }
    }

    private static int placesFor(int entries) {
        int wanted = (int) Math.ceil(entries / (double) LOAD_FACTOR);
        return Math.max(16, Integer.highestOneBit(Math.max(1, wanted - 1)) << 1);
    }

    interface LongBiConsumer {
        void accept(long key, long packed);
    }

    interface LongPairPredicate {
        boolean test(long key, long packed);
    }
}
