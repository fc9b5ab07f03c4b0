// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Tlv;

/**
 * The text of a receipt, one char an octet, without NULs (which also reads UTF-16 as ASCII), cut at its {@code text:} field.
 *
 * @param head left of {@code text:}; what may be trusted
 * @param tail from {@code text:} on, quoted from the MT, or empty
 */
record ReceiptText(String head, String tail) {
    /** message_payload (SMPP 3.4 §5.3.2.32). */
    private static final int MESSAGE_PAYLOAD = 0x0424;

    static ReceiptText of(Inbound inbound) {
        String text = withoutNuls(inbound.shortMessage());
        byte[] payload = inbound.tlv(MESSAGE_PAYLOAD);
        if (payload != null) {
            text = text.isEmpty() ? withoutNuls(payload) : withoutNuls(payload) + ' ' + text;
        }
        int cut = startOfText(text);
        return cut < 0 ? new ReceiptText(text, "") : new ReceiptText(text.substring(0, cut), text.substring(cut));
    }

    /** With {@code  0xTAG:VALUE} for each TLV but message_payload: the tag in four hexadecimal digits, the value as text or in hexadecimal. */
    static String withOptionalFields(String text, Inbound inbound) {
        StringBuilder out = new StringBuilder(text);
        for (Tlv tlv : inbound.tlvs()) {
            if (tlv.tag() != MESSAGE_PAYLOAD) {
                out.append(" 0x")
                        .append(HexFormat.of().withUpperCase().toHexDigits((short) tlv.tag()))
                        .append(':')
                        .append(printable(tlv.value()));
            }
        }
        return out.toString();
    }

    static String printable(byte[] octets) {
        String text = withoutNuls(octets);
        boolean isText = !text.isEmpty() && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return isText ? text : HexFormat.of().formatHex(octets).toUpperCase(Locale.ROOT);
    }

    static String withoutNuls(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    private static int startOfText(String text) {
        for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            if (DefaultFields.endsWithWord(text, colon, "text")) {
                return colon - 4;
            }
        }
        return -1;
    }
}
