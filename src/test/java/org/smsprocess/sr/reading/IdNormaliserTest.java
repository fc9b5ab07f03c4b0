// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.SrSettings.IdFormat;

class IdNormaliserTest {
    @ParameterizedTest
    @CsvSource({
        "VERBATIM, 00aB, 00aB",
        "DECIMAL, '  00123 ', 123",
        "DECIMAL, 0000, 0",
        "DECIMAL, 0, 0",
        "DECIMAL, '', ''",
        "DECIMAL, 00x7, x7",
        "HEX_NUMBER, 18d0e03a, 416342074",
        "HEX_NUMBER, 18D0E03A, 416342074",
        "HEX_NUMBER, 0018d0e03a, 416342074",
        "HEX_NUMBER, 0x10, 16",
        "HEX_NUMBER, 7fffffffffffffff, 9223372036854775807",
        "HEX_NUMBER, ffffffffffffffff, 18446744073709551615",
        "HEX_NUMBER, fffffffffffffffffffffffffffffffff, 5444517870735015415413993718908291383295",
        "HEX_NUMBER, not-hex, not-hex",
        "HEX_NUMBER, '', ''",
        "HEX_STRING, AB1, 414231"
    })
    @Tag("M13")
    void bringsBothSidesToOneForm(IdFormat format, String id, String normal) {
        IdNormaliser normaliser = new IdNormaliser("acme", format, format);

        assertThat(normaliser.normaliseMt(id)).isEqualTo(normal);
        assertThat(normaliser.candidates(id).get(0)).isEqualTo(normal);
    }

    @Test
    void d2_comparesHexadecimalAnswersWithPaddedDecimalReceipts() {
        IdNormaliser normaliser = new IdNormaliser("acme", IdFormat.HEX_NUMBER, IdFormat.DECIMAL);

        assertThat(normaliser.candidates("0416342074").get(0)).isEqualTo(normaliser.normaliseMt("18D0E03A"));
    }

    @Test
    void autoOffersEachBaseUntilOneIsLearned() {
        IdNormaliser normaliser = new IdNormaliser("acme", IdFormat.AUTO, IdFormat.AUTO);
        String mt = normaliser.normaliseMt("18D0E03A");

        assertThat(normaliser.candidates("0416342074")).containsExactly("416342074", "18d0e03a", "17552384116");
        for (int i = 0; i < LearnedForm.VOTES; i++) {
            normaliser.learned(LearnedForm.formOf("416342074", mt));
        }

        assertThat(normaliser.candidates("0416342074")).containsExactly(mt);
        assertThat(normaliser.candidates("0416342074").get(0)).isEqualTo(mt);
    }

    @Test
    void autoWantsMatchesInARow() {
        IdNormaliser normaliser = new IdNormaliser("acme", IdFormat.VERBATIM, IdFormat.AUTO);

        for (int i = 0; i < 10; i++) {
            normaliser.learned(LearnedForm.formOf("10", "10"));
            normaliser.learned(LearnedForm.formOf("10", "a"));
            normaliser.learned(LearnedForm.formOf("10", "other"));
        }

        assertThat(normaliser.candidates("10")).containsExactly("10", "a", "16");
    }

    @Test
    void autoIgnoresPaddingCaseAndBlanks() {
        IdNormaliser normaliser = new IdNormaliser("acme", IdFormat.AUTO, IdFormat.VERBATIM);

        assertThat(normaliser.candidates(" 00ABC ")).contains(normaliser.normaliseMt("abc"));
    }
}
