// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that always has work, on a clock of its own that wakes it up to 2 ms late, as event loops do. */
class RatePacerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LATEST_WAKE_NANOS = 2_000_000L;

    private final Random random = new Random(7);
    private long nowNanos = Long.MAX_VALUE - 3 * SECOND; // System.nanoTime may overflow at any moment

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 50, 99, 100, 333, 1000, 2000, 20_000})
    void keepsAWholeRateInAnySecondAndUsesIt(int rate) {
        RatePacer pacer = new RatePacer(rate, nowNanos);
        Sent sent = send(pacer, Math.max(20, 2000 / rate), Integer.MAX_VALUE);

        assertThat(sent.mostInAny(SECOND)).isLessThanOrEqualTo(rate);
        assertThat(sent.perSecond()).isGreaterThanOrEqualTo(rate * 0.99);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1000})
    void staysTrueWhenTheNetworkDelivers4MsFasterThanBefore(int rate) {
        RatePacer pacer = new RatePacer(rate, nowNanos);
        Sent sent = send(pacer, 20, Integer.MAX_VALUE);

        assertThat(sent.mostInAny(SECOND + 4_000_000)).isLessThanOrEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1, 10", "0.5, 1, 2", "1.5, 2, 1.3333", "2.5, 3, 1.2", "87.3, 88, 1.00801"})
    void keepsAFractionalRateOverTheIntervalOfAWholeNumber(double rate, int count, double seconds) {
        RatePacer pacer = new RatePacer(rate, nowNanos);
        Sent sent = send(pacer, 200, Integer.MAX_VALUE);

        assertThat(sent.mostInAny((long) (seconds * SECOND))).isLessThanOrEqualTo(count);
        assertThat(sent.perSecond()).isGreaterThanOrEqualTo(rate * 0.98); // 200 s hold only 20 at 0.1
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000, 2000})
    void spreadsThemOverTheSecond(int rate) {
        RatePacer pacer = new RatePacer(rate, nowNanos);
        Sent sent = send(pacer, 10, Integer.MAX_VALUE);

        assertThat(sent.mostAtOnce()).isLessThanOrEqualTo(Math.max(1, rate / 100));
        assertThat(sent.mostInAny(SECOND / 10)).isLessThanOrEqualTo(rate * 12 / 100 + 1);
    }

    @Test
    void makesUpForAShortPauseWithoutABurst() {
        RatePacer pacer = new RatePacer(1000, nowNanos);
        Sent sent = new Sent();
        for (int i = 0; i < 20; i++) {
            send(pacer, sent, 0.98, Integer.MAX_VALUE);
            nowNanos += 20_000_000; // the machine stood still for 20 ms of each second
        }

        assertThat(sent.perSecond()).isGreaterThanOrEqualTo(990);
        assertThat(sent.mostInAny(SECOND)).isLessThanOrEqualTo(1000);
        assertThat(sent.mostAtOnce()).isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100, 1000, 2000})
    void makesUpForALongPauseWithinTheSecond(int rate) {
        RatePacer pacer = new RatePacer(rate, nowNanos);
        Sent sent = new Sent();
        for (int i = 0; i < 40; i++) {
            send(pacer, sent, 0.9 + random.nextDouble() * 0.5, Integer.MAX_VALUE);
            nowNanos += 100_000_000;
        }

        assertThat(sent.perSecond()).isGreaterThanOrEqualTo(rate * 0.968); // 0.94 without
        assertThat(sent.mostInAny(SECOND)).isLessThanOrEqualTo(rate);
        assertThat(sent.mostAtOnce()).isLessThanOrEqualTo(Math.max(1, rate / 100));
    }

    @Test
    void doesNotCatchUpAfterIdleTime() {
        RatePacer pacer = new RatePacer(100, nowNanos);
        nowNanos += 3600 * SECOND;

        assertThat(pacer.permits(1000, nowNanos)).isEqualTo(1);
    }

    @Test
    void zeroIsNoLimit() {
        RatePacer pacer = new RatePacer(0, nowNanos);

        assertThat(pacer.permits(123_456, nowNanos)).isEqualTo(123_456);
    }

    @Test
    void aLowerRateHoldsAtOnceWithWhatWasSentBeforeIt() {
        RatePacer pacer = new RatePacer(100, nowNanos);
        send(pacer, 2, Integer.MAX_VALUE);

        pacer.limit(10, nowNanos);
        long changedNanos = nowNanos;
        while (pacer.permits(1, nowNanos) == 0) {
            nowNanos += pacer.nanosUntilNext(nowNanos);
        }

        // 10 in any second were exceeded until a second ago; the first may leave when only 9 of them are left in the
        // books
        assertThat(nowNanos - changedNanos).isBetween(SECOND * 85 / 100, SECOND * 101 / 100);
    }

    /** A slot that moves to another node: unbind and bind lie between the two. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 50, 100, 1000})
    void aSuccessorKeepsTheRateInAnySecondToo(int rate) {
        Sent sent = new Sent();
        for (int holder = 0; holder < 20; holder++) {
            RatePacer pacer = new RatePacer(rate, nowNanos);
            send(pacer, sent, 1 + 2 * random.nextDouble(), Integer.MAX_VALUE);
            nowNanos += 25_000_000;
        }

        assertThat(sent.mostInAny(SECOND)).isLessThanOrEqualTo(rate);
        assertThat(sent.perSecond()).isGreaterThanOrEqualTo(rate < 10 ? rate * 0.2 : rate * 0.9);
    }

    @Test
    void aHigherRateHoldsAtOnce() {
        RatePacer pacer = new RatePacer(1, nowNanos);
        send(pacer, 3, Integer.MAX_VALUE);

        pacer.limit(1000, nowNanos);
        Sent sent = send(pacer, 1, Integer.MAX_VALUE);

        assertThat(sent.total).isBetween(985, 1000);
    }

    @Test
    void noLimitAfterALimitHoldsAtOnce() {
        RatePacer pacer = new RatePacer(1, nowNanos);
        send(pacer, 1, Integer.MAX_VALUE);

        pacer.limit(0, nowNanos);

        assertThat(pacer.permits(5000, nowNanos)).isEqualTo(5000);
    }

    @Test
    void keepsTheRateAlsoWhenWorkComesInSpells() {
        RatePacer pacer = new RatePacer(50, nowNanos);
        Sent sent = new Sent();
        for (int i = 0; i < 100; i++) {
            send(pacer, sent, random.nextDouble(), 1 + random.nextInt(60));
            nowNanos += (long) (random.nextDouble() * SECOND);
        }

        assertThat(sent.mostInAny(SECOND)).isLessThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN})
    void refusesARateThatIsNone(double rate) {
        assertThatThrownBy(() -> new RatePacer(rate, nowNanos)).isInstanceOf(IllegalArgumentException.class);
    }

    private Sent send(RatePacer pacer, int seconds, int count) {
        Sent sent = new Sent();
        send(pacer, sent, seconds, count);
        return sent;
    }

    private void send(RatePacer pacer, Sent sent, double seconds, int count) {
        long endNanos = nowNanos + (long) (seconds * SECOND);
        int left = count;
        while (endNanos - nowNanos > 0 && left > 0) {
            int permits = pacer.permits(left, nowNanos);
            if (permits > 0) {
                pacer.sent(permits, nowNanos);
                sent.add(permits, nowNanos);
                left -= permits;
            } else {
                long wake = pacer.nanosUntilNext(nowNanos) + (long) (random.nextDouble() * LATEST_WAKE_NANOS);
                nowNanos += Math.min(wake, endNanos - nowNanos);
            }
        }
        sent.endNanos = nowNanos;
    }

    /** What the other end sees. */
    private static final class Sent {
        private final ArrayList<long[]> bursts = new ArrayList<>(); // time, count
        private int total;
        private long endNanos;

        void add(int count, long nanos) {
            bursts.add(new long[] {nanos, count});
            total += count;
        }

        double perSecond() {
            return total * (double) SECOND / (endNanos - bursts.get(0)[0]);
        }

        long mostAtOnce() {
            return bursts.stream().mapToLong(burst -> burst[1]).max().orElse(0);
        }

        long mostInAny(long intervalNanos) {
            long most = 0;
            long inside = 0;
            int first = 0;
            for (long[] burst : bursts) {
                inside += burst[1];
                while (burst[0] - bursts.get(first)[0] >= intervalNanos) {
                    inside -= bursts.get(first++)[1];
                }
                most = Math.max(most, inside);
            }
            return most;
        }
    }
}
