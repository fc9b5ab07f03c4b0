// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimingWheelTest {
    private static final long MILLI = 1_000_000;
    private long now = 1_000;
    private final TimingWheel wheel = new TimingWheel(now);
    private final List<Integer> fired = new ArrayList<>();

    @Test
    void isNeverEarlyAndAtMostATickLate() {
        Random random = new Random(3);
        long[] due = new long[20_000];
        long[] firedAt = new long[due.length];
        for (int i = 0; i < due.length; i++) {
            long delay = random.nextInt(60_000) * MILLI; // several turns of the wheel
            due[i] = now + delay;
            int index = i;
            wheel.add(thing(() -> firedAt[index] = now), now, delay);
            wheel.advance(now += random.nextInt(1_000_000));
        }

        while (!wheel.isEmpty()) {
            wheel.advance(now += TimingWheel.TICK);
        }

        for (int i = 0; i < due.length; i++) {
            assertThat(firedAt[i]).isBetween(due[i], due[i] + 2 * TimingWheel.TICK);
        }
    }

    @Test
    void keepsTheOrderWithinATick() {
        for (int i = 0; i < 5; i++) {
            add(i, 10);
        }

        wheel.advance(now += 20 * MILLI);

        assertThat(fired).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void firesAllThatIsDueAfterALongPause() {
        for (int i = 0; i < 100; i++) {
            add(i, i * 1000);
        }

        wheel.advance(now += 200_000 * MILLI);

        assertThat(fired).hasSize(100);
        assertThat(wheel.isEmpty()).isTrue();
    }

    @Test
    void takesThingsFromThingsThatFire() {
        wheel.add(thing(() -> add(7, 0)), now, 0);

        wheel.advance(now += 3 * MILLI);
        assertThat(fired).isEmpty();
        wheel.advance(now += 3 * MILLI);

        assertThat(fired).containsExactly(7);
    }

    @Test
    void startsWhereTheTimeIsAfterItWasEmptyForLong() {
        now += 3_600_000 * MILLI;

        add(1, 10);
        wheel.advance(now += 5 * MILLI);

        assertThat(fired).isEmpty();
        wheel.advance(now += 10 * MILLI);
        assertThat(fired).containsExactly(1);
    }

    private void add(int number, long millis) {
        wheel.add(thing(() -> fired.add(number)), now, millis * MILLI);
    }

    private static Timed thing(Runnable action) {
        return new Timed() {
            @Override
            void fire() {
                action.run();
            }
        };
    }
}
