// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

/**
 * Counts events of the last second exactly, whatever second one looks at: an event at t counts until t + 1 s, that
 * moment excluded. Events at one instant share an entry, so memory follows the number of socket reads. Not thread-safe;
 * times are {@link System#nanoTime()}.
 */
final class SlidingSecond {
    private static final long SECOND = 1_000_000_000L;

    private long[] times = new long[16];
    private int[] counts = new int[16];
    private int first;
    private int entries;
    private int sum;
    private int max;

    void add(long now) {
        add(now, now);
    }

    /**
     * An event of which only this is known: it was not before {@code since}, and it was over at {@code now}. Then {@link #max} is what
     * surely came within a second, the least that any times in between would give. Neither may be earlier than the last time.
     */
    void add(long since, long now) {
        forget(now);
        if (entries > 0) {
            int last = first + entries - 1 & times.length - 1;
            if (times[last] == since) {
                counts[last]++;
                count();
                return;
            }
        }
        if (entries == times.length) {
            grow();
        }
        int at = first + entries++ & times.length - 1;
        times[at] = since;
        counts[at] = 1;
        count();
    }

    int inLastSecond(long now) {
        forget(now);
        return sum;
    }

    /** The largest number that any second had. */
    int max() {
        return max;
    }

    void resetMax() {
        max = sum;
    }

    private void count() {
        max = Math.max(max, ++sum);
    }

    private void forget(long now) {
        while (entries > 0 && now - times[first] >= SECOND) {
            sum -= counts[first];
            first = first + 1 & times.length - 1;
            entries--;
        }
    }

    private void grow() {
        long[] moreTimes = new long[times.length * 2];
        int[] moreCounts = new int[times.length * 2];
        for (int i = 0; i < entries; i++) {
            moreTimes[i] = times[first + i & times.length - 1];
            moreCounts[i] = counts[first + i & times.length - 1];
        }
        times = moreTimes;
        counts = moreCounts;
        first = 0;
    }
}
