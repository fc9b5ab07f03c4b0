// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.NewMt;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.delivery.log.DeliveryLog;
import org.smsprocess.delivery.log.DeliveryLogSettings;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.PostgresMtQueue;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.store.Database;
import org.smsprocess.store.DatastoreSettings;
import org.smsprocess.store.WorkSignal;

/**
 * What a message costs in the database and in this JVM, step by step, with fsync on. Run by hand: arguments are an empty directory, the
 * number of messages and the batch size.
 */
final class DeliveryCosts {
    private static final String TEXT =
            "Dear customer, your parcel 4711-0815 will be delivered today between 14:00 and 16:00. Reply STOP to end. ";
    private static final double NANOS_PER_TICK = 10_000_000;

    private final PrintStream out = new PrintStream(System.err, true);
    private final Path data;
    private final int messages;
    private final int batch;
    private final Database database;
    private final PostgresIntake intake;
    private final PostgresMtQueue queue;

    public static void main(String[] arguments) throws Exception {
        DeliveryCosts costs = new DeliveryCosts(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        try {
            costs.run();
        } finally {
            costs.database.close();
        }
        System.exit(0);
    }

    private DeliveryCosts(Path data, int messages, int batch) {
        this.data = data;
        this.messages = messages;
        this.batch = batch;
        var config = ConfigFactory.load(ConfigFactory.parseMap(Map.of(
                "sms-process.data-dir",
                data.toString(),
                "sms-process.datastore.embedded.start-timeout",
                "30s",
                "sms-process.intake.writers",
                Integer.getInteger("writers", 2))));
        database = Database.open(DatastoreSettings.from(config));
        WorkSignal signal = WorkSignal.open(database);
        intake = new PostgresIntake(database, signal, IntakeSettings.from(config));
        queue = new PostgresMtQueue(database, signal, name -> account);
    }

    private final Optional<AccountSettings> account = Optional.of(TestAccounts.account("acme"));

    private void run() throws Exception {
        for (String setting : List.of("fsync", "synchronous_commit", "shared_buffers", "server_version")) {
            try (var connection =
                            DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                    var rows = connection.createStatement().executeQuery("show " + setting)) {
                rows.next();
                out.println(setting + " = " + rows.getString(1));
            }
        }
        SlotEpoch slot = new SlotEpoch(
                "acme",
                "acme/0/0",
                TestQueue.get(database.leases().acquire("acme/0/0", "n:1", Duration.ofHours(1)))
                        .orElseThrow());
        for (int round = 0; round < 3; round++) {
            out.println("round " + round + ": " + messages + " messages, batches of " + batch);
            List<NewMt> mts = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                mts.add(new NewMt("+336123" + (10000 + i), TEXT + i, null, "order-" + i));
            }
            step("accept", n -> intake.accept("acme", DeliverySettings.DEFAULT, mts), 8);
            List<ClaimedPart> parts = new ArrayList<>();
            step(
                    "claim",
                    n -> queue.claim(slot, Math.max(batch, 500) * 2, 1000).thenAccept(claimed -> {
                        synchronized (parts) {
                            parts.addAll(claimed.parts());
                        }
                    }),
                    1);
            step(
                    "record",
                    n -> {
                        ClaimedPart part = parts.get(n);
                        return queue.record(
                                slot, TestQueue.settlements(part, Kind.SENT), List.of(part.partId()), TestQueue.RULES);
                    },
                    4);
            finals(parts);
        }
        singles(32, 100_000);
        singles(32, 100_000);
        singles(128, 200_000);
    }

    private void finals(List<ClaimedPart> parts) throws Exception {
        ActorTestKit kit = ActorTestKit.create();
        ActorRef<DeliveryLog.Command> log =
                kit.spawn(DeliveryLog.create(database, DeliveryLogSettings.from(ConfigFactory.load())));
        TestProbe<DeliveryLog.Logged> probe = kit.createTestProbe(DeliveryLog.Logged.class);
        Cpu before = Cpu.now(data);
        int outstanding = 0;
        for (ClaimedPart part : parts) {
            List<FinalStatus> statuses = part.messages().stream()
                    .map(mt -> new FinalStatus(mt.id(), true, null, "DELIVRD", "000", System.currentTimeMillis()))
                    .toList();
            log.tell(new DeliveryLog.Record("Acme", "7000", statuses, 1, probe.ref()));
            if (++outstanding > 10) {
                probe.receiveMessage(Duration.ofSeconds(30));
                outstanding--;
            }
        }
        while (outstanding-- > 0) {
            probe.receiveMessage(Duration.ofSeconds(30));
        }
        report("final", before, messages);
        kit.shutdownTestKit();
    }

    private void singles(int clients, int count) throws Exception {
        List<NewMt> one = List.of(new NewMt("+33612345678", TEXT, null, "single"));
        Cpu before = Cpu.now(data);
        Semaphore permits = new Semaphore(clients);
        out.println(clients + " clients");
        for (int i = 0; i < count; i++) {
            permits.acquire();
            intake.accept("acme", DeliverySettings.DEFAULT, one).whenComplete((done, error) -> permits.release());
        }
        permits.acquire(clients);
        report("accept singles", before, count);
    }

    private void step(String name, IntFunction<CompletionStage<?>> work, int atOnce) throws Exception {
        Cpu before = Cpu.now(data);
        Semaphore permits = new Semaphore(atOnce);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int calls = name.equals("claim") ? messages / (Math.max(batch, 500) * 2) + 1 : messages / batch;
        for (int n = 0; n < calls; n++) {
            permits.acquire();
            work.apply(n).whenComplete((done, error) -> {
                if (error != null) {
                    failure.set(error);
                }
                permits.release();
            });
        }
        permits.acquire(atOnce);
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
        report(name, before, messages);
    }

    private void report(String name, Cpu before, int count) throws IOException {
        Cpu after = Cpu.now(data);
        double seconds = (after.wallNanos - before.wallNanos) / 1e9;
        out.printf(
                "%-15s %8.0f/s  PostgreSQL %5.2f µs  JVM %5.2f µs  a message%n",
                name,
                count / seconds,
                (after.postgresNanos - before.postgresNanos) / 1e3 / count,
                (after.jvmNanos - before.jvmNanos) / 1e3 / count);
    }

    private record Cpu(long wallNanos, long jvmNanos, double postgresNanos) {
        static Cpu now(Path data) throws IOException {
            long jvm = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            String postmaster = Files.readAllLines(data.resolve("postgres/data/postmaster.pid"))
                    .get(0)
                    .trim();
            double ticks = 0;
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                for (Path process : processes
                        .filter(path -> path.getFileName().toString().matches("\\d+"))
                        .toList()) {
                    ticks += ticks(process, postmaster);
                }
            }
            return new Cpu(System.nanoTime(), jvm, ticks * NANOS_PER_TICK);
        }

        private static double ticks(Path process, String postmaster) {
            try {
                String stat = Files.readString(process.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                boolean isPostmaster = process.getFileName().toString().equals(postmaster);
                double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                if (isPostmaster) {
                    return own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
                }
                return fields[1].equals(postmaster) ? own : 0;
            } catch (IOException ended) {
                return 0;
            }
        }
    }
}
