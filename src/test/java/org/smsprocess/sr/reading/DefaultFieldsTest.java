// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DefaultFieldsTest {
    private static final List<String> PIECES = List.of(
            "id:",
            "ID:",
            "Id:",
            "xid:",
            "_id:",
            " id:",
            "stat:",
            "STAT:",
            "sstat:",
            "err:",
            "Err:",
            "text:",
            "sub:001",
            "done date:2611220845",
            "0123456789",
            "01234567890",
            "abcdef",
            "abcdefg",
            "DELIVRD",
            "UNDELIV",
            "DND_REJECTED",
            "A",
            "000",
            "0000",
            "21b",
            "null",
            " ",
            "  ",
            "-",
            "_",
            ":",
            ".",
            "é",
            "İ",
            "ſ",
            "K",
            "\n",
            "\u0000",
            "[",
            "{",
            "@",
            "`");

    @Test
    void areFoundAsTheDefaultPatternsFindThem() {
        ReceiptFields.Finder fast = new DefaultFields();
        ReceiptFields.Finder patterns = new RegexFields(ReadingFixtures.settings());
        Random random = new Random(7);

        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            assertThat(fast.find(text.toString())).as(text.toString()).isEqualTo(patterns.find(text.toString()));
        }
    }

    @Test
    void areTakenOnlyForTheDefaultPatterns() {
        assertThat(DefaultFields.fits(ReadingFixtures.settings())).isTrue();
    }
}
