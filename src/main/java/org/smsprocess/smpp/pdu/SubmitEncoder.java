// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static com.cloudhopper.smpp.SmppConstants.CMD_ID_SUBMIT_SM;

import java.util.List;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;

/**
 * SUBMIT_SM (SMPP 3.4 §4.4.1), written straight into the outgoing octets: no PDU object and no buffer of its own, since there are
 * hundreds of thousands a second.
 */
public final class SubmitEncoder {
    private static final int UDHI = 0x40;

    private SubmitEncoder() {}

    public static void encode(Submit submit, int sequenceNumber, PduBuffer out) {
        Submit.Fields fields = submit.fields();
        int start = out.begin(CMD_ID_SUBMIT_SM, 0, sequenceNumber);
        out.cString(fields.serviceType());
        address(submit.source(), out);
        address(submit.destination(), out);
        out.octet(fields.udhi() ? fields.esmClass() | UDHI : fields.esmClass());
        out.octet(fields.protocolId());
        out.octet(fields.priorityFlag());
        out.cString(fields.scheduleDeliveryTime());
        out.cString(fields.validityPeriod());
        out.octet(submit.registeredDelivery());
        out.octet(0); // replace_if_present_flag
        out.octet(fields.dataCoding());
        out.octet(0); // sm_default_msg_id
        byte[] shortMessage = submit.shortMessage();
        out.octet(shortMessage.length);
        out.octets(shortMessage);
        List<Tlv> tlvs = submit.tlvs();
        for (int i = 0; i < tlvs.size(); i++) {
            out.tlv(tlvs.get(i));
        }
        out.end(start);
    }

    private static void address(SmppAddress address, PduBuffer out) {
        out.octet(address.ton());
        out.octet(address.npi());
        out.cString(address.number());
    }
}
