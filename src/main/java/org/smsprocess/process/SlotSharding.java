// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.smsprocess.cluster.EvenSlots;
import org.smsprocess.cluster.ShardPerEntity;
import org.smsprocess.connection.ConnectionServices;
import org.smsprocess.connection.LeaseKeeper;
import org.smsprocess.connection.Slot;
import org.smsprocess.connection.SlotId;

/** The slots as sharded entities: one slot is one shard, so that each moves by itself and they spread evenly. */
final class SlotSharding {
    private static final EntityTypeKey<Slot.Command> KEY = EntityTypeKey.create(Slot.Command.class, "slot");

    private SlotSharding() {}

    static void init(
            ActorSystem<?> system,
            int sendingThreads,
            ConnectionServices services,
            ToIntFunction<String> maxNodes,
            Predicate<SlotId> isWanted,
            ActorRef<LeaseKeeper.Command> keeper,
            Consumer<SlotId> moving) {
        ClusterSharding.get(system)
                .init(Entity.of(
                                KEY,
                                entity -> Slot.create(
                                        SlotId.parse(entity.getEntityId()), sendingThreads, services, keeper, moving))
                        .withMessageExtractor(new ShardPerEntity<>())
                        .withAllocationStrategy(
                                new EvenSlots(system, maxNodes, slot -> isWanted.test(SlotId.parse(slot))))
                        .withStopMessage(Slot.Stop.INSTANCE));
    }

    /** The slots of this node move to the others, each after it has drained and unbound; where there are no others, they end. */
    static void handOver(ActorSystem<?> system) {
        org.apache.pekko.cluster.sharding.ClusterSharding.get(system.classicSystem())
                .shardRegion(KEY.name())
                .tell(ShardRegion.gracefulShutdownInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }

    /** Starts a slot that does not run; shows it the present settings if it does. */
    static void call(ActorSystem<?> system, SlotId slot) {
        ClusterSharding.get(system).entityRefFor(KEY, slot.toString()).tell(Slot.EnsureRunning.INSTANCE);
    }
}
