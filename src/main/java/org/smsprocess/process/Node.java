// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.remote.RemoteTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.api.ApiServices;
import org.smsprocess.api.HttpApi;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.api.http.Readiness;
import org.smsprocess.cluster.ClusterSettings;
import org.smsprocess.delivery.lookup.DeliveryQueries;
import org.smsprocess.delivery.requests.CancelRequests;
import org.smsprocess.mo.inbox.Inbox;
import org.smsprocess.mo.inbox.Quarantine;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.store.Database;
import org.smsprocess.store.DatastoreSettings;

/**
 * One node of the process, running. Ends in this order: HTTP closes, slots drain and unbind, correlators and MO handlers move on, the
 * node leaves the cluster, the database closes.
 */
public final class Node implements AutoCloseable {
    /** What Pekko takes where nobody says one. */
    private static final String NO_VERSION = "0.0.0";

    private static final String JOURNAL = "pekko-persistence-jdbc.shared-databases.slick.db.";
    private static final String TERMINATE_TIMEOUT = "pekko.coordinated-shutdown.phases.actor-system-terminate.timeout";

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final NodeParts parts;
    private final ActorSystem<SmsProcess.Command> system;
    private final ServerBinding http;
    private final HttpSettings httpSettings;
    private final CompletionStage<Done> ended;

    private Node(
            NodeParts parts,
            ActorSystem<SmsProcess.Command> system,
            CompletionStage<Done> terminated,
            ServerBinding http,
            HttpSettings httpSettings) {
        this.parts = parts;
        this.system = system;
        this.http = http;
        this.httpSettings = httpSettings;
        // not a phase of the shutdown: actors that look into the database are stopped by the system's end alone
        this.ended = terminated.thenApply(done -> {
            parts.close();
            return done;
        });
    }

    /**
     * Starts a node and returns when it takes requests.
     *
     * @throws org.smsprocess.settings.InvalidSettings with every wrong setting
     * @throws RuntimeException if the database or the HTTP address can't be had; the message says which
     */
    public static Node start(SettingsSource source) {
        Config config = source.load();
        AllSettings.check(config);
        HttpSettings httpSettings = HttpSettings.from(config);
        Database database = Database.open(DatastoreSettings.from(config));
        NodeParts parts;
        try {
            parts = new NodeParts(new WatchedSettings(source, config), config, database);
        } catch (RuntimeException invalid) {
            database.close();
            throw invalid;
        }
        ActorSystem<SmsProcess.Command> system = systemOrNothing(parts, config, database);
        CompletableFuture<Done> terminated = terminated(system);
        try {
            parts.awaitAccounts(system);
            ServerBinding http = listen(system, httpSettings, parts);
            if (parts.directory().accounts().isEmpty()) {
                LOG.warn("No account is configured: nothing is sent until sms-process.accounts has one");
            }
            Node node = new Node(parts, system, terminated, http, httpSettings);
            node.planShutdown();
            LOG.info("Node started, API at {}", node.httpUrl());
            return node;
        } catch (RuntimeException failure) {
            system.terminate();
            terminated.join();
            parts.close();
            throw failure;
        }
    }

    /** Leaves nothing open if it fails, whatever Pekko throws: an embedded PostgreSQL would stay behind. */
    private static ActorSystem<SmsProcess.Command> systemOrNothing(NodeParts parts, Config config, Database database) {
        boolean isMade = false;
        try {
            ActorSystem<SmsProcess.Command> system = system(parts, config, database);
            isMade = true;
            return system;
        } catch (RemoteTransportException taken) {
            throw new AddressUnusable("sms-process.cluster", parts.cluster().listensAt(), taken);
        } finally {
            if (!isMade) {
                parts.close();
            }
        }
    }

    private static ServerBinding listen(ActorSystem<?> system, HttpSettings settings, NodeParts parts) {
        try {
            return HttpApi.start(system, settings, services(parts, system))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException failure) {
            throw new AddressUnusable("sms-process.http", settings.host() + ":" + settings.port(), failure);
        }
    }

    /** Where the API listens. */
    public InetSocketAddress httpAddress() {
        return http.localAddress();
    }

    /** Of the API and the console. */
    public String httpUrl() {
        String scheme = httpSettings.tls().isEnabled() ? "https" : "http";
        return scheme + "://" + httpAddress().getHostString() + ":"
                + httpAddress().getPort();
    }

    /** Completes when the node has ended, however it was asked to. */
    public CompletionStage<Done> whenTerminated() {
        return ended;
    }

    /** Whether the node has ended by itself, because the cluster went on without it: it should be started again. */
    public boolean wasDowned() {
        return CoordinatedShutdown.get(system)
                .getShutdownReason()
                .filter(reason -> reason == CoordinatedShutdown.clusterDowningReason()
                        || reason == CoordinatedShutdown.clusterJoinUnsuccessfulReason()
                        || reason == CoordinatedShutdown.incompatibleConfigurationDetectedReason())
                .isPresent();
    }

    /** Ends the node in good order and returns when it has ended. */
    public void stop() {
        CoordinatedShutdown.get(system)
                .runAll(CoordinatedShutdown.clusterLeavingReason())
                .thenCompose(done -> ended)
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        stop();
    }

