// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.util.List;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.smpp.Submit;

/**
 * An MT of several parts as it is to be sent. Part 1 leaves when the others were accepted: whatever becomes of those, no handset has
 * shown the text and no SR has settled it, and once part 1 is accepted the whole is.
 *
 * @param first part 1
 * @param others still to be accepted before it, 0 when that was done before
 * @param reference concatenation reference
 * @param accepted numbers of parts that the SMSC accepted at an earlier try
 */
public record LongMt(Submit first, int others, int reference, List<Integer> accepted) {
    public long mtId() {
        return first.mtId();
    }

    public LongMtProgress progress(List<Integer> acceptedNow) {
        return new LongMtProgress(reference, first.parts(), first.fields().dataCoding(), acceptedNow);
    }
}
