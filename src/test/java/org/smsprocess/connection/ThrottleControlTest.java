// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ThrottleControlTest {
    private static final long MILLI = 1_000_000L;

    private final AtomicLong nanos = new AtomicLong();

    private ThrottleControl control(double cap) {
        return new ThrottleControl(cap, Duration.ofSeconds(60), nanos::get);
    }

    @Test
    void keepsTheCapWhileNothingIsThrottled() {
        ThrottleControl control = control(200);

        nanos.addAndGet(10_000 * MILLI);

        assertThat(control.onTick(0)).isFalse();
        assertThat(control.rate()).isEqualTo(200);
    }

    @Test
    @Tag("M7")
    void goesToWhatTheSmscAcceptedInTheLastSecond() {
        ThrottleControl control = control(0);
        nanos.addAndGet(1_000 * MILLI);

        assertThat(control.onThrottled(100)).isTrue();

        assertThat(control.rate()).isEqualTo(98);
    }

    @Test
    @Tag("M8")
    void ignoresTheAnswersOfTheOldWindowAfterADecrease() {
        ThrottleControl control = control(0);
        nanos.addAndGet(1_000 * MILLI);
        control.onThrottled(100);

        nanos.addAndGet(10 * MILLI);

        assertThat(control.onThrottled(100)).isFalse();
        assertThat(control.rate()).isEqualTo(98);
    }

    @Test
    @Tag("M8")
    void aStormThatAcceptsNothingLeavesALeastRateAndSilenceEndsIt() {
        ThrottleControl control = control(0);
        nanos.addAndGet(1_000 * MILLI);
        int changes = 0;
        for (int answer = 0; answer < 500; answer++) {
            changes += control.onThrottled(0) ? 1 : 0;
        }
        assertThat(changes).isEqualTo(1);
        assertThat(control.rate()).isEqualTo(1);

        for (int tick = 0; tick < 250; tick++) {
            nanos.addAndGet(250 * MILLI);
            control.onTick(0);
        }

        assertThat(control.isReduced()).isFalse();
        assertThat(control.rate()).isZero();
    }

    @Test
    void settlesNearTheLimitOfASimulatedSmsc() {
        double limit = 50;
        ThrottleControl control = control(1_000);
        double exactlyAccepted = 0;
        double sum = 0;
        for (int second = 1; second <= 60; second++) {
            for (int tick = 0; tick < 4; tick++) {
                nanos.addAndGet(250 * MILLI);
                double offered = control.rate() / 4;
                exactlyAccepted += Math.min(offered, limit / 4);
                long accepted = (long) exactlyAccepted;
                if (offered > limit / 4) {
                    control.onThrottled(accepted);
                }
                control.onTick(accepted);
            }
            sum += second > 10 ? Math.min(control.rate(), limit) : 0;
        }

        assertThat(sum / 50).isCloseTo(limit, within(limit * 0.1));
    }

    @Test
    void returnsToTheCapWhenTheSmscAcceptsAgain() {
        ThrottleControl control = control(100);
        nanos.addAndGet(1_000 * MILLI);
        control.onThrottled(50);
        assertThat(control.isReduced()).isTrue();

        for (int tick = 0; tick < 400; tick++) {
            nanos.addAndGet(250 * MILLI);
            control.onTick(50);
        }

        assertThat(control.rate()).isEqualTo(100);
        assertThat(control.isReduced()).isFalse();
    }
}
