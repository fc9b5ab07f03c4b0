// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;

/**
 * A delivery part that a slot owns, with its messages that still have to be sent.
 *
 * @param template the delivery's template, or null when each message has its text
 * @param attempt 1 for the first try of this part
 * @param messages may be empty: then the part only has to be closed by recording it as done
 */
public record ClaimedPart(
        long partId,
        long deliveryId,
        DeliverySettings settings,
        @Nullable String template,
        int attempt,
        List<QueuedMt> messages) {}
