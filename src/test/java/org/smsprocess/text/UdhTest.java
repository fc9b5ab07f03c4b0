// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.text.Udh.Concatenation;

/** Headers as handsets and SMSCs send them (3GPP TS 23.040 §9.2.3.24). */
@Tag("O1")
class UdhTest {
    @Test
    void readsAnEightBitReference() {
        Udh udh = udh("05 00 03 A7 03 02 48656C6C6F");

        assertThat(udh.concatenation()).contains(new Concatenation(0xA7, false, 3, 2));
        assertThat(udh.length()).isEqualTo(6);
        assertThat(udh.isMalformed()).isFalse();
    }

    @Test
    void readsASixteenBitReference() {
        assertThat(udh("06 08 04 A7B8 03 02 48").concatenation()).contains(new Concatenation(0xA7B8, true, 3, 2));
    }

    @Test
    void findsConcatenationAmongOtherElements() {
        // ports 9200 and 9201, something unknown of 2 octets, Turkish single shift, then concatenation, Hindi locking
        // shift
        Udh udh = udh("16 05 04 23F0 23F1  70 02 CAFE  24 01 01  00 03 07 02 01  25 01 06  41");

        assertThat(udh.concatenation()).contains(new Concatenation(7, false, 2, 1));
        assertThat(udh.singleShift()).isEqualTo(1);
        assertThat(udh.lockingShift()).isEqualTo(6);
        assertThat(udh.length()).isEqualTo(23);
    }

    @Test
    void readsAnEmptyHeader() {
        Udh udh = udh("00 41");

        assertThat(udh.length()).isEqualTo(1);
        assertThat(udh.isMalformed()).isFalse();
    }

    @Test
    void ignoresElementsOfAWrongLength() {
        Udh udh = udh("0A 00 02 A7 03 24 02 01 01 25 00 41");

        assertThat(udh.concatenation()).isEmpty();
        assertThat(udh.singleShift()).isZero();
        assertThat(udh.lockingShift()).isZero();
    }

    @ParameterizedTest
    @Tag("O2")
    @ValueSource(
            strings = {
                "", // UDHI and no octet
                "05", // a length and nothing
                "48 65 6C 6C 6F", // "Hello": 'H' would be 72 octets
                "05 00 03 A7 03", // one octet short
                "03 48 65 6C 6C 6F" // an element that would end beyond the header
            })
    void takesALyingLengthForText(String octets) {
        Udh udh = udh(octets);

        assertThat(udh.isMalformed()).isTrue();
        assertThat(udh.length()).isZero();
    }

    @Test
    @Tag("O2")
    void believesAConcatenationInFrontOfAnElementThatIsCutOff() {
        Udh udh = udh("07 00 03 A7 03 02 24 01 41");

        assertThat(udh.isMalformed()).isTrue();
        assertThat(udh.concatenation()).contains(new Concatenation(0xA7, false, 3, 2));
        assertThat(udh.length()).isEqualTo(8);
    }

    @ParameterizedTest
    @Tag("O5")
    @ValueSource(strings = {"05 00 03 A7 01 01", "05 00 03 A7 00 00", "05 00 03 A7 03 00", "05 00 03 A7 03 04"})
    void takesAPartOfOneOrWithAnImpossibleNumberForAWholeMessage(String octets) {
        Udh udh = udh(octets + "48656C6C6F");

        assertThat(udh.concatenation()).isEmpty();
        assertThat(udh.length()).isEqualTo(6);
        assertThat(udh.isMalformed()).isFalse();
    }

    @Test
    @Tag("O3")
    void recognisesAHeaderThatWasNotAnnounced() {
        assertThat(Udh.unannounced(octets("05 00 03 A7 03 02 48")).concatenation())
                .contains(new Concatenation(0xA7, false, 3, 2));
        assertThat(Udh.unannounced(octets("06 08 04 A7B8 03 02 48")).concatenation())
                .contains(new Concatenation(0xA7B8, true, 3, 2));
    }

    @ParameterizedTest
    @Tag("O3")
    @ValueSource(strings = {"05 00 03 A7 03 04 48", "05 00 03 A7 03", "06 08 04 A7B8 03", "48 65 6C 6C 6F 21 21", ""})
    void takesWhatIsNoSensibleConcatenationForText(String octets) {
        assertThat(Udh.unannounced(octets(octets))).isSameAs(Udh.NONE);
    }

    private static Udh udh(String octets) {
        return Udh.parse(octets(octets));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
