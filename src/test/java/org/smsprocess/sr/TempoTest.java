// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TempoTest {
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private long now = -5; // nanoTime may be negative
    private final Tempo tempo = new Tempo(10 * MILLI, () -> now);

    @Test
    void doesNotPauseWhenThereIsLittleToDo() {
        for (int i = 0; i < 50; i++) {
            assertThat(tempo.nanosToWait()).isLessThanOrEqualTo(0);
            tempo.handedOver(1);
            now += 50 * MILLI;
        }
    }

    @Test
    void pausesLongestUnderFullLoad() {
        for (int i = 0; i < 20; i++) {
            tempo.handedOver(100);
            now += 5 * MILLI;
        }
        tempo.handedOver(100);

        assertThat(tempo.nanosToWait()).isEqualTo(10 * MILLI);
        now += 4 * MILLI;
        assertThat(tempo.nanosToWait()).isEqualTo(6 * MILLI);
    }

    @Test
    void pausesInProportion() {
        for (int i = 0; i < 50; i++) {
            now += 4 * MILLI;
            tempo.handedOver(4);
        }

        assertThat(tempo.nanosToWait()).isBetween(4 * MILLI, 6 * MILLI);
    }

    @Test
    void forgetsALoadThatIsOver() {
        for (int i = 0; i < 20; i++) {
            now += MILLI;
            tempo.handedOver(100);
        }
        now += 2000 * MILLI;
        tempo.handedOver(1);

        assertThat(tempo.nanosToWait()).isLessThanOrEqualTo(0);
    }
}
