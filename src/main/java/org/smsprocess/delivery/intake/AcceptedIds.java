// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.smsprocess.message.MtId;

/** The ids of one request, computed: its messages lie one after the other in full parts, or within one shared part. */
final class AcceptedIds extends AbstractList<Long> implements RandomAccess {
    private final long[] parts;
    private final int partSize;
    private final int offset;
    private final int size;

    /** @param offset index of the first message in its part; only with a single part */
    AcceptedIds(long[] parts, int partSize, int offset, int size) {
        this.parts = parts;
        this.partSize = partSize;
        this.offset = offset;
        this.size = size;
    }

    @Override
    public Long get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return parts.length == 1
                ? MtId.of(parts[0], offset + index)
                : MtId.of(parts[index / partSize], index % partSize);
    }

    @Override
    public int size() {
        return size;
    }
}
