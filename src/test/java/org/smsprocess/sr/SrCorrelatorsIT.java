// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.sr.SrFixtures.mapping;
import static org.smsprocess.sr.SrFixtures.report;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.Observes;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.cluster.BucketCount;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.history.SqlHistoryPruner;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.store.TestDatabase;

/** Correlators in a cluster, on a real journal. */
class SrCorrelatorsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Longer than an SR with an unknown id is kept waiting. */
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final AccountSettings account = TestAccounts.account("acme", "unknown-id-wait = 5s");
    private final ScriptedLog log = new ScriptedLog();
    private final List<Node> nodes = new ArrayList<>();

    /** A member of the cluster. */
    private record Node(
            ActorTestKit kit, SrCorrelators correlators, TestProbe<Persisted> persisted, TestProbe<Answered> answered) {
        void stop() {
            kit.shutdownTestKit();
        }
    }

    private long batch = 1000;

    private volatile Supplier<Set<String>> names = () -> Set.of("acme");

    @AfterEach
    void stopNodes() {
        nodes.forEach(Node::stop);
        DB.execute("truncate event_journal, event_tag, snapshot, correlator_layout");
    }

    @Test
    void anSrFindsItsMtFromAnyNode() {
        Node one = start();
        Node two = start();
        submit(one, 0, 400);

        Set<Integer> accepted = receive(two, 0, 400);

        assertThat(accepted).hasSize(400);
        assertThat(settled()).hasSize(400);
    }

    @Test
    void mappingsOutliveTheirNode() {
        Node one = start();
        Node two = start();
        submit(one, 0, 400);
        leave(one);

        assertThat(receive(two, 0, 400)).hasSize(400);
        assertThat(known(two, 0, 400)).hasSize(400);
    }

    /** The account is not known yet when the node looks for the first time, a second after its start. */
    @Test
    @Observes("sr.wake-period")
    void whatTheLogMissedReachesItAfterTheNextStartWithoutTraffic() {
        log.confirmWhenTold();
        Node one = start();
        submit(one, 0, 40);
        receive(one, 0, 40);
        settled();
        leave(one);
        log.confirmAtOnce();
        AtomicInteger looks = new AtomicInteger();
        names = () -> looks.getAndIncrement() == 0 ? Set.of() : Set.of("acme");

        start("wake-period = 1s");

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            settledSoFar.addAll(log.rest().stream().map(FinalStatus::mtId).toList());
            return settledSoFar.size() >= 40;
        });
    }

    @Test
    @Observes("sr.snapshot-every-entries")
    void snapshotsKeepTheJournalShort() {
        Node one = start("snapshot-every-entries = 200", "batch-delay = 0s", "remember-final = 0");
        for (int round = 0; round < 40; round++) {
            submit(one, round * 100, 100);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(DB.number("select count(*) from event_journal"))
                        .isLessThan(180));
        assertThat(DB.number("select max(n) from (select count(*) n from snapshot group by persistence_id) s"))
                .isLessThanOrEqualTo(3);
        leave(one);

        Node two = start("snapshot-every-entries = 200");

        assertThat(known(two, 0, 4000)).hasSize(4000);
        assertThat(receive(two, 1000, 500)).hasSize(500);
    }

    @Test
    void nothingWaitsForASnapshotToBeWritten() throws SQLException {
        Node one = start("snapshot-every-entries = 200", "batch-delay = 0s");
        try (Connection blocker = DB.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table snapshot in exclusive mode");
            submit(one, 0, 1000); // 250 in each of four

            assertThat(receive(one, 0, 400)).hasSize(400);

            blocker.rollback();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DB.number("select count(distinct persistence_id) from snapshot") == 4);
        leave(one);

        assertThat(known(start(), 0, 1000)).hasSize(1000);
    }

    @Test
    void aHoleInTheJournalStopsTheCorrelator() {
        Node one = start("batch-delay = 0s");
        for (int round = 0; round < 20; round++) {
            submit(one, round * 10, 10);
        }
        leave(one);
        DB.execute("delete from event_journal where sequence_number = 7");

        Node two = start();
        two.correlators()
                .tell(
                        "acme",
                        0,
                        new Submitted(
                                1, List.of(mapping("x", 1)), two.persisted().getRef()));

        two.persisted().expectNoMessage(Duration.ofSeconds(2));
    }

    @Test
    void acknowledgesNothingWhileTheJournalIsAway() {
        Node one = start();
        submit(one, 0, 40);
        DB.execute("alter table event_journal rename to event_journal_away");
        one.correlators()
                .tell(
                        "acme",
                        bucket("id0"),
                        new Receive(
                                77,
                                List.of(report(0, "id0", "DELIVRD")),
                                one.answered().getRef()));
        one.answered().expectNoMessage(Duration.ofSeconds(1));
        DB.execute("alter table event_journal_away rename to event_journal");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            one.correlators()
                    .tell(
                            "acme",
                            bucket("id0"),
                            new Receive(
                                    78,
                                    List.of(report(0, "id0", "DELIVRD")),
                                    one.answered().getRef()));
            assertThat(one.answered().receiveMessage(Duration.ofSeconds(1)).accepted())
                    .containsExactly(0);
        });
    }

    @Test
    void d3_findsTheOtherIdOfAnSrInAnotherBucket() {
        Node one = start();
        start();
        submit(one, 0, 40);
        List<StatusReport> reports = IntStream.range(0, 40)
                .mapToObj(i -> new StatusReport(
                        i,
                        ProviderKey.of("text" + i),
                        "text" + i,
                        StatusReport.Meaning.DELIVERED,
                        "DELIVRD",
                        "000",
                        1,
                        List.of(new Candidate(ProviderKey.of("id" + i), "id" + i))))
                .toList();

        assertThat(receive(one, reports)).hasSize(40);
    }

    @Test
    @Observes("sr.buckets")
    void theNumberOfBucketsIsFixedAtFirstUse() throws Exception {
        BucketCount.SR.fix(DB.database().queries(), 4).toCompletableFuture().get();
        BucketCount.SR.fix(DB.database().queries(), 4).toCompletableFuture().get();

        assertThatThrownBy(() -> BucketCount.SR
                        .fix(DB.database().queries(), 8)
                        .toCompletableFuture()
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("sms-process.sr.buckets = 8, but this database has been used with 4");
    }

    // Helpers

    private final Set<Long> settledSoFar = new HashSet<>();

    private Set<Long> settled() {
        return log.rest().stream().map(FinalStatus::mtId).collect(Collectors.toSet());
    }

    private int bucket(String providerId) {
        return ProviderKey.bucketOf(ProviderKey.of(providerId), 4);
    }

    private void submit(Node node, int from, int number) {
        IntStream.range(from, from + number)
                .boxed()
                .collect(Collectors.groupingBy(i -> bucket("id" + i)))
                .forEach((bucket, some) -> submit(
                        node,
                        bucket,
                        some.stream().map(i -> mapping("id" + i, 1024L + i)).toList()));
    }

    /** Until it is answered, as a session does: a correlator may be on its way from node to node. */
    private void submit(Node node, int bucket, List<Mapping> mappings) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> {
            long number = ++batch;
            node.correlators()
                    .tell(
                            "acme",
                            bucket,
                            new Submitted(number, mappings, node.persisted().getRef()));
            node.persisted()
                    .fishForMessage(
                            AGAIN,
                            answer -> answer.batch() == number
                                    ? FishingOutcomes.complete()
                                    : FishingOutcomes.continueAndIgnore());
        });
    }

    private Set<Integer> receive(Node node, int from, int number) {
        return receive(
                node,
                IntStream.range(from, from + number)
                        .mapToObj(i -> report(i, "id" + i, "DELIVRD"))
                        .toList());
    }

    private Set<Integer> receive(Node node, List<StatusReport> reports) {
        Set<Integer> accepted = new HashSet<>();
        reports.stream()
                .collect(Collectors.groupingBy(report -> bucket(report.providerId())))
                .forEach((bucket, some) -> accepted.addAll(receive(node, bucket, some)));
        return accepted;
    }

    /** As an SMSC does, again what is not answered. */
    private Set<Integer> receive(Node node, int bucket, List<StatusReport> reports) {
        Set<Integer> accepted = new HashSet<>();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> {
            long number = ++batch;
            node.correlators()
                    .tell(
                            "acme",
                            bucket,
                            new Receive(number, reports, node.answered().getRef()));
            Set<Integer> answered = new HashSet<>();
            node.answered().fishForMessage(AGAIN, answer -> {
                if (answer.batch() == number) {
                    accepted.addAll(answer.accepted());
                    answered.addAll(answer.accepted());
                    answered.addAll(answer.unknown());
                }
                return answered.size() == reports.size()
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore();
            });
        });
        return accepted;
    }

    private Set<Long> known(Node node, int from, int number) {
        TestProbe<Known> known = node.kit().createTestProbe(Known.class);
        for (int bucket = 0; bucket < 4; bucket++) {
            node.correlators()
                    .tell(
                            "acme",
                            bucket,
                            new FindKnown(bucket, List.of(1024L + from, 1024L + from + number - 1), known.getRef()));
        }
        return known.receiveSeveralMessages(4, Duration.ofSeconds(30)).stream()
                .flatMap(answer -> answer.mtIds().stream())
                .collect(Collectors.toSet());
    }

    private Node start(String... overrides) {
        Config config = ConfigFactory.load(ConfigFactory.parseMap(Map.of(
                        "pekko-persistence-jdbc.shared-databases.slick.db.url",
                        DB.database().jdbcUrl(),
                        "pekko-persistence-jdbc.shared-databases.slick.db.user",
                        DB.database().user(),
                        "pekko-persistence-jdbc.shared-databases.slick.db.password",
                        DB.database().password(),
                        "pekko.cluster.jmx.multi-mbeans-in-same-jvm",
                        "on",
                        "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                        "off"))
                // lease-majority, which node.conf asks for, takes its lease from a whole node
                .withFallback(ConfigFactory.parseString("""
                        pekko.cluster.split-brain-resolver.active-strategy = keep-oldest
                        pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                        """))
                .withFallback(ConfigFactory.parseResources("node.conf")));
        ActorTestKit kit = ActorTestKit.create("sms", config);
        Cluster cluster = Cluster.get(kit.system());
        cluster.manager()
                .tell(Join.create(
                        nodes.isEmpty()
                                ? cluster.selfMember().address()
                                : Cluster.get(nodes.get(0).kit().system())
                                        .selfMember()
                                        .address()));
        SrServices services = new SrServices(
                SrFixtures.correlators(SrFixtures.concat(overrides, "buckets = 4")),
                name -> name.equals("acme") ? Optional.of(account) : Optional.empty(),
                () -> names.get(),
                log,
                new SqlHistoryPruner(DB.database().queries()),
                new SrMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC(),
                System::nanoTime);
        Node node = new Node(
                kit,
                SrCorrelators.init(kit.system(), services),
                kit.createTestProbe(Persisted.class),
                kit.createTestProbe(Answered.class));
        nodes.add(node);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.selfMember().status().toString().equals("Up"));
        return node;
    }

    private void leave(Node node) {
        Cluster cluster = Cluster.get(node.kit().system());
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
        node.kit().system().getWhenTerminated().toCompletableFuture().join();
        nodes.remove(node);
    }
}
