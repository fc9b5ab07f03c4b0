// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a request may set for all its messages.
 *
 * @param sender source_addr, or null for the account's
 * @param priority priority_flag and order in the queue, 0 to 3
 * @param maxParts more SMS than this: the message fails; 0: no limit below 255
 * @param sendAt not before; null: now
 * @param statusReport false: registered_delivery 0 (auto-replies)
 * @param wire what else of the SUBMIT_SM is set; null only where an older node wrote the settings
 */
public record DeliverySettings(
        @Nullable String sender,
        int priority,
        int maxParts,
        @Nullable Instant sendAt,
        boolean statusReport,
        @Nullable WireSettings wire) {

    public static final DeliverySettings DEFAULT = new DeliverySettings(null, 0, 0, null, true, WireSettings.NONE);

    /** A year that PostgreSQL, a journal and the two digits of SMPP can hold, of sendAt and of a validity. */
    public static final int FIRST_YEAR = 1970;

    public static final int LAST_YEAR = 2099;

    public DeliverySettings {
        wire = wire == null ? WireSettings.NONE : wire;
    }

    @Override
    public WireSettings wire() {
        return Objects.requireNonNull(wire);
    }

    /** Whether it answers an MO. Such an answer also goes to a number in quarantine: "stop" is confirmed. */
    public boolean answersMo() {
        return !statusReport;
    }
}
