// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.text.Encoding;
import org.smsprocess.text.charsets.SmsCharset;

/** Octets of MO as they come, by data_coding (SMPP 3.4 §5.2.19, 3GPP TS 23.038 §4). */
class TextDecoderTest {
    private static final TextDecoder DEFAULT =
            TextDecoder.of(List.of(new Encoding(0, SmsCharset.GSM), new Encoding(8, SmsCharset.UCS_2)));

    @ParameterizedTest
    @Tag("O6")
    @CsvSource({
        // data_coding, octets, text
        "00, 00401B65, @¡€",
        "01, 4024, @$",
        "03, 40E9, @é",
        "05, 82A0, あ",
        "06, B6, Ж",
        "07, F9, ש",
        "08, 04360041, жA",
        "0A, 1B244224221B2842, あ", // ISO-2022-JP with its escapes
        "0E, C7D1, 한",
        "10, 0040, @¡", // flash
        "18, 0436, ж",
        "40, 0040, @¡", // to be deleted when read
        "48, 0436, ж",
        "90, 0040, @¡", // reserved
        "C0, 0040, @¡", // message waiting, discard
        "D8, 0040, @¡", // message waiting, store
        "E8, 0436, ж", // message waiting, store, UCS-2
        "F0, 0040, @¡",
        "F1, 0040, @¡",
        "F5, 48C3A9, Hé", // 8-bit, yet text
        "04, 48656C6C6F, Hello",
        "14, 48656C6C6F, Hello",
        "02, 48656C6C6F, Hello"
    })
    void readsEachGroupOfDataCodings(String dataCoding, String octets, String text) {
        DecodedText decoded = DEFAULT.decode(
                Integer.parseInt(dataCoding, 16), false, HexFormat.of().parseHex(octets));

        assertThat(decoded.text()).isEqualTo(text);
        assertThat(decoded.flags()).isEmpty();
    }

    @ParameterizedTest
    @Tag("O6")
    @CsvSource({"04, 0601AE02, BINARY", "F5, 0601AE02, BINARY", "20, 0601AE02, COMPRESSED", "60, 41, COMPRESSED"})
    void showsWhatIsNoTextInHexadecimal(String dataCoding, String octets, DecodeFlag flag) {
        DecodedText decoded = DEFAULT.decode(
                Integer.parseInt(dataCoding, 16), false, HexFormat.of().parseHex(octets));

        assertThat(decoded.text()).isEqualTo(octets);
        assertThat(decoded.flags()).containsExactly(flag);
    }

    @ParameterizedTest
    @Tag("M16")
    @CsvSource({
        "GSM, 4024, ¡¤",
        "LATIN-1, 4024E9, @$é",
        "ASCII, 4024, @$",
        "UTF-8, C3A9, é",
        "GSM-packed, 4112, A¤",
        "UCS-2, 00410042, AB"
    })
    void readsDataCodingZeroAsTheAccountSays(String name, String octets, String text) {
        TextDecoder decoder =
                TextDecoder.of(List.of(new Encoding(0, SmsCharset.named(name).orElseThrow())));

        assertThat(decoder.decode(0, false, HexFormat.of().parseHex(octets)).text())
                .isEqualTo(text);
    }

