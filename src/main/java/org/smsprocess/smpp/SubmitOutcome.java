// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link Submit}: every one handed to a link gets exactly one outcome, and at most one late answer after a
 * {@link Kind#TIMED_OUT}.
 *
 * @param kind what happened
 * @param commandStatus of the answer, or 0 when there was none
 * @param providerId message_id given by the SMSC, when it gave one
 * @param latencyNanos from writing the SUBMIT_SM to this outcome; 0 for {@link Kind#NOT_SENT}
 * @param statusText additional_status_info_text of the answer (SMPP 3.4 §5.3.2.11), when the SMSC gave one
 */
public record SubmitOutcome(
        Submit submit,
        Kind kind,
        int commandStatus,
        @Nullable String providerId,
        long latencyNanos,
        @Nullable String statusText) {

    /** An outcome without words from the SMSC, as most are. */
    public SubmitOutcome(Submit submit, Kind kind, int commandStatus, @Nullable String providerId, long latencyNanos) {
        this(submit, kind, commandStatus, providerId, latencyNanos, null);
    }

    /** The six endings of a SUBMIT_SM. */
    public enum Kind {
        /** SUBMIT_SM_RESP arrived; look at commandStatus. */
        ANSWERED,
        /** GENERIC_NACK with this sequence_number arrived. */
        NACKED,
        /** Written, and no answer came within mt-expiration: in doubt. */
        TIMED_OUT,
        /** Written, and the session ended first: in doubt. */
        LINK_LOST,
        /** Never written: no doubt, may be sent elsewhere at once. */
        NOT_SENT,
        /** An answer to a SUBMIT_SM that was already reported as TIMED_OUT. */
        LATE_ANSWER
    }
}
