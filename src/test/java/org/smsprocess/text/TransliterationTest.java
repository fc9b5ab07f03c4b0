// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.text.charsets.SmsCharset;
import org.smsprocess.text.decoding.TextDecoder;

/** Transliteration: what a charset lacks is approximated, and reported. */
class TransliterationTest {
    private static final Encoding GSM = new Encoding(0, SmsCharset.GSM);
    private static final Encoding ASCII = new Encoding(1, SmsCharset.ASCII);
    private static final Encoding LATIN_1 = new Encoding(3, SmsCharset.LATIN_1);
    private static final Encoding UCS_2 = new Encoding(8, SmsCharset.UCS_2);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                // text ; GSM ; ASCII
                "“Hi” – it’s… ; \"Hi\" - it's... ; \"Hi\" - it's...",
                "Łódź, żółw ; Lodz, zolw ; Lodz, zolw",
                "Çığ şöğüİ ; Çig sögüI ; Cig soguI",
                "Tiếng Việt ; Tieng Viet ; Tieng Viet",
                "őű ŐŰ ; öü ÖÜ ; ou OU",
                "Καλημέρα ; KAΛHMEPA ; Kalemera",
                "Привет, мир! ; Privet, mir! ; Privet, mir!",
                "你好 ; ni hao ; ni hao",
                "きゃ カタカナ ; kya katakana ; kya katakana",
                "20°C ½ № ™ ; 20oC 1/2 No TM ; 20oC 1/2 No TM",
                "5€ £1 ; 5€ £1 ; 5EUR GBP1",
                "ok 🙂 ❤️ ; ok :) <3 ; ok :) <3"
            })
    void approximates(String text, String gsm, String ascii) {
        assertThat(sent(GSM, text)).isEqualTo(gsm);
        assertThat(sent(ASCII, text)).isEqualTo(ascii);
    }

    @Test
    void composesWhatCameInPieces() {
        // e and a combining acute
        EncodedText encoded = encode("cafe\u0301", GSM);

        assertThat(text(encoded)).isEqualTo("café");
        assertThat(encoded.replacements()).containsExactly(new Replacement("e\u0301", "é", 3));
    }

    @Test
    void leavesOutWhatNobodySees() {
        // zero width space, variation selector, soft hyphen
        assertThat(sent(GSM, "a\u200Bb\uFE0Fc\u00ADd")).isEqualTo("abcd");
    }

    @Test
    void reportsEachReplacementWithItsPlaceInTheOriginal() {
        EncodedText encoded = encode("5… Жук ñ ç", GSM);

        assertThat(encoded.replacements())
                .containsExactly(
                        new Replacement("…", "...", 1), new Replacement("Жук", "Zuk", 3), new Replacement("ç", "c", 9));
    }

    @Test
    void triesEveryEncodingAsItIsBeforeChangingAnything() {
        EncodedText encoded = encode("ça va", GSM, LATIN_1);

        assertThat(encoded.encoding()).isEqualTo(LATIN_1);
        assertThat(encoded.replacements()).isEmpty();
    }

    @Test
    void changesTheTextForTheFirstEncodingThatThenHoldsIt() {
        EncodedText encoded = encode("Привет", GSM, LATIN_1);

        assertThat(encoded.encoding()).isEqualTo(GSM);
        assertThat(text(encoded)).isEqualTo("Privet");
    }

    @Test
    void changesTheTextRatherThanFailingForItsLength() {
        TextEncoder encoder = TextEncoder.of(List.of(GSM, UCS_2), LongMessage.UDH, true);
        String text = "“" + "a".repeat(150) + "”";

        EncodedText roomy = (EncodedText) encoder.encode(text, 3);
        EncodedText tight = (EncodedText) encoder.encode(text, 1);

        assertThat(roomy.encoding()).isEqualTo(UCS_2);
        assertThat(roomy.parts()).isEqualTo(3);
        assertThat(tight.encoding()).isEqualTo(GSM);
        assertThat(tight.parts()).isEqualTo(1);
    }

    @Test
    void failsForWhatNothingStandsFor() {
        TextEncoder encoder = TextEncoder.of(List.of(GSM, LATIN_1), LongMessage.UDH, true);

        assertThat(encoder.encode("ş 🦜", 1))
                .isEqualTo(new Unencodable("GSM lacks U+1F99C at position 2; LATIN-1 lacks U+1F99C at position 2"));
        assertThat(encoder.encode("a\uD83D", 1)).isInstanceOf(Unencodable.class);
    }

    @Test
    void usesNationalTablesBeforeApproximating() {
        EncodedText encoded = encode("şu “ev”", new Encoding(0, SmsCharset.GSM_TR));

        assertThat(text(encoded)).isEqualTo("şu \"ev\"");
        assertThat(encoded.replacements()).hasSize(2);
    }

    @Test
    void isOffUnlessAskedFor() {
        assertThat(TextEncoder.of(List.of(GSM), LongMessage.UDH, false).encode("…", 1))
                .isEqualTo(new Unencodable("GSM lacks U+2026 at position 0"));
    }

    @Test
    void worksFromManyThreads() {
        TextEncoder encoder = TextEncoder.of(List.of(ASCII), LongMessage.UDH, true);

        List<String> texts = IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> text((EncodedText) encoder.encode("Привет " + i + " Łódź 你好", 9)))
                .toList();

        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i)).isEqualTo("Privet " + i + " Lodz ni hao");
        }
    }

    private static String sent(Encoding encoding, String text) {
        return text(encode(text, encoding));
    }

    private static EncodedText encode(String text, Encoding... encodings) {
        return (EncodedText)
                TextEncoder.of(List.of(encodings), LongMessage.UDH, true).encode(text, 9);
    }

    private static String text(EncodedText encoded) {
        return TextDecoder.of(List.of(encoded.encoding()))
                .decode(encoded.encoding().dataCoding(), encoded.udhi(), encoded.shortMessage(1, 0))
                .text();
    }
}
