// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.smsprocess.account.AccountDirectory;
import org.smsprocess.account.AccountRegistry;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountStateStore;
import org.smsprocess.account.NodeSettings;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.api.http.HttpSettings;
import org.smsprocess.cluster.BucketCount;
import org.smsprocess.cluster.ClusterSettings;
import org.smsprocess.cluster.LeaseRows;
import org.smsprocess.cluster.Membership;
import org.smsprocess.cluster.NodeTable;
import org.smsprocess.cluster.RemoteTraffic;
import org.smsprocess.connection.ClusterSize;
import org.smsprocess.connection.ConnectionBoard;
import org.smsprocess.connection.ConnectionLimits;
import org.smsprocess.connection.ConnectionServices;
import org.smsprocess.connection.LeaseKeeper;
import org.smsprocess.connection.LiveBoard;
import org.smsprocess.connection.LiveSlots;
import org.smsprocess.connection.MessageBudget;
import org.smsprocess.connection.SlotId;
import org.smsprocess.connection.requests.MessageInquiries;
import org.smsprocess.connection.requests.RequestLimits;
import org.smsprocess.connection.requests.RequestTally;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.Outbox;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.delivery.log.DeliveryLog;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.lookup.InDoubtMessages;
import org.smsprocess.delivery.queue.PostgresMtQueue;
import org.smsprocess.delivery.requests.CancelRequests;
import org.smsprocess.delivery.requests.QueryWatches;
import org.smsprocess.delivery.upkeep.Upkeep;
import org.smsprocess.delivery.upkeep.UpkeepSettings;
import org.smsprocess.metrics.SmsMetrics;
import org.smsprocess.mo.MoHandlers;
import org.smsprocess.mo.MoProcessSettings;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.link.CloudhopperConnector;
import org.smsprocess.sr.SrCorrelatorSettings;
import org.smsprocess.sr.SrCorrelators;
import org.smsprocess.sr.SrMetrics;
import org.smsprocess.sr.SrRatio;
import org.smsprocess.sr.SrServices;
import org.smsprocess.sr.history.SqlHistoryPruner;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;
import org.smsprocess.text.ConcatReference;

/** What a node is made of: opened before the actor system, started by the guardian, closed after it. */
final class NodeParts implements AutoCloseable {
    private final NodeSettings initial;
    private final ProcessSettings settings;
    private final ConnectionLimits limits;
    private final HttpSettings http;
    private final SettingsSource source;
    private final Config config;
    private final Database database;
    private final WorkSignal signal;
    private final SmppConnector connector;
    private final ExecutorService preparers;
    private final PostgresIntake intake;
    private final LiveBoard board;
    private final ClusterBoard clusterBoard;
    private final ClusterSettings clusterSettings;
    private final NodeTable nodes;
    private volatile String name = "";
    private final MessageBudget budget;
    private final RequestTally requests = new RequestTally();
    private final RemoteTraffic remoteTraffic = new RemoteTraffic();
    private final LiveSlots liveSlots = new LiveSlots();
    private final AccountDirectory directory = new AccountDirectory();
    private final SrDialects dialects = new SrDialects();
    private final SmsMetrics metrics = new SmsMetrics();
    private final MeterRegistry meters = metrics.registry();
    private final SrMetrics srMetrics = new SrMetrics(meters);
    private final String incarnation = UUID.randomUUID().toString();
    private final CompletableFuture<ActorRef<AccountRegistry.Command>> registry = new CompletableFuture<>();

    NodeParts(SettingsSource source, Config config, Database database) {
        this.source = source;
        this.config = config;
        this.database = database;
        this.initial = NodeSettings.from(config);
        this.settings = initial.process();
        this.limits = ConnectionLimits.from(config);
        this.http = HttpSettings.from(config);
        // before anything is opened or correlated: with another number, messages would be looked for where they are not
        BucketCount.SR
                .fix(database.queries(), SrCorrelatorSettings.from(config).buckets())
                .toCompletableFuture()
                .join();
        BucketCount.MO
                .fix(database.queries(), MoProcessSettings.from(config).buckets())
                .toCompletableFuture()
                .join();
        this.signal = WorkSignal.open(database);
        this.connector = new CloudhopperConnector(WireLimits.from(config));
        this.preparers = preparers(settings.prepareThreads());
        this.intake = new PostgresIntake(database, signal, IntakeSettings.from(config));
        this.board = new LiveBoard(() -> name, Clock.systemUTC());
        this.clusterBoard = new ClusterBoard(board);
        this.clusterSettings = ClusterSettings.from(config);
        this.nodes = new NodeTable(database.queries(), incarnation, clusterSettings.nodeTtl());
        this.budget = new MessageBudget(settings.maxWaitingMessages());
        NodeMeters.bind(metrics, board, database, intake, budget, requests);
        NodeMeters.settings(metrics, directory);
        NodeMeters.remote(metrics, remoteTraffic);
    }

