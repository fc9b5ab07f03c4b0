// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the delivery log.
 *
 * @param parts SMS it took
 * @param attempts times it was tried in vain
 * @param resends times it was sent again although it may have arrived
 * @param cancellation what came of a request to cancel it at the SMSC: {@code requested} while that is open, null without one
 */
public record MessageInfo(
        long id,
        String account,
        long deliveryId,
        String recipient,
        @Nullable String sender,
        @Nullable String text,
        @Nullable String fields,
        @Nullable String reference,
        Status status,
        int parts,
        int attempts,
        int resends,
        @Nullable String resendReason,
        @Nullable String providerId,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant submittedAt,
        @Nullable Instant sentAt,
        @Nullable Instant finalAt,
        @Nullable String cancellation) {

    /** As in the column {@code status}. */
    public enum Status {
        QUEUED,
        SUBMITTING,
        SENT,
        VERIFIED,
        DELIVERED,
        FAILED,
        IN_DOUBT,
        HELD,
        CANCELLED
    }
}
