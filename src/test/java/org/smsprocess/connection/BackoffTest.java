// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Waits before a connection is tried again. */
class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofSeconds(60);

    @Test
    void growsByTheFactorUpToTheLongest() {
        Backoff backoff = Backoff.NONE;
        for (int seconds : new int[] {10, 20, 40, 60, 60}) {
            backoff = backoff.failed();

            assertThat(backoff.delay(FIRST, 2.0, MOST, 0)).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    @Test
    @Tag("S13")
    void jitterTakesUpToAFifthOff() {
        assertThat(Backoff.NONE.failed().delay(FIRST, 2.0, MOST, 1.0)).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void neverOverflows() {
        assertThat(new Backoff(Integer.MAX_VALUE).delay(FIRST, 10.0, MOST, 0)).isEqualTo(MOST);
    }
}
