// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.smsprocess.mo.parts.MoPart;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.mo.parts.SegmentReader;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/** DELIVER_SM as the tests need them. */
public final class MoFixtures {
    public static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00:00Z
    public static final SmppAddress PHONE = new SmppAddress(1, 1, "4912345");
    public static final SmppAddress SHORT_CODE = new SmppAddress(0, 0, "1234");
    private static final int UDHI = 0x40;

    private MoFixtures() {}

    /** Blanks in the hexadecimal digits are for people. */
    public static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static Inbound deliver(int esmClass, int dataCoding, byte[] shortMessage, Tlv... tlvs) {
        return new Inbound(Inbound.DELIVER_SM, 7, PHONE, SHORT_CODE, esmClass, dataCoding, shortMessage, List.of(tlvs));
    }

    public static Inbound text(String text) {
        return deliver(0, 0, ascii(text));
    }

    public static Inbound from(String sender, String text) {
        return new Inbound(
                Inbound.DELIVER_SM, 7, new SmppAddress(1, 1, sender), SHORT_CODE, 0, 0, ascii(text), List.of());
    }

    /** Part of a concatenated MO with an 8-bit reference. */
    public static Inbound part(int reference, int total, int number, String text) {
        String udh = "050003%02X%02X%02X".formatted(reference, total, number);
        return deliver(UDHI, 0, octets(udh + HexFormat.of().formatHex(ascii(text))));
    }

    public static Segment segment(Inbound inbound) {
        return SegmentReader.read(inbound, NOON);
    }

    static MoPart moPart(int answerTo, Inbound inbound) {
        return new MoPart(answerTo, inbound, NOON);
    }
}
