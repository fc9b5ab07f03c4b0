// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;

/** What a member that is not well means to slots. Where they go otherwise: {@link SlotSpreadTest}. */
class EvenSlotsTest {
    private static final ActorTestKit KIT = ActorTestKit.create(ConfigFactory.load());

    private final ActorRef first = Adapter.toClassic(KIT.createTestProbe().getRef());
    private final ActorRef second = Adapter.toClassic(KIT.createTestProbe().getRef());
    private final ActorRef joined = Adapter.toClassic(KIT.createTestProbe().getRef());
    private final Map<ActorRef, IndexedSeq<String>> allocations = new HashMap<>();
    private final Set<ActorRef> unwell = new HashSet<>();
    private final EvenSlots slots = new EvenSlots(account -> 0, slot -> true, new MemberHealth() {
        @Override
        public boolean isCalm() {
            return unwell.isEmpty();
        }

        @Override
        public boolean isWell(ActorRef region) {
            return !unwell.contains(region);
        }
    });

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    EvenSlotsTest() {
        held(first, "a/0/0", "a/0/1", "a/0/2");
        held(second, "a/0/3", "a/0/4", "a/0/5");
        held(joined);
    }

    @Test
    void nothingOfTheSurvivorsMovesWhileAMemberIsNotWell() {
        unwell.add(second);
        assertThat(rebalanced()).isEmpty();

        unwell.clear();
        assertThat(rebalanced()).hasSize(2);
    }

    @Test
    void aMemberThatIsNotWellGetsNothingAlthoughItHasLeast() {
        unwell.add(joined);
        held(second, "a/0/3");

        assertThat(placed("a/0/4")).isEqualTo(second);
    }

    @Test
    void whereNoneIsWellASlotIsPlacedAllTheSame() {
        unwell.addAll(List.of(first, second, joined));

        assertThat(placed("a/0/6")).isEqualTo(joined);
    }

    private void held(ActorRef region, String... slots) {
        allocations.put(
                region, CollectionConverters.asScala(Arrays.asList(slots)).toIndexedSeq());
    }

    private Set<String> rebalanced() {
        return slots.rebalance(allocations, Set.of()).value().get().get();
    }

    private ActorRef placed(String slot) {
        return slots.allocateShard(first, slot, allocations).value().get().get();
    }
}
