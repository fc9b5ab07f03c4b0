// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.Submit;

/**
 * Collects what became of the parts of one long MT.
 *
 * <pre>
 *   others out ──all accepted──► part 1 out ──► what became of part 1
 *      └ one was not ──► the worst of the others; part 1 was never written
 * </pre>
 *
 * Parts accepted so far go with every settlement that is no end, so that none is sent twice. Not thread-safe.
 */
final class SplitMt {
    private final LongMt mt;
    private final List<Integer> accepted;
    private int othersLeft;
    private Settlement.Kind worst = Settlement.Kind.SENT;
    private boolean isFirstSettled;
    private @Nullable String providerId;
    private @Nullable String error;
    private long submittedAtMillis = Long.MAX_VALUE;

    SplitMt(LongMt mt) {
        this.mt = mt;
        this.accepted = new ArrayList<>(mt.accepted());
        this.othersLeft = mt.others();
    }

    long mtId() {
        return mt.mtId();
    }

    /** @param id the provider's, of an accepted part */
    void add(int part, Settlement.Kind kind, @Nullable String id, @Nullable String reason, long submittedMillis) {
        if (kind != Settlement.Kind.REQUEUE) {
            submittedAtMillis = Math.min(submittedAtMillis, submittedMillis);
        }
        if (part == 1) {
            isFirstSettled = true;
            providerId = id;
        } else {
            othersLeft--;
            if (kind == Settlement.Kind.SENT) {
                accepted.add(part);
            }
        }
        if (severity(kind) > severity(worst)) {
            worst = kind;
            error = reason;
        }
    }

    /** Part 1 when its turn has come: asked once after each other part. */
    @Nullable
    Submit dueFirst() {
        return othersLeft == 0 && worst == Settlement.Kind.SENT && !isFirstSettled ? mt.first() : null;
    }

    boolean isComplete() {
        return isFirstSettled || othersLeft == 0 && worst != Settlement.Kind.SENT;
    }

    /** The link has ended with parts on their way or waiting: those were not written. */
    boolean hasProgress() {
        return worst != Settlement.Kind.SENT || accepted.size() > mt.accepted().size();
    }

    Settlement decide(long partId, long nowMillis) {
        Settlement.Kind kind = !isComplete() && worst == Settlement.Kind.SENT ? Settlement.Kind.REQUEUE : worst;
        return new Settlement(
                mtId(),
                partId,
                kind,
                mt.first().parts(),
                providerId,
                error,
                submittedAtMillis == Long.MAX_VALUE ? 0 : submittedAtMillis,
                nowMillis,
                kind == Settlement.Kind.SENT || accepted.isEmpty() ? null : mt.progress(accepted));
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
