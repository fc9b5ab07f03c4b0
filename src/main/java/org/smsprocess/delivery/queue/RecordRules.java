// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;

/**
 * How {@link Settlement.Kind#RETRY} and {@link Settlement.Kind#IN_DOUBT} are recorded.
 *
 * @param maxAttempts attempts of a part before its unsent messages fail (part-retry-count)
 * @param retryDelay smallest delay before a part is tried again
 * @param inDoubtWait how long an IN_DOUBT message waits for a late answer or SR before a RESEND
 * @param queryAfter after which the SMSC is asked for what is still open of a part, null: never
 */
public record RecordRules(
        int maxAttempts,
        Duration retryDelay,
        InDoubtPolicy inDoubt,
        Duration inDoubtWait,
        @Nullable Duration queryAfter) {

    /** Without QUERY_SM. */
    public RecordRules(int maxAttempts, Duration retryDelay, InDoubtPolicy inDoubt, Duration inDoubtWait) {
        this(maxAttempts, retryDelay, inDoubt, inDoubtWait, null);
    }
}
