// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import it.unimi.dsi.fastutil.ints.Int2ObjectLinkedOpenHashMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.Submit;

/**
 * SUBMIT_SM that timed out, remembered by sequence_number in case the answer comes after all, some SMSCs take 40 minutes. When there
 * are too many the oldest are forgotten; their answers are then unexpected ones. Confined to the link's event loop.
 */
final class LateAnswers {
    /** Who waits no longer. */
    record Overdue(Submit submit, long sentNanos) {}

    private final Int2ObjectLinkedOpenHashMap<Overdue> bySequenceNumber = new Int2ObjectLinkedOpenHashMap<>();
    private final int limit;

    LateAnswers(int limit) {
        this.limit = limit;
    }

    void remember(int sequenceNumber, Submit submit, long sentNanos) {
        if (limit == 0) {
            return;
        }
        bySequenceNumber.remove(sequenceNumber); // sequence numbers come round again
        if (bySequenceNumber.size() >= limit) {
            bySequenceNumber.removeFirst();
        }
        bySequenceNumber.put(sequenceNumber, new Overdue(submit, sentNanos));
    }

    /** @return null if nobody with this number is remembered; each is given out once */
    @Nullable
    Overdue take(int sequenceNumber) {
        return bySequenceNumber.isEmpty() ? null : bySequenceNumber.remove(sequenceNumber);
    }
}
