// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import org.smsprocess.sr.reading.MessageReference;

/**
 * What a correlator knows about one provider id, in 64 bits.
 *
 * <pre>
 * bit 63..11  MT id, 1 to 2⁵² - 1; so no value is 0
 * bit 10..3   epoch of submission, modulo 256 (an epoch is four hours: 42 days until it wraps)
 * bit 2       a part after the first
 * bit 1       final
 * bit 0       delivered, when final
 * </pre>
 *
 * Parts after the first are never final, so what is known by {@link MessageReference} has its bits there: 101 awaits its SR, 111
 * stands for more than one MT. After its SR it is like a later part: acknowledged, no effect.
 *
 * The epoch makes retention exact for messages that were accepted long before they were sent, which a watermark of ids would not.
 */
final class Packed {
    static final long MAX_MT_ID = (1L << 52) - 1;
    static final long EPOCH_MILLIS = 4 * 3_600_000L;

    /** Epochs that an age can be told for. */
    static final int MAX_AGE = 200;

    private static final int DELIVERED = 1;
    private static final int FINAL = 2;
    private static final int LATER = 4;
    private static final int REFERENCE = LATER | DELIVERED;
    private static final int AMBIGUOUS = LATER | FINAL | DELIVERED;
    private static final int KIND = LATER | FINAL | DELIVERED;

    private Packed() {}

    static boolean fits(long mtId) {
        return mtId >= 1 && mtId <= MAX_MT_ID;
    }

    static long of(long mtId, boolean isLaterPart, long atMillis) {
        if (!fits(mtId)) {
            throw new IllegalArgumentException("MT id " + mtId + " is out of range (1 to " + MAX_MT_ID + ")");
        }
        return mtId << 11 | (epochOf(atMillis) & 0xFF) << 3 | (isLaterPart ? LATER : 0);
    }

    static long epochOf(long atMillis) {
        return Math.floorDiv(atMillis, EPOCH_MILLIS);
    }

    static long mtId(long packed) {
        return packed >>> 11;
    }

    /** Epochs since the submission, 0 to 255. */
    static int age(long packed, long nowMillis) {
        return (int) (epochOf(nowMillis) - (packed >>> 3) & 0xFF);
    }

    static boolean isLaterPart(long packed) {
        return (packed & LATER) != 0;
    }

    static boolean isFinal(long packed) {
        return (packed & FINAL) != 0;
    }

    static boolean isDelivered(long packed) {
        return (packed & DELIVERED) != 0;
    }

    static long asFinal(long packed, boolean delivered) {
        return packed | FINAL | (delivered ? DELIVERED : 0);
    }

    /** @param present what the key stands for, 0 when for nothing */
    static long withReference(long present, long mtId, long atMillis) {
        if (present == 0) {
            return of(mtId, true, atMillis) | REFERENCE;
        }
        return mtId(present) == mtId ? present : of(mtId, true, atMillis) | AMBIGUOUS;
    }

    static boolean isReference(long packed) {
        return (packed & KIND) == REFERENCE;
    }

    static boolean isAmbiguous(long packed) {
        return (packed & KIND) == AMBIGUOUS;
    }

    static boolean isSame(long packed, long mtId, boolean isLaterPart) {
        return mtId(packed) == mtId && isLaterPart(packed) == isLaterPart;
    }
}
