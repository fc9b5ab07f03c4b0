// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static com.cloudhopper.smpp.SmppConstants.PDU_CMD_ID_RESP_MASK;

/** DELIVER_SM_RESP and DATA_SM_RESP (SMPP 3.4 §4.6.2, §4.7.2), with an empty message_id (one NUL). */
public final class InboundResp {
    private InboundResp() {}

    public static void encode(int commandId, int sequenceNumber, int commandStatus, PduBuffer out) {
        int start = out.begin(commandId | PDU_CMD_ID_RESP_MASK, commandStatus, sequenceNumber);
        out.octet(0); // message_id: unused, and some SMSCs refuse anything but a single NUL
        out.end(start);
    }
}
