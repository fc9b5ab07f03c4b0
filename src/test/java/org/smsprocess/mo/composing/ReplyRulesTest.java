// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.account.MoSettings.Action;
import org.smsprocess.account.MoSettings.ReplyRule;

class ReplyRulesTest {
    private static final ReplyRule STOP = rule("stop", "");
    private static final ReplyRule STOP_HERE = rule("STOP", "1234");
    private static final ReplyRule ANY = rule("", "");

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'STOP', stop, true",
                "'Stopp bitte', stop, true",
                "'  ¡¡stop!!', STOP, true",
                "'\"Stop\"', stop, true",
                "'please stop', stop, false",
                "'sto', stop, false",
                "'', stop, false",
                "'!!!', stop, false",
                "none, stop, false",
                "'İPTAL', iptal, true",
                "'iptal', İPTAL, true",
                "'IPTAL', ıptal, true",
                "'ΣΤΟΠ', στοπ, true",
                "'СТОП все', стоп, true",
                "'straße', STRASSE, true",
                "'ＳＴＯＰ', stop, true",
                "'𝟒𝟐 please', 42, true",
                "'नहीं चाहिए', नहीं, true",
            })
    void keywordIsAPrefixOfTheFirstWordInAnyCase(String text, String keyword, boolean matches) {
        assertThat(ReplyRules.match(List.of(rule(keyword, "")), text, "1234").isPresent())
                .isEqualTo(matches);
    }

    @Test
    void firstMatchWins() {
        assertThat(ReplyRules.match(List.of(STOP_HERE, STOP, ANY), "stop", "1234"))
                .containsSame(STOP_HERE);
        assertThat(ReplyRules.match(List.of(STOP_HERE, STOP, ANY), "stop", "5678"))
                .containsSame(STOP);
        assertThat(ReplyRules.match(List.of(STOP_HERE, STOP, ANY), "hello", "1234"))
                .containsSame(ANY);
        assertThat(ReplyRules.match(List.of(STOP_HERE, STOP), "hello", "1234")).isEmpty();
    }

    @Test
    void emptyKeywordMatchesWhatHasNoText() {
        assertThat(ReplyRules.match(List.of(STOP, ANY), null, "1234")).containsSame(ANY);
    }

    @Test
    void plusMakesNoOtherShortCode() {
        assertThat(ReplyRules.match(List.of(rule("", "+4912")), "x", "4912")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"4912345, false, +4912345", "+4912345, false, +4912345", "4912345, true, 4912345", "ACME, false, ACME"})
    void plusGoesBeforeNumbersForTheQuarantine(String sender, boolean sendFullNumber, String number) {
        assertThat(QuarantineNumber.of(sender, sendFullNumber)).isEqualTo(number);
    }

    private static ReplyRule rule(String keyword, String shortCode) {
        return new ReplyRule(keyword, shortCode, "bye", Action.NONE);
    }
}
