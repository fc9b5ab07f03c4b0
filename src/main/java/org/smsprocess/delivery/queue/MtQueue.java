// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The queue of delivery parts and what becomes of their messages. Stages fail with the database's error; nothing blocks. */
public interface MtQueue {
    /**
     * What a slot took.
     *
     * @param isAll no other part was due and free
     */
    record Claim(List<ClaimedPart> parts, boolean isAll) {
        static final Claim NOTHING = new Claim(List.of(), true);
    }

    /**
     * Takes due parts of the account, by priority and due time, until {@code maxMessages} or {@code maxParts} is reached (at least
     * one part when there is one), and reads their messages that are still to be sent.
     *
     * @return nothing when there is no work, or the epoch is not the slot's current one
     */
    CompletionStage<Claim> claim(SlotEpoch slot, int maxMessages, int maxParts);

    /** Marks messages {@code submitting} before they reach the socket (in-doubt policies hold and fail). */
    CompletionStage<Void> submitting(SlotEpoch slot, long[] mtIds);

    /**
     * Settles messages and closes parts, in one transaction. Idempotent: a message that is already sent, failed or final keeps its
     * status.
     *
     * @param doneParts parts all of whose messages have been settled, by this call or before: deleted if still owned
     */
    CompletionStage<Void> record(SlotEpoch slot, List<Settlement> settlements, List<Long> doneParts, RecordRules rules);

    /**
     * Parts that an earlier epoch of this slot (or a slot that is no more, see {@link #adopt}) claimed and did not close, now owned
     * by this epoch, with the messages that may have been submitted and have no outcome.
     */
    CompletionStage<List<ClaimedPart>> recover(SlotEpoch slot);

    /**
     * The same while the slot sends: only parts of earlier epochs and those that were adopted, because what this epoch claims may be on
     * its way to its session.
     */
    CompletionStage<List<ClaimedPart>> recoverEarlier(SlotEpoch slot);

    /** Gives unfinished parts back to the queue; only for parts none of whose unsettled messages can have been submitted. */
    CompletionStage<Void> release(SlotEpoch slot, List<Long> partIds);

    /** Hands parts of slots of this account that are not in {@code liveSlots} and hold no lease to this slot, for {@link #recover}. */
    CompletionStage<Integer> adopt(SlotEpoch slot, List<String> liveSlots);
}
