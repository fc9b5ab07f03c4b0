// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
import java.util.function.LongConsumer;

/**
 * Keys of MT that got their final status, oldest first: how long they are remembered, so that a repeated SR is known. Bounded by
 * number and by time. Not thread-safe.
 */
final class RecentFinals {
    /** Times are kept for so many keys at once; a key may stay that much longer. */
    private static final int KEYS_A_MARK = 256;

    private final LongArrayFIFOQueue keys = new LongArrayFIFOQueue();
    private final LongArrayFIFOQueue marks = new LongArrayFIFOQueue();
    private int sinceMark;

    void add(long key, long atMillis) {
        if (sinceMark == 0) {
            marks.enqueue(atMillis);
        }
        keys.enqueue(key);
        sinceMark = (sinceMark + 1) % KEYS_A_MARK;
    }

    int size() {
        return keys.size();
    }

    /** Drops what is too much or too old. */
    void trim(int maxSize, long oldestMillis, LongConsumer forgotten) {
        while (keys.size() > maxSize || (marks.size() > 1 && secondMark() < oldestMillis)) {
            // whole marks at a time; the newest stays until it is complete
            if (marks.size() <= 1) {
                return;
            }
            marks.dequeueLong();
            for (int i = 0; i < KEYS_A_MARK; i++) {
                forgotten.accept(keys.dequeueLong());
            }
        }
    }

    private long secondMark() {
        long first = marks.dequeueLong();
        long second = marks.firstLong();
        marks.enqueueFirst(first);
        return second;
    }

    /** Oldest first. */
    long[] keys() {
        return contents(keys);
    }

    long[] marks() {
        return contents(marks);
    }

    /** @param marks of every 256th of the keys, the first included */
    static RecentFinals of(long[] keys, long[] marks) {
        if (marks.length != (keys.length + KEYS_A_MARK - 1) / KEYS_A_MARK) {
            throw new IllegalStateException(marks.length + " marks do not fit " + keys.length + " keys");
        }
        RecentFinals finals = new RecentFinals();
        for (int i = 0; i < keys.length; i++) {
            finals.add(keys[i], marks[i / KEYS_A_MARK]);
        }
        return finals;
    }

    private static long[] contents(LongArrayFIFOQueue queue) {
        long[] values = new long[queue.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = queue.dequeueLong();
            queue.enqueue(values[i]);
        }
        return values;
    }
}
