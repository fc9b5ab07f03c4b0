// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.smsprocess.mo.parts.Fingerprint;
import org.smsprocess.mo.parts.Segment;

/**
 * An MO ready to be stored, with all that follows from it in the same transaction.
 *
 * @param key of its {@link Fingerprint}: stored once while remembered
 * @param remember how long the database knows the key
 * @param store false: only the reply and the action
 * @param tell the account's webhook is told
 * @param shortCode what the MO was written to
 * @param segments those that are there, in order of their numbers; at least one
 * @param total parts announced
 */
public record NewMo(
        UUID key,
        Duration remember,
        String account,
        boolean store,
        boolean tell,
        String sender,
        String shortCode,
        Content content,
        List<Segment> segments,
        int total,
        TlvValues tlvs,
        @Nullable Reply reply,
        @Nullable QuarantineChange change) {

    /**
     * What can be read.
     *
     * @param text null when the content is binary
     * @param remarks what was odd, e.g. {@code malformed-udh odd-octet}, or null
     */
    public record Content(@Nullable String text, @Nullable String remarks) {}

    /**
     * An MT in answer.
     *
     * @param from source_addr, or null for the account's
     */
    public record Reply(String to, @Nullable String from, String text) {}

    /**
     * What the action of a rule does.
     *
     * @param add else remove
     */
    public record QuarantineChange(String shortCode, String number, boolean add) {}

    /** Values of the configured TLVs, null without one. */
    public record TlvValues(
            @Nullable String linkedSms,
            @Nullable String alias,
            @Nullable String providerId,
            @Nullable String largeAccount) {}

    public boolean isComplete() {
        return segments.size() == total;
    }

    /** When the first part came, epoch milliseconds. */
    public long receivedAtMillis() {
        return segments.stream().mapToLong(Segment::receivedAtMillis).min().orElseThrow();
    }
}
