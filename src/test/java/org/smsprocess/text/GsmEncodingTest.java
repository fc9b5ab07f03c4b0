// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.smsprocess.text.charsets.SmsCharset;

/** The GSM alphabet and the UCS-2 fallback, in octets written down from 3GPP TS 23.038 §6.2.1 and 23.040 §9.2.3.24. */
class GsmEncodingTest {
    private static final TextEncoder DEFAULT = TextEncoder.of(
            List.of(new Encoding(0, SmsCharset.GSM), new Encoding(8, SmsCharset.UCS_2)), LongMessage.UDH, false);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "@£$¥èéùì ; 00 01 02 03 04 05 06 07",
                "òÇØøÅå ; 08 09 0B 0C 0E 0F",
                "Δ_ΦΓΛΩΠΨΣΘΞ ; 10 11 12 13 14 15 16 17 18 19 1A",
                "ÆæßÉ !\"#¤ ; 1C 1D 1E 1F 20 21 22 23 24",
                "¡ÄÖÑÜ§¿äöñüà ; 40 5B 5C 5D 5E 5F 60 7B 7C 7D 7E 7F",
                "^{}\\[~]|€ ; 1B 14 1B 28 1B 29 1B 2F 1B 3C 1B 3D 1B 3E 1B 40 1B 65"
            })
    void encodesTheDefaultAlphabet(String text, String octets) {
        assertThat(hex(encode(text).shortMessage(1, 0))).isEqualTo(octets.replace(" ", ""));
    }

    @Test
    void encodesLineFeedCarriageReturnAndFormFeed() {
        assertThat(hex(encode("\n\r\f").shortMessage(1, 0))).isEqualTo("0A0D1B0A");
    }

    @Test
    void takesTheFirstEncodingThatHoldsTheWholeText() {
        assertThat(encode("Hello").encoding()).isEqualTo(new Encoding(0, SmsCharset.GSM));
        assertThat(encode("Hello ж").encoding()).isEqualTo(new Encoding(8, SmsCharset.UCS_2));
        assertThat(hex(encode("aж😀").shortMessage(1, 0))).isEqualTo("0061" + "0436" + "D83DDE00");
    }

    @ParameterizedTest
    @CsvSource({
        // length, parts, left in the last part
        "0, 1, 160",
        "1, 1, 159",
        "160, 1, 0",
        "161, 2, 145",
        "306, 2, 0",
        "307, 3, 152",
        "459, 3, 0",
        "460, 4, 152",
        "39015, 255, 0"
    })
    void countsSeptets(int length, int parts, int left) {
        EncodedText encoded = encode("a".repeat(length));

        assertThat(encoded.parts()).isEqualTo(parts);
        assertThat(encoded.sms()).isEqualTo(parts);
        assertThat(encoded.units()).isEqualTo(length);
        assertThat(encoded.charactersLeft()).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 69", "70, 1, 0", "71, 2, 63", "134, 2, 0", "135, 3, 66", "201, 3, 0"})
    void countsUcs2(int length, int parts, int left) {
        EncodedText encoded = encode("ж".repeat(length));

        assertThat(encoded.parts()).isEqualTo(parts);
        assertThat(encoded.units()).isEqualTo(length);
        assertThat(encoded.charactersLeft()).isEqualTo(left);
    }

    @Test
    void putsAnEightBitReferenceInFrontOfEachPart() {
        EncodedText encoded = encode("a".repeat(153) + "b");

        EncodedText longer = encode("a".repeat(153) + "bcdefghi");

        assertThat(encoded.udhi()).isFalse();
        assertThat(longer.udhi()).isTrue();
        // 05 length, 00 concatenation, 03 length, reference, parts, part
        assertThat(hex(longer.shortMessage(1, 0x1A7))).isEqualTo("050003A70201" + "61".repeat(153));
        assertThat(hex(longer.shortMessage(2, 0x1A7))).isEqualTo("050003A70202" + "6263646566676869");
    }

    @Test
    @Tag("M20")
    void putsASixteenBitReferenceInFrontOfEachPart() {
        TextEncoder wide = TextEncoder.of(List.of(new Encoding(0, SmsCharset.GSM)), LongMessage.UDH_16, false);

        EncodedText encoded = (EncodedText) wide.encode("a".repeat(161), 9);

        // 06 length, 08 concatenation of 16 bits, 04 length, reference, parts, part; 152 septets beside it
        assertThat(hex(encoded.shortMessage(1, 0x1A7))).isEqualTo("06080401A70201" + "61".repeat(152));
        assertThat(hex(encoded.shortMessage(2, 0x1A7))).isEqualTo("06080401A70202" + "61".repeat(9));
    }

    @ParameterizedTest
    @EnumSource(LongMessage.class)
    void leavesAShortTextAlone(LongMessage longMessage) {
        TextEncoder encoder = TextEncoder.of(List.of(new Encoding(0, SmsCharset.GSM)), longMessage, false);

        EncodedText encoded = (EncodedText) encoder.encode("a".repeat(160), 9);

        assertThat(encoded.udhi()).isFalse();
        assertThat(encoded.isInPayload()).isFalse();
        assertThat(encoded.payload()).isEmpty();
        assertThat(hex(encoded.shortMessage(1, 7))).isEqualTo("61".repeat(160));
    }

    @Test
    @Tag("M19")
    void sendsALongTextInOnePayloadOrInPlainParts() {
        String text = "a".repeat(161);
        Encoding gsm = new Encoding(0, SmsCharset.GSM);

        EncodedText payload = (EncodedText)
                TextEncoder.of(List.of(gsm), LongMessage.MESSAGE_PAYLOAD, false).encode(text, 9);
        EncodedText sar = (EncodedText)
                TextEncoder.of(List.of(gsm), LongMessage.SAR, false).encode(text, 9);

        assertThat(payload.isInPayload()).isTrue();
        assertThat(payload.parts()).isEqualTo(1);
        assertThat(payload.sms()).isEqualTo(2);
        assertThat(payload.udhi()).isFalse();
        assertThat(hex(payload.payload())).isEqualTo("61".repeat(161));
        assertThat(payload.shortMessage(1, 7)).isEmpty();
        assertThat(sar.parts()).isEqualTo(2);
        assertThat(sar.udhi()).isFalse();
        assertThat(hex(sar.shortMessage(1, 7))).isEqualTo("61".repeat(153));
        assertThat(hex(sar.shortMessage(2, 7))).isEqualTo("61".repeat(8));
    }

    @Test
    void saysWhyATextCannotBeSent() {
        TextEncoder gsm = TextEncoder.of(List.of(new Encoding(0, SmsCharset.GSM)), LongMessage.UDH, false);

        assertThat(gsm.encode("Hello 😀", 9)).isEqualTo(new Unencodable("GSM lacks U+1F600 at position 6"));
        assertThat(gsm.encode("a".repeat(460), 3)).isEqualTo(new Unencodable("too long: 4 parts, at most 3"));
        assertThat(gsm.encode("a".repeat(39016), 1000)).isEqualTo(new Unencodable("too long: 256 parts, at most 255"));
    }

    @Test
    void refusesAnUnpairedSurrogateInEveryEncoding() {
        assertThat(DEFAULT.encode("ok \uD83D", 9))
                .isEqualTo(new Unencodable("GSM lacks U+D83D at position 3; UCS-2 lacks U+D83D at position 3"));
        assertThat(DEFAULT.encode("\uDE00\uD83D", 9)).isInstanceOf(Unencodable.class);
    }

    private static EncodedText encode(String text) {
        return (EncodedText) DEFAULT.encode(text, TextEncoder.MAX_PARTS);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().withUpperCase().formatHex(octets);
    }
}