    private void planShutdown() {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceUnbind(),
                "http",
                () -> http.terminate(httpSettings.shutdownTimeout()).thenApply(terminated -> Done.done()));
        shutdown.addTask(CoordinatedShutdown.PhaseServiceStop(), "slots", this::drainSlots);
        shutdown.addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "nodes", this::gone);
    }

    /**
     * Completes when the system has ended, or nearly: a peer that takes connections and says nothing, a frozen node for one, keeps
     * Pekko's remoting from ending for ever (its issue 3247).
     */
    private static CompletableFuture<Done> terminated(ActorSystem<?> system) {
        CompletableFuture<Done> terminated =
                system.getWhenTerminated().toCompletableFuture().thenApply(Function.identity());
        Duration patience = system.settings().config().getDuration(TERMINATE_TIMEOUT);
        CoordinatedShutdown.get(system).addTask(CoordinatedShutdown.PhaseActorSystemTerminate(), "patience", () -> {
            CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> giveUp(terminated, patience));
            return CompletableFuture.completedFuture(Done.done());
        });
        return terminated;
    }

    private static void giveUp(CompletableFuture<Done> terminated, Duration patience) {
        if (terminated.complete(Done.done())) {
            LOG.warn("Connections to other nodes have not ended in {} s and are not waited for", patience.toSeconds());
        }
    }

    private CompletionStage<Done> drainSlots() {
        LOG.info("Draining {} slots", parts.liveSlots().count());
        if (wasDowned()) {
            parts.liveSlots().leave(); // nobody is there to hand them over to
            // what this node could not record by then, the others' recovery settles
            return untilDrained()
                    .toCompletableFuture()
                    .completeOnTimeout(
                            Done.done(), parts.limits().drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
        }
        system.tell(SmsProcess.Leave.INSTANCE);
        // slots that are left then end without a successor
        CompletableFuture.delayedExecutor(parts.cluster().handOverTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .execute(parts.liveSlots()::leave);
        return untilDrained();
    }

    /** Nodes that start from now on need not look for this one. */
    private CompletionStage<Done> gone() {
        return parts.nodes().leave().handle((left, failure) -> Done.done());
    }

    private CompletionStage<Done> untilDrained() {
        if (parts.liveSlots().count() == 0) {
            return CompletableFuture.completedFuture(Done.done());
        }
        return CompletableFuture.supplyAsync(Done::done, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS))
                .thenCompose(done -> untilDrained());
    }

    private static ActorSystem<SmsProcess.Command> system(NodeParts parts, Config config, Database database) {
        Config own = parts.cluster()
                .toPekko()
                .withFallback(phases(parts, config))
                .withFallback(withVersion(withJournal(config, database)));
        ActorSystemSetup setup =
                ActorSystemSetup.create(BootstrapSetup.create(own), parts.leaseRows(), parts.remoteTraffic());
        return ActorSystem.create(
                SmsProcess.create(parts),
                ClusterSettings.SYSTEM,
                parts.cluster().toSetup().map(setup::and).orElse(setup));
    }

    /** As long as what is done in them may take, and a little more. */
    private static Config phases(NodeParts parts, Config config) {
        Duration slot =
                parts.limits().drainTimeout().plus(WireLimits.from(config).unbindTimeout());
        Duration slots = parts.cluster().handOverTimeout().plus(slot);
        String phases = "pekko.coordinated-shutdown.phases.";
        return ConfigFactory.parseMap(Map.of(
                phases + "service-unbind.timeout",
                HttpSettings.from(config).shutdownTimeout().plusSeconds(1).toMillis() + "ms",
                phases + "service-stop.timeout",
                slots.plusSeconds(5).toMillis() + "ms",
                // sharding ends by force what has not ended 5 s before
                "pekko.cluster.sharding.handoff-timeout",
                slot.plusSeconds(15).toMillis() + "ms"));
    }

    private static ApiServices services(NodeParts parts, ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        return new ApiServices(
                parts.intake(),
                parts.deliveries(),
                new DeliveryQueries(parts.database()),
                parts.inDoubt(),
                new CancelRequests(parts.database()),
                new Inbox(parts.database()),
                new Quarantine(parts.database()),
                parts.directory()::accounts,
                (account, change) -> parts.change(system, account, change),
                () -> parts.reload(system),
                parts.board(),
                () -> Map.of(
                        "cluster",
                        clusterState(cluster),
                        "database",
                        parts.database().availability().isAway() ? "away" : "ok"),
                parts.srRatios(),
                parts.metrics()::scrape);
    }

    private static String clusterState(Cluster cluster) {
        MemberStatus status = cluster.selfMember().status();
        boolean isIn = status == MemberStatus.up() || status == MemberStatus.weaklyUp();
        return isIn ? Readiness.OK : status == MemberStatus.joining() ? "joining" : "leaving";
    }

    /** The build's version: while nodes of several are in the cluster, its correlators and MO handlers stay where they are. */
    private static Config withVersion(Config config) {
        String key = "pekko.cluster.app-version";
        String built = Node.class.getPackage().getImplementationVersion();
        return built == null || !config.getString(key).equals(NO_VERSION)
                ? config
                : config.withValue(key, ConfigValueFactory.fromAnyRef(built));
    }

    private static Config withJournal(Config config, Database database) {
        Config own = config;
        for (Map.Entry<String, Object> setting : database.journalSettings().entrySet()) {
            own = own.withValue(JOURNAL + setting.getKey(), ConfigValueFactory.fromAnyRef(setting.getValue()));
        }
        return own;
    }
}