    @Test
    @Tag("O7")
    void readsUcs2WithAByteOrderMark() {
        assertThat(decode(8, "FEFF 0436 0041")).isEqualTo(new DecodedText("жA", Set.of()));
        assertThat(decode(8, "FFFE 3604 4100").text()).isEqualTo("жA");
        assertThat(decode(8, "FFFE 3604 4100").flags()).containsExactly(DecodeFlag.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @Tag("O7")
    @ValueSource(strings = {"Hi", "Hello, world", "Привет, как дела?", "שלום לכולם כאן", "مرحبا بكم في"})
    void readsLittleEndianWithoutAMark(String text) {
        DecodedText decoded = DEFAULT.decode(8, false, text.getBytes(StandardCharsets.UTF_16LE));

        assertThat(decoded.text()).isEqualTo(text);
        assertThat(decoded.flags()).containsExactly(DecodeFlag.LITTLE_ENDIAN);
    }

    @ParameterizedTest
    @Tag("O7")
    @ValueSource(
            strings = {
                "H",
                "Hi",
                "Hello, world",
                "Привет, как дела?",
                "中文",
                "一",
                "一一",
                "一二三四五六七八",
                "你好，世界！我们明天见面吧",
                "こんにちは、元気ですか",
                "안녕하세요 반갑습니다",
                "😀😀😀😀",
                "สวัสดีครับ",
                "1234567890",
                "Çığ",
                "中",
                "丁七万丈三上下不与"
            })
    void leavesBigEndianAlone(String text) {
        DecodedText decoded = DEFAULT.decode(8, false, text.getBytes(StandardCharsets.UTF_16BE));

        assertThat(decoded.text()).isEqualTo(text);
        assertThat(decoded.flags()).isEmpty();
    }

    @ParameterizedTest
    @Tag("O7")
    @ValueSource(strings = {"Hello", "Hello, my dear world", "Привет, мир", "naïve café"})
    void readsUtf8UnderTheDataCodingOfUcs2(String text) {
        DecodedText decoded = DEFAULT.decode(8, false, text.getBytes(StandardCharsets.UTF_8));

        assertThat(decoded.text()).isEqualTo(text);
        assertThat(decoded.flags()).containsExactly(DecodeFlag.CHARSET_GUESSED);
    }

    @Test
    @Tag("O8")
    void dropsTheOddOctetOfUcs2() {
        DecodedText decoded = decode(8, "0436 0437 04");

        assertThat(decoded.text()).isEqualTo("жз");
        assertThat(decoded.flags()).containsExactly(DecodeFlag.ODD_OCTET);
        assertThat(decode(8, "04").text()).isEmpty();
    }

    @Test
    void guessesTheCharsetOfOctetsThatAreNoSeptets() {
        assertThat(DEFAULT.decode(0, false, "naïve".getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo("naïve");
        assertThat(DEFAULT.decode(0, false, "naïve".getBytes(StandardCharsets.ISO_8859_1))
                        .text())
                .isEqualTo("naïve");
        assertThat(DEFAULT.decode(1, false, "naïve".getBytes(StandardCharsets.ISO_8859_1))
                        .flags())
                .containsExactly(DecodeFlag.CHARSET_GUESSED);
    }

    @Test
    @Tag("O2")
    void readsEverythingAsTextWhenTheHeaderIsALie() {
        DecodedText decoded = DEFAULT.decode(0, true, "Hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(decoded.text()).isEqualTo("Hello");
        assertThat(decoded.flags()).containsExactly(DecodeFlag.MALFORMED_UDH);
    }

    @Test
    @Tag("O1")
    void skipsTheHeader() {
        assertThat(decode(0, true, "05 00 03 A7 02 01 48656C6C6F").text()).isEqualTo("Hello");
        assertThat(decode(8, true, "05 00 03 A7 02 01 0436").text()).isEqualTo("ж");
    }

    @Test
    @Tag("O4")
    void joinsPartsEvenInsideACharacter() {
        byte[] emoji = hex("05 00 03 A7 02 01 0041 D83D");
        byte[] rest = hex("05 00 03 A7 02 02 DE00 0042");
        byte[] escape = hex("05 00 03 A7 02 01 41 1B");
        byte[] euro = hex("05 00 03 A7 02 02 65 42");

        assertThat(DEFAULT.decode(8, true, List.of(emoji, rest)).text()).isEqualTo("A😀B");
        assertThat(DEFAULT.decode(0, true, List.of(escape, euro)).text()).isEqualTo("A€B");
    }

    @Test
    @Tag("O4")
    void joinsPartsWithDifferentTables() {
        byte[] plain = hex("05 00 03 A7 02 01 41 1B65");
        byte[] turkish = hex("08 00 03 A7 02 02 25 01 01 1D");

        assertThat(DEFAULT.decode(0, true, List.of(plain, turkish)).text()).isEqualTo("A€ş");
    }

    @Test
    void neverYieldsWhatADatabaseRefuses() {
        assertThat(decode(8, "0041 0000 0042 D83D").text()).isEqualTo("A\uFFFDB\uFFFD");
        assertThat(decode(3, "410042").text()).isEqualTo("A\uFFFDB");
        assertThat(decode(3, "41420000").text()).isEqualTo("AB");
        assertThat(decode(3, "41420000").flags()).containsExactly(DecodeFlag.PADDING_DROPPED);
    }

    @Test
    void marksWhatStandsForNothing() {
        assertThat(decode(0, "411B").text()).isEqualTo("A\uFFFD");
        assertThat(decode(0, "411B").flags()).containsExactly(DecodeFlag.REPLACED);
        assertThat(DEFAULT.decode(5, false, "あ".getBytes(Charset.forName("EUC-KR")))
                        .text())
                .isNotEmpty();
    }

    @Test
    void readsNothingAsNothing() {
        assertThat(decode(0, "").text()).isEmpty();
        assertThat(decode(8, "").text()).isEmpty();
        assertThat(DEFAULT.decode(0, true, List.of()).text()).isEmpty();
    }

    private static DecodedText decode(int dataCoding, String octets) {
        return decode(dataCoding, false, octets);
    }

    private static DecodedText decode(int dataCoding, boolean udhi, String octets) {
        return DEFAULT.decode(dataCoding, udhi, hex(octets));
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
