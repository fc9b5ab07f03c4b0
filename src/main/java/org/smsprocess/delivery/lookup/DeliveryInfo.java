// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.DeliveryState;

/**
 * A delivery, without its messages.
 *
 * @param label the client's name for it, or null
 * @param open further small requests may join it
 */
public record DeliveryInfo(
        long id,
        String account,
        @Nullable String label,
        @Nullable String template,
        DeliverySettings settings,
        DeliveryState state,
        boolean open,
        Instant createdAt,
        @Nullable Instant completedAt) {}
