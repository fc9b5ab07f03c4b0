// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.message;

/**
 * Layout of an MT's id: {@code part_id * 1024 + index}.
 *
 * <p>A delivery part is therefore a contiguous range of the {@code message} primary key, and nothing else needs an index.
 * Example: part 7, index 3 is 7171; part 7 is the range 7168 to 8191.
 */
public final class MtId {
    /** Ids a part owns; the number of messages in a part may be lower. */
    public static final int PART_CAPACITY = 1024;

    private MtId() {}

    /** @throws IllegalArgumentException if {@code index} is not in 0 to 1023 */
    public static long of(long partId, int index) {
        if (index < 0 || index >= PART_CAPACITY) {
            throw new IllegalArgumentException(
                    "index " + index + " is out of range (0 to " + (PART_CAPACITY - 1) + ")");
        }
        return partId * PART_CAPACITY + index;
    }

    public static long partOf(long mtId) {
        return Math.floorDiv(mtId, PART_CAPACITY);
    }
}
