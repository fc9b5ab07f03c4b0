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

    @Test
    void takesThePauseOfTheReceiverForItsOwn() {
        SlidingSecond read = new SlidingSecond();
        SlidingSecond surely = new SlidingSecond();
        long millisecond = SECOND / 1000;
        long lookedAt = 0;

        // one every 10 ms, looked for every 2 ms; but from 3.0 to 3.1 s nobody looks
        for (long arrived = 10 * millisecond; arrived < 6 * SECOND; arrived += 10 * millisecond) {
            boolean paused = arrived > 3 * SECOND && arrived <= 3 * SECOND + 100 * millisecond;
            long now = paused ? 3 * SECOND + 101 * millisecond : arrived;
            lookedAt = paused ? 3 * SECOND : now - 2 * millisecond;
            read.add(now);
            surely.add(lookedAt, now);
        }

        assertThat(read.max()).isEqualTo(110);
        assertThat(surely.max()).isEqualTo(100);
    }

    @Test
    void seesHasteAlsoWhenTimesAreNotKnownExactly() {
        SlidingSecond surely = new SlidingSecond();

        for (int i = 0; i < 110; i++) { // 110 a second, each known to 2 ms
            long now = SECOND * i / 110;
            surely.add(now - 2_000_000, now);
        }

        assertThat(surely.max()).isEqualTo(110);
    }
}
