// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.text.charsets.SmsCharset;

class PreviewTest {
    private static final Encoding GSM = new Encoding(0, SmsCharset.GSM);
    private static final Encoding UCS_2 = new Encoding(8, SmsCharset.UCS_2);

    @Test
    void saysWhatATextWouldTake() {
        TextEncoder encoder = TextEncoder.of(List.of(GSM, UCS_2), LongMessage.UDH, false);

        assertThat(encoder.preview("Hello {x}")).isEqualTo(new Preview(GSM, 1, 1, 11, 149, List.of(), null));
        assertThat(encoder.preview("ж".repeat(71))).isEqualTo(new Preview(UCS_2, 2, 2, 71, 63, List.of(), null));
    }

    @Test
    void countsTheSmsOfAPayload() {
        TextEncoder encoder = TextEncoder.of(List.of(GSM), LongMessage.MESSAGE_PAYLOAD, false);

        assertThat(encoder.preview("a".repeat(400))).isEqualTo(new Preview(GSM, 1, 3, 400, 59, List.of(), null));
    }

    @Test
    void saysWhyATextCannotBeSent() {
        TextEncoder encoder = TextEncoder.of(List.of(GSM), LongMessage.UDH, false);

        assertThat(encoder.preview("ж").encoding()).isNull();
        assertThat(encoder.preview("ж").reason()).isEqualTo("GSM lacks U+0436 at position 0");
        assertThat(encoder.preview("a".repeat(161), 1).reason()).isEqualTo("too long: 2 parts, at most 1");
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> TextEncoder.of(List.of(), LongMessage.UDH, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Encoding(256, SmsCharset.GSM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data_coding 256 is out of range (0 to 255)");
    }
}
