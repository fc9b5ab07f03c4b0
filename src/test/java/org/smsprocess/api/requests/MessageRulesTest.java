// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"112", "+336000", "33600000001", "+12345678901234567890"})
    void takesNumbers(String to) {
        assertThat(MessageRules.recipient(to)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                     | is missing
            12                     | has 2 digits; 3 to 20 are allowed
            123456789012345678901  | has 21 digits; 3 to 20 are allowed
            +33A6                  | must be a number of digits, with or without a leading +; found 'A'
            33+6                   | must be a number of digits, with or without a leading +; found '+'
            33 6                   | must be a number of digits, with or without a leading +; found ' '
            336😀                  | must be a number of digits, with or without a leading +; found '😀'
            ٣٤٥                    | must be a number of digits, with or without a leading +; found '٣'
            """)
    void refusesWhatIsNoNumber(String to, String why) {
        assertThat(MessageRules.recipient(to)).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACME", "ACME Bank 1", "12345", "+12345678901234567890", "123456789012345678901"})
    void takesSenders(String sender) {
        assertThat(MessageRules.sender(sender)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | is empty; leave it out to use the account's
            +123456789012345678901  | has 22 octets; at most 21 fit into source_addr
            ACME Banking            | has 12 characters; a sender that is no number has at most 11
            +12345678901a           | has 13 characters; a sender that is no number has at most 11
            Café                    | may hold ASCII characters only; found 'é'
            """)
    void refusesSenders(String sender, String why) {
        assertThat(MessageRules.sender(sender)).isEqualTo(why);
    }

    @Test
    void m17_aSenderWithWhatWouldCutItIsRefused() {
        assertThat(MessageRules.sender("AC\u0000ME")).startsWith("may hold ASCII characters only");
        assertThat(MessageRules.longSender("AC\u0000ME")).startsWith("may hold ASCII characters only");
        assertThat(MessageRules.sender("ME@ACME")).isNull();
    }

    @Test
    void refusesTextThatNoSmsOrDatabaseCanHold() {
        assertThat(MessageRules.text("")).isEqualTo("is missing or empty");
        assertThat(MessageRules.text("a\u0000b")).isEqualTo("holds the character U+0000 at position 2");
        assertThat(MessageRules.text("ab\uD83D")).isEqualTo("holds half a character (a lone surrogate) at position 3");
        assertThat(MessageRules.text("\uDE00")).isEqualTo("holds half a character (a lone surrogate) at position 1");
        assertThat(MessageRules.text("x".repeat(39_016))).contains("255 SMS hold at most 39015");
        assertThat(MessageRules.text("x".repeat(39_015))).isNull();
        assertThat(MessageRules.text("😀")).isNull();
    }
}
