// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * What came of a {@link MessageRequest}.
 *
 * @param commandStatus of CANCEL_SM_RESP, QUERY_SM_RESP or GENERIC_NACK; 0 without an answer
 * @param messageState of QUERY_SM_RESP (SMPP 3.4 §5.2.28), 0 in every other case
 * @param errorCode of QUERY_SM_RESP, the SMSC's own meaning
 */
public record MessageAnswer(Kind kind, int commandStatus, int messageState, int errorCode) {
    /** Whether the SMSC knows of it, and what it said. */
    public enum Kind {
        ANSWERED,
        /** Written; the answer did not come in time, or the link ended before. */
        LOST,
        /** Not written: the link is no longer bound, or too many requests are open. */
        NOT_SENT
    }

    public static MessageAnswer without(Kind kind) {
        return new MessageAnswer(kind, 0, 0, 0);
    }

    public boolean isOk() {
        return kind == Kind.ANSWERED && commandStatus == CommandStatus.ESME_ROK;
    }
}
