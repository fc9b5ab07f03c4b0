// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.log;

import org.jspecify.annotations.Nullable;

/**
 * A final SR for the delivery log.
 *
 * @param delivered else failed
 * @param providerId fills the log's provider id when the answer that gave it was lost, or null
 * @param stat as the SMSC wrote it
 * @param err as the SMSC wrote it, or empty
 * @param receivedAtMillis epoch milliseconds
 */
public record FinalStatus(
        long mtId, boolean delivered, @Nullable String providerId, String stat, String err, long receivedAtMillis) {}
