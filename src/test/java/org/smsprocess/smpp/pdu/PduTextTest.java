// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smsprocess.spec.RawPdu;

class PduTextTest {
    @Test
    void describesHeaderFieldsTlvsAndOctets() {
        byte[] pdu = RawPdu.response(RawPdu.SUBMIT_SM, 0x58, 7)
                .cString("message_id", "a1")
                .tlv("user_message_reference", 0x0204, new byte[] {0, 9})
                .octets();

        assertThat(describe(pdu, true))
                .isEqualTo(
                        "submit_sm_resp command_length=25 command_status=0x00000058 (Throttling error) sequence_number=7 "
                                + "message_id=\"a1\" user_message_reference(0x0204)=0009 "
                                + "| 00000019 80000004 00000058 00000007 61310002 04000200 09");
    }

    @Test
    void neverShowsAPassword() {
        byte[] pdu = bind("secret12").octets();

        assertThat(describe(pdu, true))
                .contains("system_id=\"esme\"", "password=***")
                .doesNotContain("secret")
                .doesNotContain(hex("secret12"))
                .contains("**");
    }

    @Test
    void neverShowsAPasswordWithoutNul() {
        byte[] pdu = RawPdu.request(RawPdu.BIND_TRANSCEIVER, 1)
                .cString("system_id", "esme")
                .octets("password", "secret12".getBytes(ISO_8859_1))
                .octets();

        assertThat(describe(pdu, true)).doesNotContain("secret").doesNotContain("73 ");
    }

    @Test
    void showsTextOnlyWhenAsked() {
        byte[] pdu = RawPdu.deliverSm(1, "49171", "1", "hello").octets();

        assertThat(describe(pdu, true)).contains("short_message=\"hello\"").contains("source_addr=\"49171\"");
        assertThat(describe(pdu, false))
                .contains("short_message=<5 octets>", "source_addr=\"49171\"")
                .doesNotContain("hello")
                .doesNotContain("6865 6C6C".replace(" ", ""));
    }

    @Test
    void masksTextInMessagePayload() {
        byte[] pdu = RawPdu.deliverSm(1, "49171", "1", "")
                .tlv("message_payload", 0x0424, "hello there".getBytes(ISO_8859_1))
                .octets();

        assertThat(PduText.fields(pdu, false)).contains("message_payload(0x0424)=<11 octets>");
        assertThat(describe(pdu, false)).doesNotContain("68656C6C");
        assertThat(PduText.fields(pdu, true)).contains("message_payload(0x0424)=\"hello there\"");
    }

    @Test
    void masksEverythingBehindALengthThatLies() {
        byte[] pdu = RawPdu.deliverSm(1, "49171", "1", "")
                .octets("text behind sm_length 0", "this is private".getBytes(ISO_8859_1))
                .octets();

        assertThat(describe(pdu, false))
                .doesNotContain("private")
                .doesNotContain(hex("priv"))
                .contains("rest=<15 octets>");
    }

    @Test
    void readsUcs2() {
        byte[] pdu = RawPdu.request(RawPdu.DATA_SM, 1)
                .cString("service_type", "")
                .hex("source", "01 01 31 00")
                .hex("destination", "01 01 31 00")
                .hex("esm_class, registered_delivery, data_coding", "00 00 08")
                .tlv("message_payload", 0x0424, "Жук".getBytes(UTF_16BE))
                .octets();

        assertThat(PduText.fields(pdu, true)).contains("message_payload(0x0424)=\"Жук\"");
    }

    @Test
    void staysOnOneLineWhateverTheSmscSends() {
        byte[] pdu = RawPdu.deliverSm(1, "49\n171\r", "1", "a\"\n").octets();

        assertThat(describe(pdu, true)).doesNotContain("\n").contains("\\x0A");
    }

    @Test
    void describesWhatIsNoPdu() {
        assertThat(describe(new byte[] {1, 2}, true)).isEqualTo("incomplete header | 0102");
        assertThat(describe(RawPdu.request(0x12345678, 1).octets(), true))
                .startsWith("unknown PDU (0x12345678) command_length=16");
    }

    private static RawPdu bind(String password) {
        return RawPdu.request(RawPdu.BIND_TRANSCEIVER, 1)
                .cString("system_id", "esme")
                .cString("password", password)
                .cString("system_type", "")
                .octet("interface_version", 0x34)
                .octet("addr_ton", 0)
                .octet("addr_npi", 0)
                .cString("address_range", "");
    }

    private static String hex(String text) {
        byte[] octets = text.getBytes(ISO_8859_1);
        return Octets.hex(octets, 0, octets.length);
    }

    private static String describe(byte[] pdu, boolean withText) {
        return PduText.describe(pdu, 0, pdu.length, withText);
    }
}
