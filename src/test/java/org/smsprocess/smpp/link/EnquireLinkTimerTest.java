// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.link.EnquireLinkTimer.Due;

class EnquireLinkTimerTest {
    private static final long START = Long.MAX_VALUE - 50; // nanoTime may overflow
    private final EnquireLinkTimer timer = new EnquireLinkTimer(100, START);

    @Test
    void s9_asksOnlyASilentPeer() {
        for (long now = START; now - START < 1000; now += 99) {
            assertThat(timer.due(now)).isEqualTo(Due.NOTHING);
            timer.heard(now);
        }
    }

    @Test
    void s10_asksOncePerSilenceHoweverOftenItIsLookedAt() {
        assertThat(timer.due(START + 100)).isEqualTo(Due.ENQUIRE);
        assertThat(timer.due(START + 101)).isEqualTo(Due.NOTHING);
        assertThat(timer.due(START + 199)).isEqualTo(Due.NOTHING);
    }

    @Test
    void s12_dropsThePeerAfterTwoPeriods() {
        assertThat(timer.due(START + 100)).isEqualTo(Due.ENQUIRE);
        assertThat(timer.due(START + 200)).isEqualTo(Due.DROP);
    }

    @Test
    void anAnswerStartsAllOverAgain() {
        assertThat(timer.due(START + 100)).isEqualTo(Due.ENQUIRE);
        timer.heard(START + 150);

        assertThat(timer.due(START + 249)).isEqualTo(Due.NOTHING);
        assertThat(timer.due(START + 250)).isEqualTo(Due.ENQUIRE);
    }

    @Test
    void saysWhenToLookAgain() {
        assertThat(timer.nanosUntilNext(START)).isEqualTo(100);
        timer.due(START + 100);
        assertThat(timer.nanosUntilNext(START + 100)).isEqualTo(100);
    }
}
