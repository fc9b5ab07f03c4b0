// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;

/** SUBMIT_SM_RESP, DELIVER_SM and DATA_SM in literal octets, correct ones and one for each way of being wrong. */
class TolerantDecoderTest {
    private static final String DELIVER_SM_HEADER = "00000000" // command_length, not looked at here
            + "00000005" // deliver_sm
            + "00000000" // command_status
            + "FFFFFFFF"; // sequence_number, any 32 bits
    private static final String DELIVER_SM_BODY = "00" // service_type ""
            + "01" // source_addr_ton
            + "02" // source_addr_npi
            + "343900" // source_addr "49"
            + "03" // dest_addr_ton
            + "04" // dest_addr_npi
            + "3132333400" // destination_addr "1234"
            + "44" // esm_class
            + "00" // protocol_id
            + "00" // priority_flag
            + "00" // schedule_delivery_time
            + "00" // validity_period
            + "00" // registered_delivery
            + "00" // replace_if_present_flag
            + "F1" // data_coding
            + "00"; // sm_default_msg_id
    private static final String SUBMIT_SM_RESP_HEADER = "00000000" + "80000004" + "00000000" + "00000007";

    private final TolerantDecoder decoder = new TolerantDecoder();

    @Test
    void readsDeliverSm() {
        Inbound inbound = deliverSm(DELIVER_SM_BODY + "03" + "414243" + "001E" + "0002" + "3700");

        assertThat(inbound.commandId()).isEqualTo(Inbound.DELIVER_SM);
        assertThat(inbound.sequenceNumber()).isEqualTo(0xFFFFFFFF);
        assertThat(inbound.source()).isEqualTo(new SmppAddress(1, 2, "49"));
        assertThat(inbound.destination()).isEqualTo(new SmppAddress(3, 4, "1234"));
        assertThat(inbound.esmClass()).isEqualTo(0x44);
        assertThat(inbound.dataCoding()).isEqualTo(0xF1);
        assertThat(inbound.shortMessage()).isEqualTo("ABC".getBytes(ISO_8859_1));
        assertThat(inbound.tlv(0x001E)).containsExactly('7', 0);
        assertThat(decoder.isMalformed()).isFalse();
    }

    @Test
    void d20_takesWhatIsThereWhenSmLengthPromisesMore() {
        Inbound inbound = deliverSm(DELIVER_SM_BODY + "FE" + "414243");

        assertThat(inbound.shortMessage()).isEqualTo("ABC".getBytes(ISO_8859_1));
        assertThat(decoder.isMalformed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0427", // tag without length
                "04270004AA", // TLV longer than the PDU
                "00", // one octet left over
                "000000", // three octets left over
            })
    void d18_ignoresACutTail(String tail) {
        Inbound inbound = deliverSm(DELIVER_SM_BODY + "0141" + "0427" + "0001" + "02" + tail);

        assertThat(inbound.shortMessage()).containsExactly('A');
        assertThat(inbound.tlvs()).hasSize(1);
        assertThat(inbound.tlv(0x0427)).containsExactly(2);
        assertThat(decoder.isMalformed()).isTrue();
    }

    @Test
    void d18_ignoresFourZeroOctets() {
        assertThat(deliverSm(DELIVER_SM_BODY + "0141" + "00000000").tlvs()).isEmpty();
        assertThat(decoder.isMalformed()).isFalse();
    }

    @Test
    void d17_keepsTlvsItDoesNotKnow() {
        assertThat(deliverSm(DELIVER_SM_BODY + "00" + "1454" + "0003" + "010203")
                        .tlv(0x1454))
                .containsExactly(1, 2, 3);
    }

    @Test
    void d19_givesTheFirstTlvThatIsNotEmpty() {
        Inbound inbound = deliverSm(DELIVER_SM_BODY + "00" + "001E0000" + "001E000135" + "001E000136");

        assertThat(inbound.tlv(0x001E)).containsExactly('5');
    }

    @Test
    void readsAnAddressLongerThanTheSpecificationAllows() {
        String longNumber = "39".repeat(64);

        assertThat(deliverSm("00" + "0101" + longNumber + "00" + DELIVER_SM_BODY.substring(12) + "00")
                        .source()
                        .number())
                .hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no body at all
                "00", // only service_type
                "00010134", // source_addr without NUL and nothing behind it
                "0001013439000101" // no destination_addr
            })
    void givesUpWhenTheAddressesAreMissing(String body) {
        assertThat(deliverSm(body)).isNull();
        assertThat(decoder.isMalformed()).isTrue();
    }

    @Test
    void s30_readsDataSm() {
        byte[] pdu = HexFormat.of()
                .parseHex("00000000" + "00000103" + "00000000" + "00000000"
                        + "00" // service_type
                        + "01" + "01" + "343900" // source
                        + "00" + "01" + "3100" // destination
                        + "04" // esm_class
                        + "00" // registered_delivery
                        + "08" // data_coding
                        + "0424" + "0002" + "0041"); // message_payload
        Inbound inbound = decoder.dataSm(pdu, 0, pdu.length);

        assertThat(inbound.commandId()).isEqualTo(Inbound.DATA_SM);
        assertThat(inbound.sequenceNumber()).isZero();
        assertThat(inbound.esmClass()).isEqualTo(4);
        assertThat(inbound.dataCoding()).isEqualTo(8);
        assertThat(inbound.shortMessage()).isEmpty();
        assertThat(inbound.tlv(0x0424)).containsExactly(0, 'A');
        assertThat(decoder.isMalformed()).isFalse();
    }

    @Test
    void m1_acceptsAnAnswerWithoutBody() {
        assertThat(messageId("")).isNull();
        assertThat(decoder.isMalformed()).isFalse();
    }

    @Test
    void m3_anEmptyMessageIdIsNone() {
        assertThat(messageId("00")).isNull();
    }

    @Test
    void m4_readsAMessageIdWithoutNul() {
        assertThat(messageId("61626364")).isEqualTo("abcd");
        assertThat(decoder.isMalformed()).isTrue();
    }

    @Test
    void m4_readsAMessageIdLongerThan65Octets() {
        assertThat(messageId("37".repeat(300) + "00")).hasSize(300);
    }

    @Test
    void m5_readsTheWordsBesideTheMessageId() {
        // message_id, vendor TLV 0x1400, additional_status_info_text (0x001D) with a NUL at its end
        assertThat(messageId("313200" + "1400000101" + "001D0004" + "66756C00")).isEqualTo("12");
        assertThat(decoder.statusText()).isEqualTo("ful");
        assertThat(decoder.isMalformed()).isFalse();
    }

    @Test
    void m5_ignoresACutTlvInAnAnswer() {
        assertThat(messageId("313200" + "001D00FF" + "66")).isEqualTo("12");
        assertThat(decoder.statusText()).isNull();
        assertThat(decoder.isMalformed()).isTrue();
    }

    private Inbound deliverSm(String bodyHex) {
        byte[] pdu = HexFormat.of().parseHex(DELIVER_SM_HEADER + bodyHex);
        return decoder.deliverSm(pdu, 0, pdu.length);
    }

    private String messageId(String bodyHex) {
        byte[] pdu = HexFormat.of().parseHex(SUBMIT_SM_RESP_HEADER + bodyHex);
        return decoder.messageId(pdu, 0, pdu.length);
    }
}