    ProcessSettings settings() {
        return settings;
    }

    ConnectionLimits limits() {
        return limits;
    }

    AccountDirectory directory() {
        return directory;
    }

    /** Switches an account for all nodes; completes when that is durable. */
    CompletionStage<AccountSnapshot> change(ActorSystem<?> system, String account, AccountStateStore.Switch change) {
        return registry.thenCompose(accounts -> AskPattern.askWithStatus(
                accounts,
                replyTo -> new AccountRegistry.Change(account, change, replyTo),
                http.requestTimeout(),
                system.scheduler()));
    }

    /** Returns when the accounts in force are known: before that, the API would say that an account that exists does not. */
    void awaitAccounts(ActorSystem<?> system) {
        reload(system, settings.startTimeout())
                .toCompletableFuture()
                .orTimeout(settings.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Looks at the configuration; completes when what changed is in force, with what is wrong in it. */
    CompletionStage<List<SettingsProblem>> reload(ActorSystem<?> system) {
        return reload(system, http.requestTimeout());
    }

    private CompletionStage<List<SettingsProblem>> reload(ActorSystem<?> system, Duration timeout) {
        return registry.thenCompose(accounts -> AskPattern.<AccountRegistry.Command, AccountRegistry.Reloaded>ask(
                        accounts, AccountRegistry.Reload::new, timeout, system.scheduler()))
                .thenApply(AccountRegistry.Reloaded::problems);
    }

    private String shortCode(String account) {
        return settings(account).map(its -> its.channel().shortCode()).orElse("");
    }

    private Optional<AccountSettings> settings(String account) {
        return directory.find(account).map(AccountSnapshot::settings);
    }

    PostgresIntake intake() {
        return intake;
    }

    Deliveries deliveries() {
        return new Deliveries(database, signal, IntakeSettings.from(config));
    }

    InDoubtMessages inDoubt() {
        return new InDoubtMessages(database, signal);
    }

    Database database() {
        return database;
    }

    /** Shows the connections of all nodes. */
    ConnectionBoard board() {
        return clusterBoard;
    }

    ClusterSettings cluster() {
        return clusterSettings;
    }

    NodeTable nodes() {
        return nodes;
    }

    LeaseRows leaseRows() {
        return new LeaseRows(database.leases(), incarnation);
    }

    RemoteTraffic remoteTraffic() {
        return remoteTraffic;
    }

    LiveSlots liveSlots() {
        return liveSlots;
    }

    /** Whether SR come, as the correlators on this node see it. */
    Supplier<Map<String, SrRatio.Reading>> srRatios() {
        return srMetrics::ratios;
    }

    SmsMetrics metrics() {
        return metrics;
    }

    /** Starts the actors; called once, by the guardian. */
    ActorRef<SlotCalls.Command> start(ActorContext<?> context, ActorRef<AccountRegistry.Event> accountEvents) {
        ActorSystem<?> system = context.getSystem();
        name = Cluster.get(system).selfMember().address().hostPort().replaceFirst(".*@", "");
        ClusterSize cluster = new ClusterNodes(system);
        spawn(
                context,
                "membership",
                Membership.create(nodes, clusterSettings, clusterBoard::published, clusterBoard::others));
        ActorRef<DeliveryLog.Command> log =
                spawn(context, "delivery-log", DeliveryLog.create(database, DeliveryLogSettings.from(config)));
        spawn(context, "upkeep", Upkeep.create(database, UpkeepSettings.from(config)));
        spawn(context, "outbox", outbox());
        spawn(context, "inquiries", MessageInquiries.create(inquiries(log, system.ignoreRef())));
        ConnectionServices services = services(correlators(system, log), moHandlers(system), cluster);
        ActorRef<SlotCalls.Command> calls = startSlots(context, services, cluster);
        ActorRef<AccountRegistry.Command> accounts = spawn(
                context,
                "accounts",
                AccountRegistry.create(source, initial, new PostgresAccountStates(database.queries()), directory));
        accounts.tell(new AccountRegistry.Subscribe(accountEvents));
        if (settings.logStatistics()) {
            spawn(
                    context,
                    "statistics",
                    StatisticsLog.create(board, () -> directory.accounts().keySet(), settings.logStatisticsPeriod()));
        }
        registry.complete(accounts);
        return calls;
    }

    /** What fails starts anew. */
    private <T> ActorRef<T> spawn(ActorContext<?> context, String child, Behavior<T> behavior) {
        return context.spawn(
                Behaviors.supervise(behavior).onFailure(settings.restart().strategy()), child);
    }

    private Behavior<Outbox.Command> outbox() {
        return Outbox.create(
                database,
                signal,
                account -> settings(account).isPresent(),
                IntakeSettings.from(config),
                settings.pollPeriod());
    }

    private MoHandlers moHandlers(ActorSystem<?> system) {
        return MoHandlers.init(
                system,
                database,
                intake,
                this::settings,
                () -> directory.accounts().keySet(),
                meters);
    }

    private ActorRef<SlotCalls.Command> startSlots(
            ActorContext<?> context, ConnectionServices services, ClusterSize cluster) {
        ActorRef<LeaseKeeper.Command> leases =
                context.spawn(LeaseKeeper.create(database.leases(), incarnation, limits, System::nanoTime), "leases");
        ActorRef<SlotCalls.Command> calls = spawn(context, "slot-calls", SlotCalls.create());
        SlotSharding.init(
                context.getSystem(),
                settings.sendingThreads(),
                services,
                account -> settings(account).map(its -> its.bind().maxNodes()).orElse(0),
                slot -> isWanted(slot, cluster),
                leases,
                slot -> calls.tell(new SlotCalls.HandedOver(slot)));
        return calls;
    }

    private boolean isWanted(SlotId slot, ClusterSize cluster) {
        return directory
                .find(slot.account())
                .filter(AccountSnapshot::isConnected)
                .filter(account -> slot.isOf(account.settings(), settings.sendingThreads(), cluster.taking()))
                .isPresent();
    }

    private SrCorrelators correlators(ActorSystem<?> system, ActorRef<DeliveryLog.Command> log) {
        SrCorrelatorSettings sr = SrCorrelatorSettings.from(config);
        return SrCorrelators.init(
                system,
                new SrServices(
                        sr,
                        this::settings,
                        () -> directory.accounts().keySet(),
                        (batch, account, smscName, tag, replyTo) ->
                                log.tell(new DeliveryLog.Record(smscName, shortCode(account), batch, tag, replyTo)),
                        new SqlHistoryPruner(database.queries()),
                        srMetrics,
                        Clock.systemUTC(),
                        System::nanoTime));
    }

    private ConnectionServices services(SrCorrelators correlators, MoHandlers moHandlers, ClusterSize cluster) {
        return new ConnectionServices(
                account -> directory.find(account).orElse(null),
                connector,
                new PostgresMtQueue(database, signal, this::settings),
                new CorrelatorRoute(correlators),
                moHandlers::tell,
                dialects::reader,
                dialects::ids,
                new AccountWork(signal),
                budget,
                preparers,
                new ConcatReference(limits.concatDestinations()),
                board,
                liveSlots,
                cluster,
                limits,
                System::nanoTime,
                Clock.systemUTC());
    }

    private MessageInquiries.Services inquiries(
            ActorRef<DeliveryLog.Command> log, ActorRef<DeliveryLog.Logged> ignored) {
        return new MessageInquiries.Services(
                new CancelRequests(database),
                new QueryWatches(database),
                board,
                account -> directory.find(account).orElse(null),
                // nobody waits for the log: what it could not take is asked for again
                (account, statuses) -> log.tell(new DeliveryLog.Record(
                        account.smscName(), account.channel().shortCode(), statuses, 0, ignored)),
                requests,
                RequestLimits.from(config),
                System::nanoTime,
                Clock.systemUTC());
    }

    private static ExecutorService preparers(int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "prepare-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void close() {
        connector.close();
        preparers.shutdown();
        signal.close();
        database.close();
        metrics.close();
    }
}
