// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import org.jspecify.annotations.Nullable;

/**
 * A message as its part's owner reads it.
 *
 * @param text the text itself, or null when the delivery's template makes it
 * @param fields JSON object with the template's values, or null
 * @param attempts times it was tried before, 0 at first
 * @param quarantined the number may not be written to from this account's short code
 * @param progress of a long message of which some parts were accepted before, else null
 */
public record QueuedMt(
        long id,
        String recipient,
        @Nullable String text,
        @Nullable String fields,
        int attempts,
        boolean quarantined,
        @Nullable LongMtProgress progress) {

    /** Nothing of it was accepted before. */
    public QueuedMt(
            long id,
            String recipient,
            @Nullable String text,
            @Nullable String fields,
            int attempts,
            boolean quarantined) {
        this(id, recipient, text, fields, attempts, quarantined, null);
    }
}
