// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.simulator.settings.MessageIdSettings;

class MessageIdsTest {
    @ParameterizedTest
    @CsvSource({
        "DECIMAL, 1234567890, 1234567890",
        "HEX, 499602d2, 499602d2",
        "HEX_UPPER_THEN_LOWER, 499602D2, 499602d2",
        "HEX_THEN_DECIMAL, 499602d2, 1234567890",
        "DECIMAL_THEN_HEX, 1234567890, 499602d2",
        "PADDED, 00000000001234567890, 1234567890"
    })
    void writesAnswerAndSr(MessageIdSettings.Format format, String answer, String sr) {
        MessageIds ids = ids(format, 1_234_567_890);

        assertThat(ids.answer(ids.next())).isEqualTo(answer);
        assertThat(sr(ids, 1_234_567_890)).isEqualTo(sr);
    }

    @Test
    void writesUuidsThatDiffer() {
        MessageIds ids = ids(MessageIdSettings.Format.UUID, MessageIdSettings.SMALLEST);

        String first = ids.answer(ids.next());

        assertThat(UUID.fromString(first).version()).isEqualTo(4);
        assertThat(UUID.fromString(first).variant()).isEqualTo(2);
        assertThat(sr(ids, MessageIdSettings.SMALLEST)).isEqualTo(first);
        assertThat(ids.answer(ids.next())).isNotEqualTo(first);
    }

    @Test
    void staysAtTenDigits() {
        MessageIds ids = ids(MessageIdSettings.Format.DECIMAL, MessageIdSettings.LARGEST);

        assertThat(ids.next()).isEqualTo(9_999_999_999L);
        assertThat(ids.next()).isEqualTo(1_000_000_000L);
        assertThat(ids(MessageIdSettings.Format.HEX, MessageIdSettings.LARGEST).answer(MessageIdSettings.LARGEST))
                .isEqualTo("2540be3ff");
    }

    private static MessageIds ids(MessageIdSettings.Format format, long first) {
        return new MessageIds(new MessageIdSettings(format, first), new Random(1));
    }

    private static String sr(MessageIds ids, long id) {
        OctetBuffer out = new OctetBuffer(8);
        ids.writeSr(out, id);
        return new String(out.octets(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }
}
