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
import org.smsprocess.text.decoding.TextDecoder;

/** The charsets that are no GSM alphabet, in their octets. */
class OctetCharsetsTest {
    @ParameterizedTest
    @CsvSource({
        "LATIN-1, aéÿ£, 61E9FFA3",
        "ASCII, a~{, 617E7B",
        "UCS-2, aж€, 00610436" + "20AC",
        "UTF-8, aж€😀, 61D0B6E282ACF09F9880",
        "SHIFT-JIS, aあ表ｱ, 6182A0955CB1",
        "EUC-KR, a한글, 61C7D1B1DB",
        "ISO-8859-5, aЖя№, 61B6EFF0",
        "ISO-8859-8, aשלום, 61F9ECE5ED"
    })
    void encodeAndDecode(String name, String text, String octets) {
        Encoding encoding = new Encoding(3, SmsCharset.named(name).orElseThrow());

        EncodedText encoded = (EncodedText)
                TextEncoder.of(List.of(encoding), LongMessage.UDH, false).encode(text, 1);

        assertThat(HexFormat.of().withUpperCase().formatHex(encoded.shortMessage(1, 0)))
                .isEqualTo(octets);
        assertThat(TextDecoder.of(List.of(encoding))
                        .decode(3, false, HexFormat.of().parseHex(octets))
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "LATIN-1, €, U+20AC",
        "ASCII, é, U+00E9",
        "SHIFT-JIS, 한, U+D55C",
        "EUC-KR, é, U+00E9",
        "ISO-8859-5, א, U+05D0",
        "ISO-8859-8, Ж, U+0416",
        "GSM, ç, U+00E7",
        "GSM-PT, ş, U+015F"
    })
    void sayWhatTheyLack(String name, String character, String codePoint) {
        Encoding encoding = new Encoding(0, SmsCharset.named(name).orElseThrow());

        EncodeResult result =
                TextEncoder.of(List.of(encoding), LongMessage.UDH, false).encode("a" + character, 1);

        assertThat(result).isEqualTo(new Unencodable(name + " lacks " + codePoint + " at position 1"));
    }

    @Test
    @Tag("M16")
    void theOrderOfTheTableDecides() {
        TextEncoder encoder = TextEncoder.of(
                List.of(
                        new Encoding(0, SmsCharset.LATIN_1),
                        new Encoding(6, SmsCharset.ISO_8859_5),
                        new Encoding(8, SmsCharset.UCS_2)),
                LongMessage.UDH,
                false);

        assertThat(encoder.preview("ça va").encoding()).isEqualTo(new Encoding(0, SmsCharset.LATIN_1));
        assertThat(encoder.preview("Привет").encoding()).isEqualTo(new Encoding(6, SmsCharset.ISO_8859_5));
        assertThat(encoder.preview("ça, Привет").encoding()).isEqualTo(new Encoding(8, SmsCharset.UCS_2));
    }

    @Test
    void everyNameOfTheSettingsIsKnown() {
        for (SmsCharset charset : SmsCharset.values()) {
            assertThat(SmsCharset.named(charset.configName())).contains(charset);
        }
        assertThat(SmsCharset.named("gsm-PACKED")).contains(SmsCharset.GSM_PACKED);
        assertThat(SmsCharset.named("KOI8-R")).isEmpty();
        assertThat(LongMessage.named("udh-16")).contains(LongMessage.UDH_16);
        assertThat(LongMessage.named("")).isEmpty();
    }
}
