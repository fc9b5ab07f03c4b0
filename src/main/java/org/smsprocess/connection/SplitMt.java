// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.Settlement;
import org.smsprocess.smpp.Submit;

/**
 * Collects what became of the parts of one long MT until all are known. The worst decides, with one exception: part 1 leaves last, so
 * while it was not written no handset can have shown the text, and the whole may be sent again without doubt. Not thread-safe.
 */
final class SplitMt {
    private final long mtId;
    private final int parts;
    private int left;
    private Settlement.Kind worst = Settlement.Kind.SENT;
    private boolean isFirstWritten = false;
    private @Nullable Submit acceptedFirst;
    private @Nullable Submit firstInDoubt;
    private int accepted;
    private @Nullable String providerId;
    private @Nullable String error;
    private long submittedAtMillis = Long.MAX_VALUE;

    SplitMt(long mtId, int parts) {
        this.mtId = mtId;
        this.parts = parts;
        this.left = parts;
    }

    long mtId() {
        return mtId;
    }

    void add(int part, Settlement.Kind kind, @Nullable String id, @Nullable String reason, long submittedMillis) {
        left--;
        accepted += kind == Settlement.Kind.SENT ? 1 : 0;
        if (kind != Settlement.Kind.REQUEUE) {
            submittedAtMillis = Math.min(submittedAtMillis, submittedMillis);
        }
        if (part == 1) {
            providerId = id;
            isFirstWritten = kind != Settlement.Kind.REQUEUE;
        }
        if (severity(kind) > severity(worst)) {
            worst = kind;
            error = reason;
        }
    }

    void accepted(Submit first) {
        acceptedFirst = first;
    }

    /** Part 1 if the SMSC accepted it. */
    @Nullable
    Submit acceptedFirst() {
        return acceptedFirst;
    }

    void inDoubt(Submit first) {
        firstInDoubt = first;
    }

    /** Part 1 if it alone is in doubt, so that the whole has arrived if this part has. */
    @Nullable
    Submit onlyDoubt() {
        return accepted == parts - 1 ? firstInDoubt : null;
    }

    boolean isComplete() {
        return left == 0;
    }

    Settlement decide(long partId, long nowMillis) {
        boolean undecided = left > 0 && worst == Settlement.Kind.SENT;
        Settlement.Kind kind =
                undecided || (worst == Settlement.Kind.IN_DOUBT && !isFirstWritten) ? Settlement.Kind.REQUEUE : worst;
        return new Settlement(
                mtId,
                partId,
                kind,
                parts,
                providerId,
                error,
                submittedAtMillis == Long.MAX_VALUE ? 0 : submittedAtMillis,
                nowMillis);
    }

    private static int severity(Settlement.Kind kind) {
        return switch (kind) {
            case SENT, VERIFIED -> 0;
            case REQUEUE -> 1;
            case RETRY -> 2;
            case IN_DOUBT -> 3;
            case FAILED -> 4;
        };
    }
}
