// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingSecondTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void countsAnEventForOneSecondExactly() {
        SlidingSecond second = new SlidingSecond();

        second.add(5);

        assertThat(second.inLastSecond(5 + SECOND - 1)).isEqualTo(1);
        assertThat(second.inLastSecond(5 + SECOND)).isZero();
        assertThat(second.max()).isEqualTo(1);
    }

    @Test
    void findsTheMaximumOfSecondsThatStartAnywhere() {
        SlidingSecond second = new SlidingSecond();

        // ten in the last tenth of a calendar second, ten in the first of the next
        for (int i = 0; i < 10; i++) {
            second.add(SECOND * 9 / 10 + i);
        }
        for (int i = 0; i < 10; i++) {
            second.add(SECOND + i);
        }

        assertThat(second.max()).isEqualTo(20);
    }

    @Test
    void agreesWithAListOfAllEvents() {
        SlidingSecond second = new SlidingSecond();
        Random random = new Random(7);
        Deque<Long> all = new ArrayDeque<>();
        long now = Long.MAX_VALUE - 3 * SECOND; // nanoTime may overflow
        int max = 0;

        for (int i = 0; i < 50_000; i++) {
            now += random.nextInt(3) == 0 ? random.nextInt(10_000_000) : 0;
            long time = now;
            all.removeIf(event -> time - event >= SECOND);
            all.add(now);
            max = Math.max(max, all.size());
            second.add(now);
            assertThat(second.inLastSecond(now)).isEqualTo(all.size());
        }
        assertThat(second.max()).isEqualTo(max);
    }
}
