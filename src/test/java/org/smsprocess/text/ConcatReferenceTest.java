// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcatReferenceTest {
    @Test
    void countsOnForADestination() {
        ConcatReference references = new ConcatReference(64);

        int first = references.next("+491511234567");

        for (int i = 1; i < 70_000; i++) {
            assertThat(references.next("+491511234567")).isEqualTo(first + i & 0xFFFF);
        }
    }

    @Test
    void neverSharesTheLowOctetBetweenConsecutiveMessagesToADestination() {
        ConcatReference references = new ConcatReference(4096);
        Random random = new Random(7);
        int[] last = new int[1000];
        Arrays.fill(last, -1);

        for (int i = 0; i < 200_000; i++) {
            int destination = random.nextInt(last.length);
            int reference = references.next("49151" + destination);

            assertThat(reference & 0xFF).isNotEqualTo(last[destination]);
            last[destination] = reference & 0xFF;
        }
    }

    @Test
    void startsAnywhere() {
        Set<Integer> starts = IntStream.range(0, 200)
                .mapToObj(i -> new ConcatReference(8).next("491511234567"))
                .collect(Collectors.toSet());

        assertThat(starts).hasSizeGreaterThan(150);
    }

    @Test
    void forgetsTheDestinationUnusedForLongest() {
        ConcatReference references = new ConcatReference(8);
        int kept = references.next("kept");

        for (int i = 0; i < 1000; i++) {
            references.next("other " + i);
            kept++;
            assertThat(references.next("kept")).isEqualTo(kept & 0xFFFF);
        }
    }

    @Test
    void givesNoReferenceTwiceToManyThreads() {
        ConcatReference references = new ConcatReference(64);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 60_000).parallel().forEach(i -> seen.add(references.next("491511234567")));

        assertThat(seen).hasSize(60_000);
    }

    @Test
    void refusesASizeThatCannotBe() {
        assertThatThrownBy(() -> new ConcatReference(7)).isInstanceOf(IllegalArgumentException.class);
    }
}
