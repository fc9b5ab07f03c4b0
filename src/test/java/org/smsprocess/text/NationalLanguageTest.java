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

/** National language shift tables (3GPP TS 23.038 annex A), in octets looked up there by hand. */
class NationalLanguageTest {
    private static final Encoding UCS_2 = new Encoding(8, SmsCharset.UCS_2);

    /** Header, then septets; 24 names a single shift table, 25 a locking shift table. */
    @ParameterizedTest
    @CsvSource({
        "GSM-TR, Iışğ, 03240101 49 1B69 1B73 1B67",
        "GSM-ES, añáíóú, 03240102 61 7D 1B61 1B69 1B6F 1B75",
        "GSM-PT, ãõêç€, 03240103 1B7B 1B7C 1B05 1B09 1B65",
        "GSM-BN, বাংলা১, 06240104250104 40 50 01 46 50 1B1A",
        "GSM-GU, ગુજ૧, 06240105250105 17 53 1D 1B1D",
        "GSM-HI, हिन्दी, 03250106 4D 51 2F 5F 2B 52",
        "GSM-KN, ಕನಡ, 03250107 15 2F 24",
        "GSM-ML, മലയാളം, 03250108 42 46 43 50 47 01",
        "GSM-OR, ଓଡ଼ିଆ, 03250109 13 24 4E 51 04",
        "GSM-PA, ਪੰਜਾਬੀ, 0325010A 3D 7B 1D 50 40 52",
        "GSM-TA, தமிழ், 0325010B 27 42 51 48 5F",
        "GSM-TE, తెలుగు, 0325010C 27 58 46 53 17 53",
        "GSM-UR, اردو۵, 0624010D25010D 00 25 1A 53 1B21"
    })
    void encodesEachLanguageWithTheTablesItNeeds(String name, String text, String octets) {
        Encoding encoding = new Encoding(0, SmsCharset.named(name).orElseThrow());

        EncodedText encoded = encode(encoding, text);
        byte[] expected = HexFormat.of().parseHex(octets.replace(" ", ""));

        assertThat(encoded.encoding()).isEqualTo(encoding);
        assertThat(encoded.udhi()).isTrue();
        assertThat(HexFormat.of().formatHex(encoded.shortMessage(1, 0)))
                .isEqualTo(HexFormat.of().formatHex(expected));
        assertThat(TextDecoder.of(List.of()).decode(0, true, expected).text()).isEqualTo(text);
    }

    @Test
    void needsNoHeaderForAPlainText() {
        EncodedText encoded = encode(new Encoding(0, SmsCharset.GSM_TR), "a".repeat(160));

        assertThat(encoded.udhi()).isFalse();
        assertThat(encoded.parts()).isEqualTo(1);
    }

    /** Headers of 4, 7, 9 and 12 octets take 5, 8, 11 and 14 septets. */
    @ParameterizedTest
    @CsvSource({
        "GSM-ES, á, 153, 1, 0", // á is two septets: 153 + 2 = 155
        "GSM-ES, á, 154, 2, 142", // 149 + 7
        "GSM-HI, ह, 154, 1, 0",
        "GSM-HI, ह, 155, 2, 142",
        "GSM-HI, १ह, 149, 1, 0", // two tables: 2 + 1 + 149 = 152
        "GSM-HI, १ह, 150, 2, 139" // 146 + 7
    })
    void leavesLessRoomForTheText(String name, String special, int ascii, int parts, int left) {
        EncodedText encoded =
                encode(new Encoding(0, SmsCharset.named(name).orElseThrow()), special + "a".repeat(ascii));

        assertThat(encoded.parts()).isEqualTo(parts);
        assertThat(encoded.charactersLeft()).isEqualTo(left);
    }

    @Test
    void choosesTheLockingTableWhereItSavesAPart() {
        // two septets each by the single shift table, one by the locking shift table
        EncodedText encoded = encode(new Encoding(0, SmsCharset.GSM_TR), "ş".repeat(100));

        assertThat(encoded.parts()).isEqualTo(1);
        assertThat(encoded.shortMessage(1, 0)).startsWith(0x03, 0x25, 0x01, 0x01, 0x1D);
    }

    @Test
    void putsConcatenationBeforeTheTables() {
        EncodedText encoded = encode(new Encoding(0, SmsCharset.GSM_HI), "१ह" + "a".repeat(150));

        assertThat(encoded.shortMessage(2, 0xA7))
                .startsWith(0x0B, 0x00, 0x03, 0xA7, 0x02, 0x02, 0x24, 0x01, 0x06, 0x25, 0x01, 0x06, 'a');
    }

    @Test
    void isPassedOverForATextInAnotherLanguage() {
        assertThat(encode(new Encoding(0, SmsCharset.GSM_TR), "Привет").encoding())
                .isEqualTo(UCS_2);
    }

    @Test
    @Tag("M18")
    void concatenatesByUdhInsteadOfSarWhereAUdhIsNeededAnyway() {
        TextEncoder sar = TextEncoder.of(List.of(new Encoding(0, SmsCharset.GSM_ES)), LongMessage.SAR, false);

        EncodedText plain = (EncodedText) sar.encode("a".repeat(161), 9);
        EncodedText national = (EncodedText) sar.encode("á".repeat(100), 9);

        assertThat(plain.longMessage()).isEqualTo(LongMessage.SAR);
        assertThat(plain.udhi()).isFalse();
        assertThat(national.longMessage()).isEqualTo(LongMessage.UDH);
        assertThat(national.shortMessage(1, 5)).startsWith(0x08, 0x00, 0x03, 0x05, 0x02, 0x01, 0x24, 0x01, 0x02);
    }

    @Test
    void putsTheTablesIntoThePayloadsHeader() {
        TextEncoder payload =
                TextEncoder.of(List.of(new Encoding(0, SmsCharset.GSM_ES)), LongMessage.MESSAGE_PAYLOAD, false);

        EncodedText encoded = (EncodedText) payload.encode("á".repeat(100), 9);

        assertThat(encoded.udhi()).isTrue();
        assertThat(encoded.payload()).hasSize(204).startsWith(0x03, 0x24, 0x01, 0x02, 0x1B, 0x61);
    }

    @Test
    void readsThePlainTableWhereTheShiftedOneHasNothing() {
        // ESC and a septet without a meaning in the Turkish table is that letter; reserved languages are the default
        assertThat(decode("03240101 1B61 1B1B 62")).isEqualTo("a b");
        assertThat(decode("0324017F 1B65")).isEqualTo("€");
        assertThat(decode("03250102 0B")).isEqualTo("Ø"); // Spanish has no locking table
    }

    private static EncodedText encode(Encoding encoding, String text) {
        return (EncodedText)
                TextEncoder.of(List.of(encoding, UCS_2), LongMessage.UDH, false).encode(text, 9);
    }

    private static String decode(String octets) {
        return TextDecoder.of(List.of())
                .decode(0, true, HexFormat.of().parseHex(octets.replace(" ", "")))
                .text();
    }
}
