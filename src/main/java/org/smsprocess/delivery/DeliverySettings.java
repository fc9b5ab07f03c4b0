// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request may set for all its messages.
 *
 * @param sender source_addr, or null for the account's
 * @param priority priority_flag and order in the queue, 0 to 3
 * @param maxParts more SMS than this: the message fails; 0: no limit below 255
 * @param sendAt not before; null: now
 * @param statusReport false: registered_delivery 0 (auto-replies)
 */
public record DeliverySettings(
        @Nullable String sender,
        int priority,
        int maxParts,
        @Nullable Instant sendAt,
        boolean statusReport) {

    public static final DeliverySettings DEFAULT = new DeliverySettings(null, 0, 0, null, true);

    /** Whether it answers an MO. Such an answer also goes to a number in quarantine: "stop" is confirmed. */
    public boolean answersMo() {
        return !statusReport;
    }
}
