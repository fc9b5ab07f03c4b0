// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.mo.MoFixtures.moPart;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.text;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.smsprocess.mo.MoProtocol.Answered;
import org.smsprocess.mo.MoProtocol.Receive;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.store.TestDatabase;

/** Handlers in a cluster, on a real journal. */
class MoHandlersIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final AccountSettings PATIENT = TestAccounts.account("acme", "mo.reassembly-timeout = 60s");
    private static final AccountSettings HASTY = TestAccounts.account("acme", "mo.reassembly-timeout = 1s");

    private final List<Node> nodes = new ArrayList<>();
    private AccountSettings account = PATIENT;
    private long batch;

    /** A member of the cluster. */
    private record Node(ActorTestKit kit, MoHandlers handlers, TestProbe<Answered> answers) {
        void stop() {
            kit.shutdownTestKit();
        }
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(Node::stop);
        DB.execute("truncate inbox, mo_seen, event_journal, event_tag, snapshot");
    }

    /** O4: any order, any connection, any node. */
    @Test
    @Observes("mo.buckets")
    void partsThatComeToDifferentNodesMakeOneMo() {
        Node one = start();
        Node two = start();
        for (int reference = 0; reference < 20; reference++) {
            String sender = "49123" + reference;
            deliver(one, from(sender, part(reference, 3, 3, "c")));
            deliver(two, from(sender, part(reference, 3, 1, "a" + reference)));
            deliver(one, from(sender, part(reference, 3, 2, "b")));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts()).hasSize(20));
        assertThat(texts()).allMatch(text -> text.matches("a\\d+bc"));
        assertThat(DB.column("select distinct persistence_id from event_journal"))
                .containsExactlyInAnyOrder("mo-handler|acme/0", "mo-handler|acme/1");
    }

    private static Inbound from(String sender, Inbound part) {
        return new Inbound(
                part.commandId(),
                part.sequenceNumber(),
                new SmppAddress(1, 1, sender),
                part.destination(),
                part.esmClass(),
                part.dataCoding(),
                part.shortMessage(),
                part.tlvs());
    }

    @Test
    void partsOutliveTheirNode() {
        Node one = start();
        Node two = start();
        for (int reference = 0; reference < 5; reference++) {
            deliver(one, part(reference, 2, 1, "a"));
        }
        leave(one);

        for (int reference = 0; reference < 5; reference++) {
            deliver(two, part(reference, 2, 2, "b"));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts()).containsExactly("ab", "ab", "ab", "ab", "ab"));
    }

    @Test
    @Observes({"mo.wake-period", "mo.reassembly-timeout"})
    void handlersThatNoMoReachesAreWoken() {
        account = HASTY;
        Node one = start();
        deliver(one, part(7, 2, 2, "only the end"));
        leave(one);

        start();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts()).containsExactly("only the end"));
        assertThat(DB.column("select complete from inbox")).containsExactly(false);
    }

    /** O14: the database is away; when it is back, what comes again is stored. */
    @Test
    @Observes({"mo.clean-period", "mo.inbox-retention"})
    void answersNothingThatIsNotDurableAndForgetsWhatIsOld() {
        Node one = start();
        deliver(one, text("before"));
        DB.execute("alter table inbox rename to inbox_away");
        tell(one, text("meanwhile"));
        one.answers().expectNoMessage(Duration.ofSeconds(1));
        DB.execute("alter table inbox_away rename to inbox");

        deliver(one, text("meanwhile"));

        assertThat(texts()).containsExactly("before", "meanwhile");
        DB.execute("update inbox set stored_at = now() - interval '2 hours' where text = 'before'");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts()).containsExactly("meanwhile"));
    }

    @Test
    @Observes("mo.snapshot-every")
    void snapshotsKeepTheJournalShort() {
        Node one = start();
        for (int i = 0; i < 60; i++) {
            deliver(one, part(i, 2, 1, "open " + i));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(DB.number("select count(*) from event_journal"))
                        .isLessThan(50));
        leave(one);

        Node two = start();
        for (int i = 0; i < 60; i++) {
            deliver(two, part(i, 2, 2, "!"));
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(texts()).hasSize(60));
    }

    private void deliver(Node node, Inbound inbound) {
        // a handler may be on its way from node to node: then the SMSC sends again
        await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).untilAsserted(() -> {
            long number = tell(node, inbound);
            node.answers()
                    .fishForMessage(
                            Duration.ofSeconds(4),
                            answer -> answer.batch() == number
                                    ? FishingOutcomes.complete()
                                    : FishingOutcomes.continueAndIgnore());
        });
    }

    private long tell(Node node, Inbound inbound) {
        batch++;
        node.handlers()
                .tell(
                        "acme",
                        inbound.source().number(),
                        new Receive(
                                batch,
                                List.of(moPart(0, inbound)),
                                node.answers().getRef()));
        return batch;
    }

    private static List<String> texts() {
        return DB.column("select text from inbox order by id").stream()
                .map(String::valueOf)
                .toList();
    }

    private Node start() {
        ActorTestKit kit = ActorTestKit.create("sms", config());
        Cluster cluster = Cluster.get(kit.system());
        Cluster seed =
                nodes.isEmpty() ? cluster : Cluster.get(nodes.get(0).kit().system());
        cluster.manager().tell(Join.create(seed.selfMember().address()));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.selfMember().status().toString().equals("Up"));
        MoHandlers handlers = MoHandlers.init(
                kit.system(),
                DB.database(),
                (connection, wanted) -> () -> {},
                name -> Optional.of(account),
                () -> Set.of("acme"),
                new SimpleMeterRegistry());
        Node node = new Node(kit, handlers, kit.createTestProbe());
        nodes.add(node);
        return node;
    }

    private void leave(Node node) {
        Cluster cluster = Cluster.get(node.kit().system());
        cluster.manager().tell(Leave.create(cluster.selfMember().address()));
        await().atMost(Duration.ofSeconds(60)).until(cluster::isTerminated);
        nodes.remove(node);
        node.stop();
    }

    private static Config config() {
        String slick = "pekko-persistence-jdbc.shared-databases.slick.db.";
        Map<String, Object> own = Map.ofEntries(
                Map.entry(slick + "url", DB.database().jdbcUrl()),
                Map.entry(slick + "user", DB.database().user()),
                Map.entry(slick + "password", DB.database().password()),
                Map.entry(slick + "numThreads", 2),
                Map.entry(slick + "maxConnections", 2),
                Map.entry(slick + "minConnections", 2),
                Map.entry("pekko.cluster.jmx.enabled", false),
                Map.entry("pekko.remote.artery.canonical.hostname", "127.0.0.1"),
                Map.entry("pekko.remote.artery.canonical.port", 0),
                // lease-majority, which node.conf asks for, takes its lease from a whole node
                Map.entry("pekko.cluster.split-brain-resolver.active-strategy", "keep-oldest"),
                Map.entry("pekko.cluster.gossip-interval", "100ms"),
                Map.entry("pekko.cluster.leader-actions-interval", "100ms"),
                Map.entry("pekko.cluster.sharding.retry-interval", "200ms"),
                Map.entry("pekko.cluster.sharding.updating-state-timeout", "1s"),
                Map.entry("pekko.cluster.singleton.hand-over-retry-interval", "200ms"),
                Map.entry("sms-process.mo.wake-period", "1s"),
                Map.entry("sms-process.mo.buckets", 2),
                Map.entry("sms-process.mo.clean-period", "1s"),
                Map.entry("sms-process.mo.inbox-retention", "1h"),
                Map.entry("sms-process.mo.snapshot-every", 10));
        return ConfigFactory.load(
                ConfigFactory.parseMap(own).withFallback(ConfigFactory.parseResourcesAnySyntax("node.conf")));
    }
}
