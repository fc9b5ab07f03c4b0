// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out concatenation references so that consecutive long messages to one destination never share one: a handset would
 * mix their parts. Thread-safe; its memory is fixed by its size, 10 octets a destination.
 *
 * <p>A destination has a counter that starts at random. Counters live in sets of eight, chosen by a 64-bit hash of the
 * destination; within a set the one unused for longest makes room. Two destinations of one hash would share a counter, which
 * does no harm.
 *
 * <pre>
 *   keys      │ set 0: k0 … k7 │ set 1: k0 … k7 │ …    most recently used first
 *   counters  │        c0 … c7 │        c0 … c7 │ …
 * </pre>
 */
public final class ConcatReference {
    private static final int WAYS = 8;
    private static final int LOCKS = 64;

    private final long[] keys;
    private final short[] counters;
    private final int setMask;
    private final Object[] locks = new Object[LOCKS];

    /** @param destinations how many to remember, at least 8; rounded up to a power of two */
    public ConcatReference(int destinations) {
        if (destinations < WAYS || destinations > 1 << 26) {
            throw new IllegalArgumentException(destinations + " destinations is out of range (8 to " + (1 << 26) + ")");
        }
        int sets = Integer.highestOneBit(Math.max(1, (destinations - 1) / WAYS)) * (destinations > WAYS ? 2 : 1);
        keys = new long[sets * WAYS];
        counters = new short[sets * WAYS];
        setMask = sets - 1;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    /** The next reference, 0 to 65535; its low 8 bits alone differ from the last one's, too. */
    public int next(String destination) {
        long key = hash(destination);
        int set = (int) (key >>> 32) & setMask;
        synchronized (locks[set % LOCKS]) {
            int first = set * WAYS;
            int at = first;
            while (at < first + WAYS && keys[at] != key) {
                at++;
            }
            boolean known = at < first + WAYS;
            int counter = known ? counters[at] + 1 : ThreadLocalRandom.current().nextInt();
            int oldest = known ? at : first + WAYS - 1;
            System.arraycopy(keys, first, keys, first + 1, oldest - first);
            System.arraycopy(counters, first, counters, first + 1, oldest - first);
            keys[first] = key;
            counters[first] = (short) counter;
            return counter & 0xFFFF;
        }
    }

    /** FNV-1a with a final mix; never 0, which marks a free counter. */
    private static long hash(String destination) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < destination.length(); i++) {
            hash = (hash ^ destination.charAt(i)) * 0x100000001B3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xD6E8FEB86659FD93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
