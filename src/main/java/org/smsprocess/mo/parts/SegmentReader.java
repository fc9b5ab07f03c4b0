// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.text.Udh;

/** Takes a DELIVER_SM or DATA_SM apart. Total: whatever the octets are, a segment comes out and nothing of them is lost. */
public final class SegmentReader {
    private static final int ESM_UDHI = 0x40;
    private static final int TAG_SAR_REFERENCE = 0x020C;
    private static final int TAG_SAR_TOTAL = 0x020E;
    private static final int TAG_SAR_NUMBER = 0x020F;
    private static final int TAG_MESSAGE_PAYLOAD = 0x0424;
    private static final Set<Integer> CARRIED_ELSEWHERE =
            Set.of(TAG_SAR_REFERENCE, TAG_SAR_TOTAL, TAG_SAR_NUMBER, TAG_MESSAGE_PAYLOAD);

    private SegmentReader() {}

    public static Segment read(Inbound inbound, long receivedAtMillis) {
        byte[] payload = inbound.tlv(TAG_MESSAGE_PAYLOAD);
        byte[] octets = payload != null ? payload : inbound.shortMessage();
        boolean announced = (inbound.esmClass() & ESM_UDHI) != 0;
        Udh udh = announced ? Udh.parse(octets) : Udh.unannounced(octets);
        Concat concat = udh.concatenation()
                .map(found -> new Concat(found.reference(), found.wide() ? 16 : 8, found.parts(), found.part()))
                .orElseGet(() -> fromSar(inbound));
        return new Segment(
                inbound.source(),
                inbound.destination(),
                inbound.dataCoding(),
                concat,
                Arrays.copyOf(octets, udh.length()),
                Arrays.copyOfRange(octets, udh.length(), octets.length),
                udh.isMalformed(),
                remaining(inbound.tlvs()),
                receivedAtMillis);
    }

    private static @Nullable Concat fromSar(Inbound inbound) {
        byte[] reference = inbound.tlv(TAG_SAR_REFERENCE);
        byte[] total = inbound.tlv(TAG_SAR_TOTAL);
        byte[] number = inbound.tlv(TAG_SAR_NUMBER);
        if (reference == null || total == null || number == null) {
            return null;
        }
        int parts = unsigned(total) & 0xFF;
        int part = unsigned(number) & 0xFF;
        return parts >= 2 && part >= 1 && part <= parts
                ? new Concat(unsigned(reference) & 0xFFFF, 16, parts, part)
                : null;
    }

    /** Big-endian, whatever the length: some SMSCs widen one-octet TLVs. */
    private static int unsigned(byte[] value) {
        int result = 0;
        for (byte octet : value) {
            result = result << 8 | octet & 0xFF;
        }
        return result;
    }

    private static List<Tlv> remaining(List<Tlv> tlvs) {
        return tlvs.stream()
                .filter(tlv -> !CARRIED_ELSEWHERE.contains(tlv.tag()))
                .toList();
    }
}
