// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotSpreadTest {
    private final Map<String, List<String>> nodes = new TreeMap<>();
    private ToIntFunction<String> maxNodes = account -> 0;

    private void join(int number) {
        IntStream.range(0, number).forEach(node -> nodes.put("n" + (nodes.size() + 1), new ArrayList<>()));
    }

    private SlotSpread<String> spread() {
        return new SlotSpread<>(nodes, maxNodes, Comparator.naturalOrder());
    }

    private void place(int accounts, int slots) {
        for (int account = 0; account < accounts; account++) {
            for (int slot = 0; slot < slots; slot++) {
                String id = "a" + account + "/0/" + slot;
                nodes.get(spread().place(id)).add(id);
            }
        }
    }

    /** As sharding does: all that are misplaced stop, then each is placed. */
    private int rebalance() {
        Set<String> moving = spread().misplaced();
        nodes.values().forEach(slots -> slots.removeAll(moving));
        moving.stream().sorted().forEach(slot -> nodes.get(spread().place(slot)).add(slot));
        return moving.size();
    }

    private void settle() {
        for (int round = 0; round < 20 && rebalance() > 0; round++) {
            continue;
        }
        assertThat(spread().misplaced()).as("it comes to rest").isEmpty();
    }

    private int difference(String accountPrefix) {
        List<Long> counts = nodes.values().stream()
                .map(slots -> slots.stream()
                        .filter(slot -> slot.startsWith(accountPrefix))
                        .count())
                .sorted()
                .toList();
        return (int) (counts.get(counts.size() - 1) - counts.get(0));
    }

    @ParameterizedTest
    @CsvSource({"100, 4, 3", "1, 8, 3", "7, 5, 4", "3, 1, 2", "10, 1, 3", "2, 3, 5"})
    void eachAccountAndTheWholeAreEvenFromTheStart(int accounts, int slots, int size) {
        join(size);
        place(accounts, slots);

        assertThat(spread().misplaced()).isEmpty();
        assertThat(difference("a")).isLessThanOrEqualTo(1);
        for (int account = 0; account < accounts; account++) {
            assertThat(difference("a" + account + "/")).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 4, 1, 2", "20, 5, 2, 1", "5, 7, 1, 4", "9, 1, 1, 1"})
    void nodesThatJoinGetTheirShare(int accounts, int slots, int before, int joining) {
        join(before);
        place(accounts, slots);
        join(joining);
        settle();

        assertThat(difference("a")).isLessThanOrEqualTo(1);
        for (int account = 0; account < accounts; account++) {
            assertThat(difference("a" + account + "/")).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anyPictureComesToRestEven() {
        Random random = new Random(4711);
        for (int run = 0; run < 50; run++) {
            nodes.clear();
            join(1 + random.nextInt(5));
            int accounts = 1 + random.nextInt(8);
            for (int account = 0; account < accounts; account++) {
                for (int slot = 0; slot < 1 + account % 5; slot++) {
                    nodes.get("n" + (1 + random.nextInt(nodes.size()))).add("a" + account + "/0/" + slot);
                }
            }
            settle();
            for (int account = 0; account < accounts; account++) {
                assertThat(difference("a" + account + "/")).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void noMoreNodesThanTheProviderAllows() {
        maxNodes = account -> account.equals("a0") ? 2 : 0;
        join(4);
        place(2, 8);

        assertThat(holders("a0/")).isEqualTo(2);
        assertThat(holders("a1/")).isEqualTo(4);
    }

    @Test
    void aLimitThatIsSetLaterIsKeptToo() {
        join(3);
        place(1, 6);
        maxNodes = account -> 1;
        settle();

        assertThat(holders("a0/")).isEqualTo(1);
    }

    private long holders(String prefix) {
        return nodes.values().stream()
                .filter(slots -> slots.stream().anyMatch(slot -> slot.startsWith(prefix)))
                .count();
    }
}
