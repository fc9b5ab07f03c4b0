// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.cluster.BucketCount;
import org.smsprocess.cluster.ShardPerEntity;
import org.smsprocess.delivery.intake.TransactionalIntake;
import org.smsprocess.mo.MoProtocol.Command;
import org.smsprocess.mo.inbox.BatchedInboxWriter;
import org.smsprocess.mo.inbox.InboxCleaner;
import org.smsprocess.mo.inbox.InboxWriter;
import org.smsprocess.mo.inbox.MoMetrics;
import org.smsprocess.mo.webhooks.WebhookSettings;
import org.smsprocess.mo.webhooks.Webhooks;
import org.smsprocess.store.Database;

/** The MO handlers of the cluster, as a node sees them: one for each account and bucket of senders, each on one node. */
public final class MoHandlers {
    private static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "mo-handler");
    private static final Logger LOG = LoggerFactory.getLogger(MoHandlers.class);

    private final MoProcessSettings settings;
    private final ActorRef<ShardingEnvelope<Command>> region;

    private MoHandlers(MoProcessSettings settings, ActorRef<ShardingEnvelope<Command>> region) {
        this.settings = settings;
        this.region = region;
    }

    /**
     * Starts this node's share of the handlers, the calls of webhooks, and the deletion of what is old. Once per node, after
     * {@link BucketCount#fix}.
     *
     * @param replies takes automatic replies
     * @param accounts the settings that hold now, by name
     * @param names of all accounts
     */
    public static MoHandlers init(
            ActorSystem<?> system,
            Database database,
            TransactionalIntake replies,
            Function<String, Optional<AccountSettings>> accounts,
            Supplier<? extends Collection<String>> names,
            MeterRegistry registry) {
        MoProcessSettings settings = MoProcessSettings.from(system.settings().config());
        MoMetrics metrics = new MoMetrics(registry);
        WebhookSettings webhookSettings = WebhookSettings.from(system.settings().config());
        Webhooks webhooks = new Webhooks(database, webhookSettings, accounts, metrics, InstantSource.system());
        InboxWriter writer = new BatchedInboxWriter(database, replies, webhooks::look, settings.batchSize(), metrics);
        MoServices services = new MoServices(settings, accounts, writer, metrics, InstantSource.system());
        Entity<Command, ShardingEnvelope<Command>> entity = Entity.of(
                        KEY,
                        context -> MoHandler.create(
                                context.getEntityId(), PersistenceId.of(KEY.name(), context.getEntityId()), services))
                .withMessageExtractor(new ShardPerEntity<>())
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy());
        MoHandlers handlers =
                new MoHandlers(settings, ClusterSharding.get(system).init(entity));
        InboxCleaner cleaner = new InboxCleaner(database, settings.inboxRetention());
        Cluster cluster = Cluster.get(system);
        every(system, settings.wakePeriod(), () -> {
            // a node that leaves would wait for the handlers it asks for
            if (cluster.selfMember().status() == MemberStatus.up()) {
                names.get().forEach(handlers::wakeUp);
            }
        });
        every(system, webhookSettings.pollPeriod(), () -> names.get().forEach(webhooks::look));
        every(system, settings.cleanPeriod(), () -> {
            clean(cleaner);
            names.get().forEach(webhooks::giveUp);
        });
        system.getWhenTerminated().thenRun(webhooks::close);
        return handlers;
    }

    /** Hands a command to the handler of a sender; it may be on another node. */
    public void tell(String account, String sender, Command command) {
        int hash = sender.hashCode();
        tell(account, Math.floorMod(hash ^ hash >>> 16, settings.buckets()), command);
    }

    private void tell(String account, int bucket, Command command) {
        region.tell(new ShardingEnvelope<>(account + "/" + bucket, command));
    }

    private void wakeUp(String account) {
        for (int bucket = 0; bucket < settings.buckets(); bucket++) {
            tell(account, bucket, MoProtocol.WakeUp.WAKE_UP);
        }
    }

    private static void every(ActorSystem<?> system, Duration period, Runnable task) {
        system.scheduler().scheduleWithFixedDelay(period, period, task, system.executionContext());
    }

    private static void clean(InboxCleaner cleaner) {
        cleaner.clean().whenComplete((deleted, failure) -> {
            if (failure != null) {
                LOG.warn("Old MO not deleted, tried again: {}", failure.toString());
            }
        });
    }
}
