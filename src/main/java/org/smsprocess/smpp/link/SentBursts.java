// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

/**
 * What was sent when: a ring of (time, count), oldest first. What leaves within half a millisecond is one entry, under the time of
 * the last of them: later than true, so an interval that is free by these books is free. That bounds the ring: about 2,000 entries
 * a second, however high the rate. Times are nanoseconds. Not thread-safe.
 */
final class SentBursts {
    private static final long SAME_NANOS = 500_000;

    private long[] times = new long[64]; // always a power of two
    private int[] counts = new int[64];
    private int first;
    private int entries;
    private int sum;
    private long lastBeganNanos;

    void add(int count, long nowNanos) {
        if (entries > 0 && nowNanos - lastBeganNanos < SAME_NANOS) {
            int last = index(entries - 1);
            counts[last] += count;
            times[last] = nowNanos;
        } else {
            if (entries == times.length) {
                grow();
            }
            int next = index(entries++);
            times[next] = nowNanos;
            counts[next] = count;
            lastBeganNanos = nowNanos;
        }
        sum += count;
    }

    /** Drops what was sent at or before this time. */
    void forget(long upToNanos) {
        while (entries > 0 && times[first] - upToNanos <= 0) { // a difference, because nanoTime may overflow
            sum -= counts[first];
            first = index(1);
            entries--;
        }
    }

    /** How many are remembered. */
    int sum() {
        return sum;
    }

    /** When the oldest remembered ones were sent; only while {@link #sum} is not 0. */
    long oldestNanos() {
        return times[first];
    }

    private int index(int entry) {
        return first + entry & times.length - 1;
    }

    private void grow() {
        long[] moreTimes = new long[times.length * 2];
        int[] moreCounts = new int[times.length * 2];
        for (int entry = 0; entry < entries; entry++) {
            moreTimes[entry] = times[index(entry)];
            moreCounts[entry] = counts[index(entry)];
        }
        times = moreTimes;
        counts = moreCounts;
        first = 0;
    }
}
