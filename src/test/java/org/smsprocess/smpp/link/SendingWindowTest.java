// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SendingWindowTest {
    @Test
    void countsFromOne() {
        SendingWindow window = new SendingWindow(10);

        assertThat(window.open(submit(1), 0)).isEqualTo(1);
        assertThat(window.open(submit(2), 0)).isEqualTo(2);
    }

    @Test
    void s20_wrapsFrom7fffffffToOne() {
        SendingWindow window = new SendingWindow(10, 0x7FFFFFFE);

        assertThat(window.open(submit(1), 0)).isEqualTo(0x7FFFFFFF);
        assertThat(window.open(submit(2), 0)).isEqualTo(1);
        assertThat(window.find(0x7FFFFFFF)).isNotNegative();
        assertThat(window.find(1)).isNotNegative();
    }

    @Test
    void s20_skipsNumbersWhoseSlotIsTaken() {
        SendingWindow window = new SendingWindow(1);
        int stuck = window.open(submit(1), 0);
        for (int i = 0; i < 10_000; i++) {
            int sequenceNumber = window.open(submit(2), 0);
            assertThat(window.release(window.find(sequenceNumber)).mtId()).isEqualTo(2);
        }

        assertThat(window.release(window.find(stuck)).mtId()).isEqualTo(1);
        assertThat(window.open()).isZero();
    }

    @Test
    void findsOnlyTheExactNumber() {
        SendingWindow window = new SendingWindow(4);
        int sequenceNumber = window.open(submit(1), 0);

        assertThat(window.find(sequenceNumber + 1024)).isEqualTo(-1); // same slot, other number
        assertThat(window.find(0)).isEqualTo(-1);
        assertThat(window.find(-1)).isEqualTo(-1);
        assertThat(window.find(Integer.MIN_VALUE)).isEqualTo(-1);
    }

    @Test
    void growsWithWhatIsOpenInItAndShrinksWithoutLosingIt() {
        SendingWindow window = new SendingWindow(2);
        int first = window.open(submit(1), 10);
        int second = window.open(submit(2), 20);

        window.resize(5000);
        for (int i = 0; i < 4998; i++) {
            window.open(submit(3), 30);
        }
        assertThat(window.room()).isZero();
        window.resize(1);

        assertThat(window.room()).isZero();
        assertThat(window.open()).isEqualTo(5000);
        assertThat(window.sentNanos(window.find(first))).isEqualTo(10);
        assertThat(window.release(window.find(second)).mtId()).isEqualTo(2);
    }

    @Test
    void behavesLikeAMapInOrderOfSending() {
        Random random = new Random(42);
        SendingWindow window = new SendingWindow(50, 0x7FFFFF00);
        Map<Integer, Long> model = new LinkedHashMap<>();
        for (long step = 0; step < 100_000; step++) {
            if (window.room() > 0 && random.nextBoolean()) {
                int sequenceNumber = window.open(submit(step), step);
                assertThat(model.put(sequenceNumber, step)).isNull();
            } else if (!model.isEmpty()) {
                var keys = model.keySet().toArray(Integer[]::new);
                int sequenceNumber = keys[random.nextInt(keys.length)];
                assertThat(window.release(window.find(sequenceNumber)).mtId()).isEqualTo(model.remove(sequenceNumber));
            }
            if (step % 1000 == 0) {
                window.resize(1 + random.nextInt(100));
            }
            assertThat(window.open()).isEqualTo(model.size());
            int oldest = window.oldest();
            assertThat(oldest < 0).isEqualTo(model.isEmpty());
            if (oldest >= 0) {
                assertThat(window.sequenceNumber(oldest))
                        .isEqualTo(model.keySet().iterator().next());
            }
        }
    }
}
