// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.account;

import com.google.re2j.Pattern;
import java.time.Duration;
import org.smsprocess.settings.Section;

/**
 * How an account's status reports are read. Patterns are RE2 (linear time), so hostile text cannot stall a connection.
 * A {@link Pattern} equals another one of the same text and flags, so the record can be compared.
 *
 * @param idRegex exactly one capture group
 * @param statusRegex exactly one capture group
 * @param successRegex on the captured status
 * @param errorRegex on the captured status; neither: intermediate
 * @param errorCodeRegex exactly one capture group
 * @param unknownIdWait how long an SR with an unknown id waits for its SUBMIT_SM_RESP before it is answered
 * @param invalidIdAcknowledgeCount 0: an unknown id is always answered "message id invalid"; n: OK the n-th time the same id is
 *     seen
 * @param optionalFields append {@code  0xTAG:VALUE} for each TLV to the text the patterns see
 * @param textField keep the {@code text:} part for the patterns
 * @param messageReference SUBMIT_SM carry a user_message_reference, and SR of messages in doubt are told by it
 * @param byText a DELIVER_SM that says nothing of being an SR is one when its text is that of a receipt
 * @param matchRecipient last digits of the recipient's number that must fit too, 0: the id decides alone
 * @param unasked SR come for SUBMIT_SM that asked for none
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
        boolean textField,
        boolean messageReference,
        boolean byText,
        int matchRecipient,
        boolean unasked,
        RatioAlarm ratioAlarm) {

    /** How a provider id is normalised before it is compared. */
    public enum IdFormat {
        VERBATIM,
        DECIMAL,
        HEX_NUMBER,
        HEX_STRING,
        AUTO
    }

    /** @param account the whole account: some keys of SR stand at its top */
    static SrSettings from(Section account) {
        Section sr = account.section("sr");
        Section idFormat = account.section("id-format");
        return new SrSettings(
                sr.regex("id-regex", 1),
                sr.regex("status-regex", 1),
                sr.regex("success-regex"),
                sr.regex("error-regex"),
                sr.regex("error-code-regex", 1),
                idFormat.choice("mt", IdFormat.class),
                idFormat.choice("sr", IdFormat.class),
                account.duration("unknown-id-wait", Duration.ZERO, Duration.ofMinutes(10)),
                account.integer("invalid-id-acknowledge-count", 0, 1_000),
                sr.flag("optional-fields"),
                sr.flag("text-field"),
                sr.flag("user-message-reference"),
                sr.flag("by-text"),
                sr.integer("match-recipient", 0, 15),
                sr.flag("unasked"),
                RatioAlarm.from(sr.section("ratio-alarm")));
    }
}
