// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.List;
import java.util.Objects;
import org.smsprocess.delivery.log.FinalStatus;

/**
 * {@code sr.match-recipient}: makes the end of the recipient's number a part of the id that an SR is matched by. So an SR that names a
 * message to somebody else, typed by a person or of an id that the SMSC gave twice, does not match; and nothing more is to be remembered.
 *
 * <pre>
 * id of SUBMIT_SM_RESP, US, last digits of the number      US: unit separator, which no SMSC writes
 * </pre>
 */
public final class RecipientGuard {
    private static final char SEPARATOR = '\u001F';

    private RecipientGuard() {}

    /**
     * @param id normalised
     * @param digits of the end of the number, 0: the id alone
     */
    public static String guarded(String id, String number, int digits) {
        if (digits == 0) {
            return id;
        }
        StringBuilder end = new StringBuilder(digits);
        for (int i = number.length() - 1; i >= 0 && end.length() < digits; i--) {
            char character = number.charAt(i);
            if (character >= '0' && character <= '9') {
                end.append(character);
            }
        }
        return id + SEPARATOR + end.reverse();
    }

    /** The id as the SMSC knows it. */
    public static String plain(String id) {
        int separator = id.indexOf(SEPARATOR);
        return separator < 0 ? id : id.substring(0, separator);
    }

    /** As the delivery log is to have them. */
    public static List<FinalStatus> plain(List<FinalStatus> statuses) {
        boolean isPlain = statuses.stream()
                .allMatch(status -> Objects.requireNonNull(status.providerId()).indexOf(SEPARATOR) < 0);
        return isPlain ? statuses : statuses.stream().map(RecipientGuard::plain).toList();
    }

    private static FinalStatus plain(FinalStatus status) {
        return new FinalStatus(
                status.mtId(),
                status.delivered(),
                plain(Objects.requireNonNull(status.providerId())),
                status.stat(),
                status.err(),
                status.receivedAtMillis());
    }
}
