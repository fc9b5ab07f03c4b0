// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static com.cloudhopper.smpp.SmppConstants.TAG_ADD_STATUS_INFO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/**
 * Decodes the PDUs that come by the hundred thousand, SUBMIT_SM_RESP (SMPP 3.4 §4.4.2), DELIVER_SM (§4.6.1) and DATA_SM (§4.7.1),
 * and takes what real SMSCs send: no body, no NUL, cut or unknown TLVs, lengths that promise more than there is. Whatever the
 * octets, no exception. Confined to one thread.
 */
public final class TolerantDecoder {
    private final PduReader reader = new PduReader();

    /** Whether the last PDU was decoded in spite of something. */
    public boolean isMalformed() {
        return reader.isMalformed();
    }

    /** @return null when so little is there that nobody can tell from whom to whom it goes */
    @Nullable
    public Inbound deliverSm(byte[] pdu, int offset, int length) {
        reader.body(pdu, offset, length);
        reader.skipCString(); // service_type
        SmppAddress source = address();
        SmppAddress destination = address();
        int esmClass = reader.octet();
        reader.octet(); // protocol_id
        reader.octet(); // priority_flag
        reader.skipCString(); // schedule_delivery_time
        reader.skipCString(); // validity_period
        reader.octet(); // registered_delivery
        reader.octet(); // replace_if_present_flag
        int dataCoding = reader.octet();
        reader.octet(); // sm_default_msg_id
        byte[] shortMessage = reader.octets(reader.octet());
        return inbound(
                Inbound.DELIVER_SM,
                sequenceNumber(pdu, offset),
                source,
                destination,
                esmClass,
                dataCoding,
                shortMessage);
    }

    /** @return null when so little is there that nobody can tell from whom to whom it goes */
    @Nullable
    public Inbound dataSm(byte[] pdu, int offset, int length) {
        reader.body(pdu, offset, length);
        reader.skipCString(); // service_type
        SmppAddress source = address();
        SmppAddress destination = address();
        int esmClass = reader.octet();
        reader.octet(); // registered_delivery
        int dataCoding = reader.octet();
        return inbound(
                Inbound.DATA_SM, sequenceNumber(pdu, offset), source, destination, esmClass, dataCoding, new byte[0]);
    }

    /** The message_id of a SUBMIT_SM_RESP as the SMSC wrote it, of any length; null when there is none. */
    @Nullable
    public String messageId(byte[] pdu, int offset, int length) {
        reader.body(pdu, offset, length);
        if (reader.remaining() == 0) {
            return null; // an error without body is correct (§4.4.2), an answer without message_id just as good
        }
        String messageId = reader.cString();
        return messageId.isEmpty() ? null : messageId;
    }

    /** After {@link #messageId}: the words the same answer carries in additional_status_info_text. */
    @Nullable
    public String statusText() {
        if (reader.remaining() <= 0) {
            return null;
        }
        for (Tlv tlv : reader.tlvs()) {
            if (tlv.tag() == TAG_ADD_STATUS_INFO && tlv.value().length > 0) {
                byte[] value = tlv.value();
                int end = value[value.length - 1] == 0 ? value.length - 1 : value.length;
                return new String(value, 0, end, ISO_8859_1);
            }
        }
        return null;
    }

    private static int sequenceNumber(byte[] pdu, int offset) {
        return Octets.int32(pdu, offset + 12);
    }

    private @Nullable Inbound inbound(
            int commandId,
            int sequenceNumber,
            SmppAddress source,
            SmppAddress destination,
            int esmClass,
            int dataCoding,
            byte[] shortMessage) {
        if (reader.isExhausted()) {
            return null;
        }
        List<Tlv> tlvs = reader.tlvs();
        return new Inbound(commandId, sequenceNumber, source, destination, esmClass, dataCoding, shortMessage, tlvs);
    }

    private SmppAddress address() {
        int ton = reader.octet();
        int npi = reader.octet();
        return new SmppAddress(ton, npi, reader.cString());
    }
}
