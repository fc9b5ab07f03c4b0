// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.smsprocess.delivery.Settlement;
import org.smsprocess.delivery.Settlement.Kind;

class SplitMtTest {
    private static final long PART_ID = 7;
    private static final long NOW = 5_000;

    @Test
    void isSentWithTheIdOfPartOneWhenAllPartsWereAccepted() {
        SplitMt mt = new SplitMt(7_168, 3);
        mt.add(3, Kind.SENT, "id-3", null, 100);
        mt.add(2, Kind.SENT, "id-2", null, 110);
        assertThat(mt.isComplete()).isFalse();

        mt.add(1, Kind.SENT, "id-1", null, 120);

        assertThat(mt.isComplete()).isTrue();
        assertThat(mt.decide(PART_ID, NOW))
                .isEqualTo(new Settlement(7_168, PART_ID, Kind.SENT, 3, "id-1", null, 100, NOW));
    }

    @Test
    void failsWhenOnePartWasRefusedForGood() {
        SplitMt mt = new SplitMt(7_168, 2);
        mt.add(2, Kind.FAILED, null, "refused", 100);
        mt.add(1, Kind.IN_DOUBT, null, "lost", 110);

        Settlement settlement = mt.decide(PART_ID, NOW);

        assertThat(settlement.kind()).isEqualTo(Kind.FAILED);
        assertThat(settlement.error()).isEqualTo("refused");
    }

    @Test
    void isInDoubtWhenPartOneMayHaveArrived() {
        SplitMt mt = new SplitMt(7_168, 2);
        mt.add(2, Kind.SENT, "id-2", null, 100);
        mt.add(1, Kind.IN_DOUBT, null, "lost", 110);

        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.IN_DOUBT);
    }

    @Test
    void goesBackToTheQueueWithoutDoubtWhilePartOneWasNotWritten() {
        SplitMt mt = new SplitMt(7_168, 2);
        mt.add(2, Kind.IN_DOUBT, null, "lost", 100);
        mt.add(1, Kind.REQUEUE, null, null, 110);

        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.REQUEUE);
    }

    @Test
    void goesBackToTheQueueWhenTheLinkEndsBeforeAllPartsHaveAnOutcome() {
        SplitMt mt = new SplitMt(7_168, 3);
        mt.add(3, Kind.SENT, "id-3", null, 100);

        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.REQUEUE);
    }
}
