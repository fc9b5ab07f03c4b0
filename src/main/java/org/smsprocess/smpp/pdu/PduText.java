// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import java.util.List;

/** PDUs in words, for traces and for people. Passwords are never shown, the text of messages only when asked for. */
public final class PduText {
    private PduText() {}

    /**
     * A PDU field by field, one {@code name=value} an element.
     *
     * @param pdu anything; what is no PDU is described as far as it goes
     * @param withText whether short_message and message_payload are shown
     */
    public static List<String> fields(byte[] pdu, boolean withText) {
        return new PduTextWriter(pdu, 0, pdu.length, withText).fields();
    }

    /**
     * The same on one line, with its octets in hexadecimal.
     *
     * <pre>
     * enquire_link command_length=16 command_status=0x00000000 sequence_number=7 | 00000010 00000015 00000000 00000007
     * </pre>
     */
    public static String describe(byte[] octets, int offset, int length, boolean withText) {
        PduTextWriter writer = new PduTextWriter(octets, offset, length, withText);
        return String.join(" ", writer.fields()) + " | " + writer.hex();
    }
}
