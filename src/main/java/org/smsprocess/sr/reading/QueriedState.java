// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.Optional;
import org.smsprocess.delivery.log.FinalStatus;

/**
 * The message_state of a QUERY_SM_RESP (SMPP 3.4 §5.2.28), and what it settles. UNKNOWN settles nothing here, other than in an SR: it is
 * what SMSCs answer about messages they have forgotten, delivered ones among them. Nor does a state that the specification does not know.
 *
 * @param stat as the text of an SR writes it
 */
public record QueriedState(String stat, boolean isFinal, boolean isDelivered) {
    private static final QueriedState OTHER = new QueriedState("", false, false);

    public static QueriedState of(int messageState) {
        return switch (messageState) {
            case 1 -> new QueriedState("ENROUTE", false, false);
            case 2 -> new QueriedState("DELIVRD", true, true);
            case 3 -> new QueriedState("EXPIRED", true, false);
            case 4 -> new QueriedState("DELETED", true, false);
            case 5 -> new QueriedState("UNDELIV", true, false);
            case 6 -> new QueriedState("ACCEPTD", false, false);
            case 7 -> new QueriedState("UNKNOWN", false, false);
            case 8 -> new QueriedState("REJECTD", true, false);
            default -> OTHER;
        };
    }

    /** @param errorCode of the SMSC; empty while it is not final */
    public Optional<FinalStatus> asFinal(long mtId, String providerId, int errorCode, long nowMillis) {
        return isFinal
                ? Optional.of(
                        new FinalStatus(mtId, isDelivered, providerId, stat, "%03d".formatted(errorCode), nowMillis))
                : Optional.empty();
    }
}
