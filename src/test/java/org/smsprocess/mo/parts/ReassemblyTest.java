// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.mo.MoFixtures.NOON;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.segment;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.smsprocess.mo.MoFixtures;
import org.smsprocess.mo.parts.MoEvent.Closed;
import org.smsprocess.mo.parts.MoEvent.PartsReceived;
import org.smsprocess.mo.parts.MoEvent.Stored;
import org.smsprocess.smpp.Inbound;

/** O4 and O13: parts out of order, twice, interleaved, missing; redelivered. */
class ReassemblyTest {
    private static final Reassembly.Bounds BOUNDS = new Reassembly.Bounds(100, 1000, 60_000);

    private final Reassembly state = new Reassembly();

    @Test
    void putsPartsTogetherInAnyOrder() {
        receive(NOON, part(1, 3, 3, "c"), part(1, 3, 1, "a"), part(1, 3, 2, "b"));

        assertThat(ready()).containsExactly("abc");
        assertThat(state.open()).isEmpty();
    }

    @Test
    void keepsInterleavedMessagesApart() {
        receive(NOON, part(1, 2, 1, "a"), part(2, 2, 1, "x"));
        receive(NOON + 1, part(2, 2, 2, "y"), part(1, 2, 2, "b"));

        assertThat(ready()).containsExactly("xy", "ab");
    }

    @Test
    void keepsReferencesOfDifferentWidthApart() {
        receive(NOON, part(1, 2, 1, "a"));
        receive(NOON, MoFixtures.deliver(0x40, 0, MoFixtures.octets("06 08 04 00 01 02 02 62")));

        assertThat(state.ready()).isEmpty();
        assertThat(state.open()).hasSize(2);
    }

    @Test
    void takesAPartOnce() {
        receive(NOON, part(1, 2, 1, "a"), part(1, 2, 1, "a"));
        receive(NOON + 5, part(1, 2, 1, "a"), part(1, 2, 2, "b"));

        assertThat(ready()).containsExactly("ab");
    }

    @Test
    void knowsThePartsOfAMessageThatWasStored() {
        receive(NOON, part(1, 2, 1, "a"), part(1, 2, 2, "b"));
        state.apply(new Stored(NOON + 10, List.of(1L)), BOUNDS);

        assertThat(state.knows(segment(part(1, 2, 1, "a")), NOON + 20, BOUNDS)).isTrue();
        receive(NOON + 20, part(1, 2, 1, "a"));

        assertThat(state.open()).isEmpty();
        assertThat(state.ready()).isEmpty();
    }

    @Test
    void takesTheSameAgainAfterTheWindow() {
        receive(NOON, part(1, 2, 1, "a"), part(1, 2, 2, "b"));
        state.apply(new Stored(NOON + 10, List.of(1L)), BOUNDS);

        receive(NOON + 60_000, part(1, 2, 1, "a"), part(1, 2, 2, "b"));

        assertThat(ready()).containsExactly("ab");
        assertThat(state.seen()).hasSize(2);
    }

    @Test
    void aReferenceUsedAgainEndsTheOlderMessage() {
        receive(NOON, part(1, 3, 1, "old"));
        receive(NOON + 1, part(1, 3, 1, "new"));

        assertThat(ready()).containsExactly("old");
        assertThat(state.open()).hasSize(1);
    }

    @Test
    void closesWhatHasWaitedLongEnoughSinceItsLastPart() {
        receive(NOON, part(1, 3, 1, "a"), part(2, 2, 1, "x"));
        receive(NOON + 500, part(1, 3, 2, "b"));

        assertThat(state.expired(NOON + 999, 1000)).isEmpty();
        List<Long> expired = state.expired(NOON + 1000, 1000);
        state.apply(new Closed(NOON + 1000, expired), BOUNDS);

        assertThat(ready()).containsExactly("x");
        assertThat(state.oldestOpen()).hasValue(NOON + 500);
    }

    @Test
    void isBoundedWhateverComes() {
        Reassembly.Bounds narrow = new Reassembly.Bounds(10, 50, 60_000);
        for (int i = 0; i < 200; i++) {
            state.apply(new PartsReceived(NOON + i, List.of(segment(part(i, 2, 1, "a" + i)))), narrow);
        }

        assertThat(state.open()).hasSize(10);
        assertThat(state.ready()).hasSize(190);
        assertThat(state.seen()).hasSizeLessThanOrEqualTo(51);
    }

    @Test
    void aCopyDoesNotChangeWithTheOriginal() {
        receive(NOON, part(1, 2, 1, "a"));
        Reassembly copy = state.copy();

        receive(NOON, part(1, 2, 2, "b"));

        assertThat(copy.ready()).isEmpty();
        assertThat(copy.open())
                .singleElement()
                .satisfies(group -> assertThat(group.isComplete()).isFalse());
    }

    private void receive(long atMillis, Inbound... parts) {
        List<Segment> segments = Stream.of(parts).map(MoFixtures::segment).toList();
        state.apply(new PartsReceived(atMillis, segments), BOUNDS);
    }

    private List<String> ready() {
        return state.ready().stream().map(ReassemblyTest::text).toList();
    }

    private static String text(Group group) {
        StringBuilder text = new StringBuilder();
        group.parts().forEach(part -> text.append(new String(part.octets(), StandardCharsets.US_ASCII)));
        return text.toString();
    }
}
