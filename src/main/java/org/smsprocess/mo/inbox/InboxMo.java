// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An MO as the inbox shows it.
 *
 * @param sender source_addr as received
 * @param shortCode what it was written to
 * @param text null when the content is binary
 * @param octets user data without headers, in hexadecimal
 * @param udh header of the first part, in hexadecimal, or null
 * @param parts that are there, of {@code total}
 * @param remarks what was odd about it, or null
 */
public record InboxMo(
        long id,
        String account,
        String sender,
        String shortCode,
        @Nullable String text,
        String octets,
        @Nullable String udh,
        int dataCoding,
        int parts,
        int total,
        boolean complete,
        @Nullable String remarks,
        Instant receivedAt,
        @Nullable String linkedSms,
        @Nullable String alias,
        @Nullable String providerId,
        @Nullable String largeAccount) {}
