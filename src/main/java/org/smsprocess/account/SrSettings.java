// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.google.re2j.Pattern;
import java.time.Duration;

/**
 * How an account's status reports are read. Patterns are RE2 (linear time), so hostile text cannot stall a connection.
 *
 * @param idRegex exactly one capture group
 * @param statusRegex exactly one capture group
 * @param successRegex on the captured status
 * @param errorRegex on the captured status; neither: intermediate
 * @param errorCodeRegex exactly one capture group
 * @param unknownIdWait how long an SR with an unknown id waits for its SUBMIT_SM_RESP before it is answered
 * @param invalidIdAcknowledgeCount 0: an unknown id is always answered "message id invalid"; n: OK the n-th time the same id is seen
 * @param optionalFields append {@code  0xTAG:VALUE} for each TLV to the text the patterns see
 * @param textField keep the {@code text:} part for the patterns
 */
public record SrSettings(
        Pattern idRegex,
        Pattern statusRegex,
        Pattern successRegex,
        Pattern errorRegex,
        Pattern errorCodeRegex,
        IdFormat mtIdFormat,
        IdFormat srIdFormat,
        Duration unknownIdWait,
        int invalidIdAcknowledgeCount,
        boolean optionalFields,
        boolean textField) {

    /** How a provider id is normalised before it is compared. */
    public enum IdFormat {
        VERBATIM,
        DECIMAL,
        HEX_NUMBER,
        HEX_STRING,
        AUTO
    }
}
