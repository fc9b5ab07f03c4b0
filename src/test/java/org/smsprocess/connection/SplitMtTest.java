// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;

class SplitMtTest {
    private static final long PART_ID = 7;
    private static final long NOW = 5_000;
    private static final int REFERENCE = 77;
    private static final int UCS2 = 8;

    @Test
    void isSentWithTheIdOfPartOneWhenAllPartsWereAccepted() {
        SplitMt mt = ofThreeParts();
        mt.add(3, Kind.SENT, "id-3", null, 100);
        assertThat(mt.dueFirst()).isNull();
        mt.add(2, Kind.SENT, "id-2", null, 110);
        assertThat(mt.isComplete()).isFalse();
        assertThat(mt.dueFirst()).extracting(Submit::part).isEqualTo(1);

        mt.add(1, Kind.SENT, "id-1", null, 120);

        assertThat(mt.isComplete()).isTrue();
        assertThat(mt.decide(PART_ID, NOW))
                .isEqualTo(new Settlement(7_168, PART_ID, Kind.SENT, 3, "id-1", null, 100, NOW));
    }

    @Test
    void partOneIsNeverDueWhenOneOfTheOthersWasRefused() {
        SplitMt mt = ofThreeParts();
        mt.add(3, Kind.FAILED, null, "refused", 100);
        mt.add(2, Kind.SENT, "id-2", null, 110);

        assertThat(mt.dueFirst()).isNull();
        assertThat(mt.isComplete()).isTrue();
        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.FAILED);
        assertThat(mt.decide(PART_ID, NOW).error()).isEqualTo("refused");
    }

    @Test
    void aPartPutOffGoesWithTheKnowledgeOfThoseThatWereAccepted() {
        SplitMt mt = ofThreeParts();
        mt.add(3, Kind.SENT, "id-3", null, 100);
        mt.add(2, Kind.RETRY, null, "queue full", 110);

        assertThat(mt.isComplete()).isTrue();
        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.RETRY);
        assertThat(mt.decide(PART_ID, NOW).progress()).isEqualTo(new LongMtProgress(REFERENCE, 3, UCS2, List.of(3)));
    }

    @Test
    void anotherPartInDoubtPutsTheWholeInDoubt() {
        SplitMt mt = ofThreeParts();
        mt.add(3, Kind.IN_DOUBT, null, "lost", 100);
        mt.add(2, Kind.SENT, "id-2", null, 110);

        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.IN_DOUBT);
        assertThat(mt.decide(PART_ID, NOW).progress()).isEqualTo(new LongMtProgress(REFERENCE, 3, UCS2, List.of(2)));
    }

    @Test
    void whenOnlyPartOneIsInDoubtOnlyPartOneIsSentAgain() {
        SplitMt mt = ofThreeParts();
        mt.add(3, Kind.SENT, "id-3", null, 100);
        mt.add(2, Kind.SENT, "id-2", null, 100);
        mt.add(1, Kind.IN_DOUBT, null, "lost", 110);

        assertThat(mt.decide(PART_ID, NOW).progress()).isEqualTo(new LongMtProgress(REFERENCE, 3, UCS2, List.of(3, 2)));
    }

    @Test
    void goesBackToTheQueueWhenTheLinkEndsBeforePartOne() {
        SplitMt mt = ofThreeParts();
        assertThat(mt.hasProgress()).isFalse();
        mt.add(3, Kind.SENT, "id-3", null, 100);

        assertThat(mt.hasProgress()).isTrue();
        assertThat(mt.decide(PART_ID, NOW).kind()).isEqualTo(Kind.REQUEUE);
        assertThat(mt.decide(PART_ID, NOW).progress()).isNotNull();
    }

    @Test
    void rememberedPartsCountAtTheNextTry() {
        SplitMt mt = new SplitMt(new LongMt(first(), 1, REFERENCE, List.of(3)));
        mt.add(2, Kind.RETRY, null, "queue full", 110);

        assertThat(mt.decide(PART_ID, NOW).progress()).isEqualTo(new LongMtProgress(REFERENCE, 3, UCS2, List.of(3)));
    }

    private static SplitMt ofThreeParts() {
        return new SplitMt(new LongMt(first(), 2, REFERENCE, List.of()));
    }

    private static Submit first() {
        SmppAddress number = new SmppAddress(1, 1, "41791234567");
        Submit.Fields fields = new Submit.Fields("", 0, true, 0, 0, null, null, UCS2);
        return new Submit(7_168, 1, 3, number, number, fields, 1, new byte[0], List.of());
    }
}
