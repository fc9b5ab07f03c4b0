// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayDeque;
import java.util.Deque;
import org.smsprocess.sr.reading.ProviderKey;

/**
 * Messages of one correlator that are watched until their SR is due: all of them while they are few, else those whose key ends in so
 * many zero bits that {@link #MOST} suffice. Keys are hashes, so whether one is watched says nothing about its SR. Of this life only.
 * Not thread-safe.
 */
final class SrSample {
    static final int MOST = 256;

    /** @param silent those of them whose SR has not come */
    record Due(int messages, int silent) {
        static final Due NONE = new Due(0, 0);
    }

    private record Taken(long key, long atMillis) {}

    private final Deque<Taken> taken = new ArrayDeque<>();
    private final LongOpenHashSet silent = new LongOpenHashSet();
    private long mask;
    private boolean isOn;

    /** Off, nothing is watched and all is forgotten. */
    void turn(boolean on) {
        isOn = on;
        if (!on && !taken.isEmpty()) {
            taken.clear();
            silent.clear();
            mask = 0;
        }
    }

    /** @param key of an accepted message, {@link ProviderKey#of} */
    void accepted(long key, long nowMillis) {
        if (isOn && (key & mask) == 0 && silent.add(key)) {
            taken.add(new Taken(key, nowMillis));
            while (taken.size() > MOST) {
                thinOut();
            }
        }
    }

    /** The final SR of a message came, watched or not. */
    void reported(long key) {
        if ((key & mask) == 0) {
            silent.remove(key);
        }
    }

    /** Takes out those that were accepted so long ago. */
    Due due(long nowMillis, long maturityMillis) {
        int messages = 0;
        int silentOnes = 0;
        while (!taken.isEmpty() && nowMillis - taken.element().atMillis() >= maturityMillis) {
            messages++;
            silentOnes += silent.remove(taken.remove().key()) ? 1 : 0;
        }
        if (taken.size() < MOST / 4) {
            mask >>>= 1;
        }
        return messages == 0 ? Due.NONE : new Due(messages, silentOnes);
    }

    int watched() {
        return taken.size();
    }

    private void thinOut() {
        mask = mask << 1 | 1;
        taken.removeIf(each -> (each.key() & mask) != 0);
        silent.removeIf(key -> (key & mask) != 0);
    }
}
