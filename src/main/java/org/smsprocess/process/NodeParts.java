// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import com.typesafe.config.Config;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.smsprocess.account.AccountRegistry;
import org.smsprocess.account.ProcessSettings;
import org.smsprocess.connection.ConnectionLimits;
import org.smsprocess.connection.ConnectionServices;
import org.smsprocess.connection.LeaseKeeper;
import org.smsprocess.connection.LiveBoard;
import org.smsprocess.connection.LiveSlots;
import org.smsprocess.connection.MessageBudget;
import org.smsprocess.delivery.DeliveryLog;
import org.smsprocess.delivery.PostgresIntake;
import org.smsprocess.delivery.PostgresMtQueue;
import org.smsprocess.mo.MoHandlers;
import org.smsprocess.mo.MoProtocol;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.smpp.CloudhopperConnector;
import org.smsprocess.smpp.SmppConnector;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.sr.SrCorrelators;
import org.smsprocess.sr.SrProtocol;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;
import org.smsprocess.text.ConcatReference;

/** What a node is made of: opened before the actor system, started by the guardian, closed after it. */
final class NodeParts implements AutoCloseable {
    private final ProcessSettings settings;
    private final ConnectionLimits limits;
    private final SettingsSource source;
    private final Config config;
    private final Database database;
    private final WorkSignal signal;
    private final SmppConnector connector;
    private final ExecutorService preparers;
    private final PostgresIntake intake;
    private final LiveBoard board;
    private final LiveSlots liveSlots = new LiveSlots();
    private final AccountDirectory directory = new AccountDirectory();
    private final SrDialects dialects = new SrDialects();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final String incarnation = UUID.randomUUID().toString();
    private volatile @org.jspecify.annotations.Nullable ActorRef<AccountRegistry.Command> registry;

    NodeParts(SettingsSource source, Config config, Database database, String nodeName) {
        this.source = source;
        this.config = config;
        this.database = database;
        this.settings = ProcessSettings.from(config);
        this.limits = ConnectionLimits.from(config.getConfig("sms-process"));
        this.signal = WorkSignal.open(database);
        this.connector = new CloudhopperConnector(WireLimits.from(config));
        this.preparers = preparers(settings.prepareThreads());
        this.intake = PostgresIntake.open(database, signal, config);
        this.board = new LiveBoard(nodeName, Clock.systemUTC());
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

    PostgresIntake intake() {
        return intake;
    }

    Database database() {
        return database;
    }

    LiveBoard board() {
        return board;
    }

    LiveSlots liveSlots() {
        return liveSlots;
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    /** Starts the actors; called once, by the guardian. */
    SlotSharding start(ActorContext<?> context, ActorRef<AccountRegistry.Event> accountEvents) {
        ActorSystem<?> system = context.getSystem();
        ActorRef<DeliveryLog.Command> log =
                context.spawn(restarting(DeliveryLog.create(database, config)), "delivery-log");
        SrCorrelators correlators = SrWiring.start(system, database, log, dialects, directory, meters);
        MoHandlers moHandlers = MoHandlers.init(
                system,
                database,
                account -> Optional.ofNullable(directory.settings(account)),
                () -> directory.all().keySet(),
                meters);
        ActorRef<LeaseKeeper.Command> leases = context.spawn(
                LeaseKeeper.create(database.leases(), incarnation, limits, System::nanoTime), "leases");
        SlotSharding slots =
                SlotSharding.init(system, settings.sendingThreads(), services(correlators, moHandlers), leases);
        ActorRef<AccountRegistry.Command> accounts = context.spawn(
                restarting(AccountRegistry.create(source, settings.configRefresh(), new PostgresAccountState(database))),
                "accounts");
        accounts.tell(new AccountRegistry.Subscribe(accountEvents));
        registry = accounts;
        return slots;
    }

    private ConnectionServices services(SrCorrelators correlators, MoHandlers moHandlers) {
        return new ConnectionServices(
                directory::find,
                connector,
                new PostgresMtQueue(database, signal, config),
                srRoute(correlators),
                moHandlers::tell,
                dialects::reader,
                dialects::ids,
                (account, wake) -> signal.listen(account, wake)::run,
                new MessageBudget(settings.maxWaitingMessages()),
                preparers,
                new ConcatReference(config.getInt("sms-process.connection.concat-destinations")),
                board,
                liveSlots,
                limits,
                System::nanoTime,
                Clock.systemUTC(),
                meters);
    }

    private static ConnectionServices.SrRoute srRoute(SrCorrelators correlators) {
        return new ConnectionServices.SrRoute() {
            @Override
            public int buckets() {
                return correlators.buckets();
            }

            @Override
            public void tell(String account, int bucket, SrProtocol.Command command) {
                correlators.tell(account, bucket, command);
            }
        };
    }

    private static <T> Behavior<T> restarting(Behavior<T> behavior) {
        return Behaviors.supervise(behavior)
                .onFailure(SupervisorStrategy.restartWithBackoff(
                        java.time.Duration.ofSeconds(1), java.time.Duration.ofSeconds(30), 0.2));
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
        intake.close();
        signal.close();
        database.close();
    }
}
