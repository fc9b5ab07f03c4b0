// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactReaderTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00, 00",
        "1, 01, 02",
        "127, 7f, fe01",
        "128, 8001, 8002",
        "-1, ffffffffffffffffff01, 01",
        "9223372036854775807, ffffffffffffffff7f, feffffffffffffffff01",
        "-9223372036854775808, 80808080808080808001, ffffffffffffffffff01"
    })
    void numbersAndSignedOnes(long value, String number, String signed) {
        byte[] octets = new CompactWriter(0).number(value).signed(value).toOctets();

        assertThat(HexFormat.of().formatHex(octets)).isEqualTo(number + signed);
        CompactReader reader = new CompactReader(octets);
        assertThat(reader.number()).isEqualTo(value);
        assertThat(reader.signed()).isEqualTo(value);
    }

    @Test
    void theOtherElements() {
        byte[] octets = new CompactWriter(0)
                .octet(0xFE)
                .fixed(0x0102030405060708L)
                .fixed(new long[] {1, -1})
                .octets(new byte[] {9, 8})
                .text("é")
                .list(List.of("a", "b"), CompactWriter::text)
                .toOctets();

        assertThat(HexFormat.of().formatHex(octets))
                .isEqualTo("fe" + "0102030405060708" + "0000000000000001" + "ffffffffffffffff" + "020908" + "02c3a9"
                        + "02" + "0161" + "0162");
        CompactReader reader = new CompactReader(octets);
        assertThat(reader.octet()).isEqualTo(0xFE);
        assertThat(reader.fixed()).isEqualTo(0x0102030405060708L);
        assertThat(reader.fixed(2)).containsExactly(1, -1);
        assertThat(reader.octets()).containsExactly(9, 8);
        assertThat(reader.text()).isEqualTo("é");
        assertThat(reader.list(CompactReader::text)).containsExactly("a", "b");
        assertThatThrownBy(reader::octet).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatIsCutOrCannotBe() {
        byte[] texts = new CompactWriter(0)
                .list(List.of("a", "b"), CompactWriter::text)
                .toOctets();
        for (int length = 0; length < texts.length; length++) {
            CompactReader cut = new CompactReader(Arrays.copyOf(texts, length));
            assertThatThrownBy(() -> cut.list(CompactReader::text)).isInstanceOf(IllegalStateException.class);
        }

        CompactReader tooMany = new CompactReader(new byte[] {3, 0, 0, 0});
        assertThatThrownBy(() -> tooMany.count(2)).hasMessage("3 elements in 3 octets");
        CompactReader tooLarge =
                new CompactReader(new CompactWriter(0).number(1L << 31).toOctets());
        assertThatThrownBy(tooLarge::smallNumber).hasMessageContaining("does not fit 32 bits");
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        assertThatThrownBy(new CompactReader(endless)::number).hasMessageContaining("longer than 10 octets");
    }
}
