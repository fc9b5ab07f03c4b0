// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.text.charsets.SmsCharset;
import org.smsprocess.text.decoding.DecodeFlag;
import org.smsprocess.text.decoding.DecodedText;
import org.smsprocess.text.decoding.TextDecoder;

/** {@code GSM-packed}, against octets packed by hand (3GPP TS 23.038 §6.1.2.1, 23.040 §9.2.3.24 for the fill bits). */
class PackedGsmTest {
    private static final Encoding PACKED = new Encoding(0, SmsCharset.GSM_PACKED);
    private static final TextEncoder ENCODER = TextEncoder.of(List.of(PACKED), LongMessage.UDH, false);
    private static final TextDecoder DECODER = TextDecoder.of(List.of(PACKED));

    @ParameterizedTest
    @CsvSource({
        "A, 41",
        "AB, 4121", // 1000001, 1000010: 0|1000001, 00|100001
        "hellohello, E8329BFD4697D9EC37",
        "12345678, 31D98C56B3DD70",
        "1234567, 31D98C56B3DD1A" // seven bits are free: CR (0001101) instead of @
    })
    void packsSeptets(String text, String octets) {
        EncodedText encoded = (EncodedText) ENCODER.encode(text, 1);

        assertThat(HexFormat.of().withUpperCase().formatHex(encoded.shortMessage(1, 0)))
                .isEqualTo(octets);
        assertThat(DECODER.decode(0, false, HexFormat.of().parseHex(octets)).text())
                .isEqualTo(text);
    }

    @Test
    void fills140OctetsWith160Septets() {
        EncodedText encoded = (EncodedText) ENCODER.encode("a".repeat(160), 1);

        assertThat(encoded.shortMessage(1, 0)).hasSize(140);
        assertThat(encoded.charactersLeft()).isZero();
    }

    @Test
    void startsTheTextOnASeptetBoundaryBehindTheHeader() {
        EncodedText encoded = (EncodedText) ENCODER.encode("A".repeat(153) + "B".repeat(10), 2);

        byte[] first = encoded.shortMessage(1, 0xA7);

        // 6 octets of header are 48 bits, one fill bit makes it 49: 'A' 1000001 shifted by one is 82, then bits of the
        // next
        assertThat(first).hasSize(140).startsWith(0x05, 0x00, 0x03, 0xA7, 0x02, 0x01, 0x82);
        assertThat(DECODER.decode(0, true, first).text()).isEqualTo("A".repeat(153));
        assertThat(DECODER.decode(0, true, encoded.shortMessage(2, 0xA7)).text())
                .isEqualTo("B".repeat(10));
    }

    @Test
    void hasNoFillBitsBehindASixteenBitReference() {
        TextEncoder wide = TextEncoder.of(List.of(PACKED), LongMessage.UDH_16, false);

        EncodedText encoded = (EncodedText) wide.encode("A".repeat(161), 2);

        // 7 octets of header are 56 bits, 8 septets exactly
        assertThat(encoded.shortMessage(1, 1)).hasSize(140).startsWith(0x06, 0x08, 0x04, 0x00, 0x01, 0x02, 0x01, 0xC1);
        assertThat(encoded.charactersLeft()).isEqualTo(152 - 9);
    }

    @Test
    @Tag("O9")
    void dropsAnAtOrCrThatIsPadding() {
        byte[] zeroPadded = HexFormat.of().parseHex("31D98C56B3DD00");

        DecodedText decoded = DECODER.decode(0, false, zeroPadded);

        assertThat(decoded.text()).isEqualTo("1234567");
        assertThat(decoded.flags()).containsExactly(DecodeFlag.PADDING_DROPPED);
    }

    @Test
    @Tag("O9")
    void keepsAnAtThatIsNoPadding() {
        // "ab@": 1100001, 1100010, 0000000; three septets leave three bits
        assertThat(DECODER.decode(0, false, HexFormat.of().parseHex("613100")).text())
                .isEqualTo("ab@");
    }
}
