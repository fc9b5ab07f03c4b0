// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.simulator.settings.SubmitSettings;

class AlphabetTest {
    @ParameterizedTest
    @CsvSource({
        "GSM, 0, 48656C6C6F, Hello",
        "GSM, 0, 00020F7E1B65, @$åü€",
        "GSM, 8, 00480069D83DDE00, Hi😀",
        "GSM, 3, E9, é",
        "LATIN_1, 0, E9, é",
        "UTF_8, 0, E282AC, €",
        "GSM, 5, 82A0, あ",
        "GSM, 6, BF, П",
        "GSM_PACKED, 0, E8329BFD06, hello",
        "GSM_PACKED, 0, E8329BFD4697D9EC37, hellohello"
    })
    void readsTextByDataCoding(SubmitSettings.DefaultAlphabet standard, int dataCoding, String octets, String text) {
        Alphabet alphabet = new Alphabet(standard);
        byte[] bytes = HexFormat.of().parseHex(octets);

        assertThat(alphabet.text(bytes, 0, bytes.length, dataCoding, 0)).isEqualTo(text);
        assertThat(Hashing.add(alphabet.hash(Hashing.START, bytes, 0, bytes.length, dataCoding, 0), -1))
                .isEqualTo(Hashing.add(Hashing.START, text));
    }

    @Test
    void hashesDifferentTextsDifferently() {
        assertThat(Hashing.add(Hashing.add(Hashing.START, "ab"), "c"))
                .isNotEqualTo(Hashing.add(Hashing.add(Hashing.START, "a"), "bc"));
    }

    @Test
    void writesMoInGsmOrUcs2AndCutsNoPair() {
        assertThat(MoText.parts("a€", 1)).singleElement().satisfies(part -> {
            assertThat(part.octets()).containsExactly('a', 0x1B, 0x65);
            assertThat(part.dataCoding()).isZero();
            assertThat(part.esmClass()).isZero();
        });
        assertThat(MoText.parts("ы", 1)).singleElement().satisfies(part -> {
            assertThat(part.octets()).isEqualTo("ы".getBytes(StandardCharsets.UTF_16BE));
            assertThat(part.dataCoding()).isEqualTo(8);
        });
        // the escape pair would start at septet 153
        assertThat(MoText.parts("x".repeat(152) + "€".repeat(10), 0x107))
                .first()
                .satisfies(part -> {
                    assertThat(part.octets()).hasSize(6 + 152).startsWith(5, 0, 3, 7, 2, 1);
                    assertThat(part.esmClass()).isEqualTo(0x40);
                });
        assertThat(MoText.parts("x".repeat(66) + "😀😀😀", 1))
                .first()
                .satisfies(part -> assertThat(part.octets()).hasSize(6 + 132));
    }
}
