// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.requests;

import org.jspecify.annotations.Nullable;

/**
 * A message that the SMSC has accepted, as a request about it needs it.
 *
 * @param sender as the delivery set it; null: the account's source-number
 * @param providerId as the SMSC wrote it; of a long message that of part 1
 */
public record SentMessage(
        long mtId,
        String account,
        String recipient,
        @Nullable String sender,
        String providerId) {}
