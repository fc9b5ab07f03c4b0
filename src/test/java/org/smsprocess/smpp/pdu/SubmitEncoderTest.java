// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudhopper.smpp.pdu.DataSmResp;
import com.cloudhopper.smpp.pdu.DeliverSmResp;
import com.cloudhopper.smpp.pdu.SubmitSm;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.Tlv;

class SubmitEncoderTest {
    private static final Submit SUBMIT = new Submit(
            1,
            1,
            2,
            new SmppAddress(5, 0, "Ab"),
            new SmppAddress(1, 1, "49"),
            new Submit.Fields("CMT", 0x03, true, 0x7F, 2, "261231235959000+", "000001000000000R", 0xF5),
            1,
            new byte[] {5, 0, 3, 7, 2, 1, 'h', 'i'},
            List.of(new Tlv(0x0204, new byte[] {0, 9})));

    @Test
    void writesSubmitSmAsInSection441() {
        PduBuffer out = new PduBuffer(16);
        SubmitEncoder.encode(SUBMIT, 0x01020304, out);

        String expected = "00000056" // command_length 86
                + "00000004" // command_id submit_sm
                + "00000000" // command_status
                + "01020304" // sequence_number
                + "434D5400" // service_type "CMT"
                + "05" // source_addr_ton alphanumeric
                + "00" // source_addr_npi
                + "416200" // source_addr "Ab"
                + "01" // dest_addr_ton international
                + "01" // dest_addr_npi E.164
                + "343900" // destination_addr "49"
                + "43" // esm_class 0x03 with UDHI
                + "7F" // protocol_id
                + "02" // priority_flag
                + "32363132333132333539353930303 02B00".replace(" ", "") // schedule_delivery_time
                + "3030303030313030303030303030305200" // validity_period
                + "01" // registered_delivery
                + "00" // replace_if_present_flag
                + "F5" // data_coding
                + "00" // sm_default_msg_id
                + "08" // sm_length
                + "0500030702016869" // UDH and text
                + "0204" + "0002" + "0009"; // user_message_reference 9
        assertThat(HexFormat.of().withUpperCase().formatHex(octets(out))).isEqualTo(expected);
    }

    /** In the GSM alphabet "@" is 0x00, which would end source_addr; addresses are ASCII, where it is 0x40. */
    @Test
    void m17_anAtSignInTheSenderDoesNotCutIt() {
        Submit submit = new Submit(
                1,
                1,
                1,
                new SmppAddress(5, 0, "A@B"),
                SUBMIT.destination(),
                SUBMIT.fields(),
                0,
                new byte[0],
                List.of());
        PduBuffer out = new PduBuffer(16);
        SubmitEncoder.encode(submit, 1, out);

        assertThat(HexFormat.of().formatHex(octets(out), 16 + 4, 16 + 10)).isEqualTo("0500" + "41404200");
    }

    @Test
    void isReadTheSameWayByTheLibrary() throws Exception {
        PduBuffer out = new PduBuffer(16);
        SubmitEncoder.encode(SUBMIT, 77, out);
        byte[] octets = octets(out);

        SubmitSm read = (SubmitSm) LibraryPdus.decode(octets);

        assertThat(read.getSequenceNumber()).isEqualTo(77);
        assertThat(read.getSourceAddress().getAddress()).isEqualTo("Ab");
        assertThat(read.getDestAddress().getAddress()).isEqualTo("49");
        assertThat(read.getShortMessage()).isEqualTo(SUBMIT.shortMessage());
        assertThat(read.getValidityPeriod()).isEqualTo("000001000000000R");
        assertThat(read.getOptionalParameter((short) 0x0204).getValue()).containsExactly(0, 9);
    }

    @Test
    void answersInboundAsTheLibraryWould() throws Exception {
        assertThat(inboundResp(Inbound.DELIVER_SM)).isEqualTo(LibraryPdus.encode(new DeliverSmResp(), -1, 0x64));
        assertThat(inboundResp(Inbound.DATA_SM)).isEqualTo(LibraryPdus.encode(new DataSmResp(), -1, 0x64));
    }

    private static byte[] inboundResp(int commandId) {
        PduBuffer out = new PduBuffer(16);
        InboundResp.encode(commandId, -1, 0x64, out);
        return octets(out);
    }

    private static byte[] octets(PduBuffer buffer) {
        return Arrays.copyOf(buffer.array(), buffer.length());
    }
}
