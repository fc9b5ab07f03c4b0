// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import org.jspecify.annotations.Nullable;

/**
 * What a slot learned about one MT, to be recorded in bulk.
 *
 * @param partId the part it was claimed with
 * @param parts SMS it took, 0 when it was not sent
 * @param providerId of part 1
 * @param error reason of FAILED, RETRY and IN_DOUBT
 * @param submittedAtMillis first SUBMIT_SM written, epoch milliseconds, 0 when none was
 * @param settledAtMillis epoch milliseconds
 * @param progress of a long MT of which some parts were accepted and others were not, else null
 */
public record Settlement(
        long mtId,
        long partId,
        Kind kind,
        int parts,
        @Nullable String providerId,
        @Nullable String error,
        long submittedAtMillis,
        long settledAtMillis,
        @Nullable LongMtProgress progress) {

    /** Without progress: a message that was sent as a whole, or nothing of it. */
    public Settlement(
            long mtId,
            long partId,
            Kind kind,
            int parts,
            @Nullable String providerId,
            @Nullable String error,
            long submittedAtMillis,
            long settledAtMillis) {
        this(mtId, partId, kind, parts, providerId, error, submittedAtMillis, settledAtMillis, null);
    }

    @Nullable
    String progressText() {
        return progress == null ? null : progress.toText();
    }

    /** Where the message goes. */
    public enum Kind {
        /** Accepted by the SMSC. */
        SENT,
        /** verify-mode: everything but the wire. */
        VERIFIED,
        /** Will not be sent. */
        FAILED,
        /** Not accepted for now: tried again with a retry part, or failed when the attempts are spent. */
        RETRY,
        /** Not written: back to the queue at once, no attempt spent. */
        REQUEUE,
        /** Written, answer lost: the account's in-doubt policy decides. */
        IN_DOUBT
    }
}
