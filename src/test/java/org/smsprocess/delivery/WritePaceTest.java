// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WritePaceTest {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private long now = -5; // nanoTime may be negative

    @Test
    void theFirstIsWrittenAtOnceAndTheNextFewAfterThePause() {
        WritePace pace = new WritePace(5000, PAUSE, () -> now);
        assertThat(pace.left(1)).isZero();
        pace.wrote();

        assertThat(pace.left(1)).isEqualTo(PAUSE);
        now += Duration.ofMillis(15).toNanos();
        assertThat(pace.left(199)).isEqualTo(Duration.ofMillis(5));
        now += Duration.ofMillis(15).toNanos();
        assertThat(pace.left(1)).isZero();
    }

    @Test
    void manyAreWrittenAtOnce() {
        WritePace pace = new WritePace(5000, PAUSE, () -> now);
        pace.wrote();

        assertThat(pace.left(200)).isZero();
    }

    /** Where a transaction takes no more, waiting gains nothing. */
    @Test
    void aFullTransactionDoesNotWait() {
        WritePace pace = new WritePace(1, PAUSE, () -> now);
        pace.wrote();

        assertThat(pace.left(1)).isZero();
    }
}
