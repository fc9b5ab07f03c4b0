// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import org.junit.jupiter.api.Test;

class LateAnswersTest {
    @Test
    void givesEachOutOnce() {
        LateAnswers late = new LateAnswers(10);
        late.remember(5, submit(1), 0);

        assertThat(late.take(5)).isNotNull();
        assertThat(late.take(5)).isNull();
    }

    @Test
    void forgetsTheOldestWhenThereAreTooMany() {
        LateAnswers late = new LateAnswers(2);
        late.remember(1, submit(1), 0);
        late.remember(2, submit(2), 0);
        late.remember(3, submit(3), 0);

        assertThat(late.take(1)).isNull();
        assertThat(late.take(2)).isNotNull();
        assertThat(late.take(3)).isNotNull();
    }

    @Test
    void keepsTheNewerOneWhenASequenceNumberComesRoundAgain() {
        LateAnswers late = new LateAnswers(2);
        late.remember(1, submit(1), 0);
        late.remember(1, submit(2), 0);

        assertThat(late.take(1).submit().mtId()).isEqualTo(2);
        assertThat(late.take(1)).isNull();
    }
}
