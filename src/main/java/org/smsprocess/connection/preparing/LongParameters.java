// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.util.ArrayList;
import java.util.List;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.text.EncodedText;
import org.smsprocess.text.LongMessage;

/** The optional parameters that tie a long text together where no UDH does (SMPP 3.4 §5.3.2.22 to 24, and 32). */
final class LongParameters {
    private static final int SAR_MSG_REF_NUM = 0x020C;
    private static final int SAR_TOTAL_SEGMENTS = 0x020E;
    private static final int SAR_SEGMENT_SEQNUM = 0x020F;
    private static final int MESSAGE_PAYLOAD = 0x0424;

    private LongParameters() {}

    /** @return {@code others}, and what this part needs besides */
    static List<Tlv> with(EncodedText text, int part, int reference, List<Tlv> others) {
        boolean isSar = text.longMessage() == LongMessage.SAR && text.parts() > 1;
        if (!isSar && !text.isInPayload()) {
            return others;
        }
        List<Tlv> all = new ArrayList<>(others);
        if (isSar) {
            all.add(new Tlv(SAR_MSG_REF_NUM, new byte[] {(byte) (reference >> 8), (byte) reference}));
            all.add(new Tlv(SAR_TOTAL_SEGMENTS, new byte[] {(byte) text.parts()}));
            all.add(new Tlv(SAR_SEGMENT_SEQNUM, new byte[] {(byte) part}));
        } else {
            all.add(new Tlv(MESSAGE_PAYLOAD, text.payload()));
        }
        return all;
    }
}
