// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Sharding places slots as {@link SlotSpread} says; one slot is one shard. Runs on the oldest node alone.
 *
 * <p>While a member does not answer, comes or goes, slots stay where they are: to be moved they would have to be unbound, and what was
 * to follow, the consent of all regions, the answers of SR correlators, the coordinator's next step, would wait for that member's removal.
 */
public final class EvenSlots extends AbstractShardAllocationStrategy {
    /** Slots that are on their way at once: so many, and of many slots a quarter. */
    private static final int MOVING = 20;

    private static final int MOVING_OF_ALL = 4;

    private static final Comparator<ActorRef> ORDER = Comparator.comparing(ActorRef::toString);

    private final ToIntFunction<String> maxNodes;
    private final Predicate<String> isWanted;
    private final MemberHealth health;

    /**
     * @param maxNodes of an account, 0: all
     * @param isWanted sharding remembers where slots were that have ended since; those do not count
     */
    public EvenSlots(ActorSystem<?> system, ToIntFunction<String> maxNodes, Predicate<String> isWanted) {
        this(maxNodes, isWanted, MemberHealth.of(system));
    }

    EvenSlots(ToIntFunction<String> maxNodes, Predicate<String> isWanted, MemberHealth health) {
        this.maxNodes = maxNodes;
        this.isWanted = isWanted;
        this.health = health;
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester, String slot, Map<ActorRef, IndexedSeq<String>> allocations) {
        // sharding learns last that a region is gone: what it gave it until then would be placed once more
        Map<ActorRef, IndexedSeq<String>> well = new HashMap<>(allocations);
        well.keySet().removeIf(region -> !health.isWell(region));
        return Future.successful(spread(well.isEmpty() ? allocations : well).place(slot));
    }

    @Override
    public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
        // while some are on their way the picture is not complete
        Set<String> misplaced = moving.isEmpty() && allocations.size() > 1 && health.isCalm()
                ? spread(allocations).misplaced()
                : Set.of();
        int all = allocations.values().stream().mapToInt(IndexedSeq::size).sum();
        return Future.successful(
                misplaced.stream().limit(Math.max(MOVING, all / MOVING_OF_ALL)).collect(Collectors.toSet()));
    }

    private SlotSpread<ActorRef> spread(Map<ActorRef, IndexedSeq<String>> allocations) {
        Map<ActorRef, List<String>> lists = new HashMap<>();
        allocations.forEach((region, slots) -> lists.put(
                region,
                CollectionConverters.asJava(slots).stream().filter(isWanted).toList()));
        return new SlotSpread<>(lists, maxNodes, ORDER);
    }
}
