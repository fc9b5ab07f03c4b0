// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

/**
 * 64-bit key of a normalised provider id: what correlators remember instead of the id. Two live ids of one account share a key with a
 * probability of about n² / 2⁶⁵: 10⁻⁵ at 20 million.
 */
public final class ProviderKey {
    private ProviderKey() {}

    /** Never 0, which maps use for an empty place. */
    public static long of(String providerId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < providerId.length(); i++) {
            hash = (hash ^ providerId.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }

    /** @return 0 to {@code buckets - 1} */
    public static int bucketOf(long key, int buckets) {
        return Math.floorMod((int) (key >>> 40), buckets);
    }
}
