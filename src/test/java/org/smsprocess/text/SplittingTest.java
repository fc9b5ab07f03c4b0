// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.text.charsets.SmsCharset;
import org.smsprocess.text.decoding.DecodeFlag;
import org.smsprocess.text.decoding.DecodedText;
import org.smsprocess.text.decoding.TextDecoder;

/** A character is never split across parts, wherever the cut would fall. */
class SplittingTest {
    @Test
    void keepsAnEscapePairWhole() {
        // ESC would be septet 153 of part 1
        List<byte[]> parts = bodies(SmsCharset.GSM, "a".repeat(152) + "€" + "b".repeat(10));

        assertThat(parts.get(0)).hasSize(152).doesNotContain(0x1B);
        assertThat(parts.get(1)).startsWith(0x1B, 0x65, 'b').hasSize(12);
    }

    @Test
    void letsAPairEndAPartExactly() {
        List<byte[]> parts = bodies(SmsCharset.GSM, "a".repeat(151) + "€" + "b".repeat(10));

        assertThat(parts.get(0)).hasSize(153).endsWith(0x1B, 0x65);
        assertThat(parts.get(1)).hasSize(10);
    }

    @Test
    void countsAPairAsTwoSeptets() {
        assertThat(encode(SmsCharset.GSM, LongMessage.UDH, "€".repeat(80)).parts())
                .isEqualTo(1);
        // 76 pairs are 152 septets, a 77th would be cut
        EncodedText longer = encode(SmsCharset.GSM, LongMessage.UDH, "€".repeat(81));
        assertThat(longer.parts()).isEqualTo(2);
        assertThat(longer.units()).isEqualTo(162);
        assertThat(longer.charactersLeft()).isEqualTo(153 - 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GSM", "GSM-packed", "UCS-2", "UTF-8", "SHIFT-JIS", "EUC-KR", "GSM-TR"})
    void neverSplitsACharacterWhereverItStands(String name) {
        SmsCharset charset = SmsCharset.named(name).orElseThrow();
        String wide = switch (charset) {
            case UCS_2, UTF_8 -> "😀";
            case SHIFT_JIS -> "表"; // 95 5C: its second octet is a backslash
            case EUC_KR -> "한";
            case GSM_TR -> "ş";
            default -> "{";
        };
        for (LongMessage longMessage : List.of(LongMessage.UDH, LongMessage.UDH_16, LongMessage.SAR)) {
            for (int before = 60; before < 170; before++) {
                String text = "a".repeat(before) + wide.repeat(3) + "b".repeat(120);
                EncodedText encoded = encode(charset, longMessage, text);
                StringBuilder read = new StringBuilder();
                TextDecoder decoder = TextDecoder.of(List.of(encoded.encoding()));
                for (int part = 1; part <= encoded.parts(); part++) {
                    DecodedText decoded = decoder.decode(0, encoded.udhi(), encoded.shortMessage(part, 1));
                    assertThat(decoded.flags()).isSubsetOf(DecodeFlag.PADDING_DROPPED);
                    read.append(decoded.text());
                }
                assertThat(read.toString()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        // charset, octets of one SMS, of each part with 8-bit and with 16-bit reference
        "GSM, 160, 153, 152",
        "LATIN-1, 140, 134, 133",
        "ASCII, 140, 134, 133",
        "ISO-8859-5, 140, 134, 133",
        "ISO-8859-8, 140, 134, 133",
        "UTF-8, 140, 134, 133",
        "SHIFT-JIS, 140, 134, 133",
        "EUC-KR, 140, 134, 133",
        "UCS-2, 70, 67, 66"
    })
    void hasTheRoomOfTheTable(String name, int single, int eightBit, int sixteenBit) {
        SmsCharset charset = SmsCharset.named(name).orElseThrow();

        assertThat(encode(charset, LongMessage.UDH, "a".repeat(single)).parts()).isEqualTo(1);
        assertThat(encode(charset, LongMessage.UDH, "a".repeat(single + 1)).parts())
                .isEqualTo(2);
        assertThat(encode(charset, LongMessage.UDH, "a".repeat(2 * eightBit)).parts())
                .isEqualTo(2);
        assertThat(encode(charset, LongMessage.UDH, "a".repeat(2 * eightBit + 1))
                        .parts())
                .isEqualTo(3);
        assertThat(encode(charset, LongMessage.SAR, "a".repeat(2 * eightBit + 1))
                        .parts())
                .isEqualTo(3);
        assertThat(encode(charset, LongMessage.MESSAGE_PAYLOAD, "a".repeat(2 * eightBit + 1))
                        .sms())
                .isEqualTo(3);
        assertThat(encode(charset, LongMessage.UDH_16, "a".repeat(2 * sixteenBit))
                        .parts())
                .isEqualTo(2);
        assertThat(encode(charset, LongMessage.UDH_16, "a".repeat(2 * sixteenBit + 1))
                        .parts())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩‍👩‍👧‍👦", // four emoji and three joiners, 11 units
                "👍🏽", // emoji and skin tone
                "🇫🇷", // two regional indicators
                "щ́", // letter and combining acute
                "क्षि" // letter, virama, letter, vowel sign
            })
    void keepsWhatPeopleSeeAsOneCharacter(String seen) {
        for (int into = 1; into < seen.length(); into++) {
            String text = "ж".repeat(67 - into) + seen + "ж".repeat(20);

            List<byte[]> parts = bodies(SmsCharset.UCS_2, text);

            assertThat(parts).hasSize(2);
            assertThat(new String(parts.get(0), StandardCharsets.UTF_16BE)).doesNotContain(seen.substring(0, 1));
            assertThat(new String(parts.get(1), StandardCharsets.UTF_16BE)).startsWith(seen);
        }
    }

    @Test
    void splitsWhatPeopleSeeAsOneCharacterRatherThanPayingForOneMorePart() {
        // 134 units: two full parts, with the accent as the first unit of the second one
        String text = "ж".repeat(67) + "\u0301" + "ж".repeat(66);

        assertThat(bodies(SmsCharset.UCS_2, text)).hasSize(2);
    }

    @Test
    void survivesACharacterLongerThanAPart() {
        String text = "e" + "\u0301".repeat(300);

        List<byte[]> parts = bodies(SmsCharset.UCS_2, text);

        assertThat(parts).hasSize(5).allSatisfy(part -> assertThat(part.length).isBetween(1, 134));
    }

    private static EncodedText encode(SmsCharset charset, LongMessage longMessage, String text) {
        return (EncodedText) TextEncoder.of(List.of(new Encoding(0, charset)), longMessage, false)
                .encode(text, TextEncoder.MAX_PARTS);
    }

    /** The parts without their headers, by SAR. */
    private static List<byte[]> bodies(SmsCharset charset, String text) {
        EncodedText encoded = encode(charset, LongMessage.SAR, text);
        List<byte[]> bodies = new ArrayList<>();
        for (int part = 1; part <= encoded.parts(); part++) {
            bodies.add(encoded.shortMessage(part, 0));
        }
        return bodies;
    }
}
