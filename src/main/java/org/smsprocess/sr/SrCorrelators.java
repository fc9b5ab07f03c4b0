// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.time.Duration;
import java.util.Collection;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.smsprocess.cluster.BucketCount;
import org.smsprocess.cluster.ShardPerEntity;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.WakeUp;
import org.smsprocess.sr.reading.ProviderKey;

/** The correlators of all accounts in the cluster: one a bucket of provider ids, each on one node. Thread-safe. */
public final class SrCorrelators {
    static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "sr-correlator");

    private final ActorRef<ShardingEnvelope<Command>> region;
    private final int buckets;

    private SrCorrelators(ActorRef<ShardingEnvelope<Command>> region, int buckets) {
        this.region = region;
        this.buckets = buckets;
    }

    /** Once per node, after {@link BucketCount#fix}. */
    public static SrCorrelators init(ActorSystem<?> system, SrServices services) {
        ActorRef<ShardingEnvelope<Command>> region = ClusterSharding.get(system)
                .init(Entity.of(KEY, context -> correlator(system, context.getEntityId(), services))
                        .withMessageExtractor(new ShardPerEntity<>())
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                        .withStopMessage(SrCorrelator.Stop.INSTANCE));
        SrCorrelators correlators =
                new SrCorrelators(region, services.settings().buckets());
        system.scheduler()
                .scheduleWithFixedDelay(
                        // the first time at once, nearly: what the log may lack is known to nobody else
                        Duration.ofSeconds(1),
                        services.settings().wakePeriod(),
                        () -> {
                            correlators.wakeUp(services.accountNames().get());
                            services.judgeRatios();
                        },
                        system.executionContext());
        return correlators;
    }

    /** @param bucket of {@link ProviderKey#bucketOf} with {@link #buckets} */
    public void tell(String account, int bucket, Command command) {
        region.tell(new ShardingEnvelope<>(entityId(account, bucket), command));
    }

    /** Correlators of an account. */
    public int buckets() {
        return buckets;
    }

    /** Starts those that no message has started yet; done now and then by itself. */
    public void wakeUp(Collection<String> accounts) {
        for (String account : accounts) {
            for (int bucket = 0; bucket < buckets; bucket++) {
                tell(account, bucket, WakeUp.INSTANCE);
            }
        }
    }

    private static Behavior<Command> correlator(ActorSystem<?> system, String entityId, SrServices services) {
        int slash = entityId.lastIndexOf('/');
        String account = entityId.substring(0, slash);
        int bucket = Integer.parseInt(entityId.substring(slash + 1));
        SrLedger.Neighbours neighbours = (other, probe) -> ClusterSharding.get(system)
                .entityRefFor(KEY, entityId(account, other))
                .tell(probe);
        SrLedger.Identity identity = new SrLedger.Identity(account, bucket);
        return SrCorrelator.create(account, services, front -> SrLedger.create(identity, services, neighbours, front));
    }

    private static String entityId(String account, int bucket) {
        return account + "/" + bucket;
    }
}
