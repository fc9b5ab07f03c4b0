// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;
import org.smsprocess.simulator.settings.SimulatorSettings;

/**
 * A node under load whose PostgreSQL fails in all the ways there are. While it is away nothing is claimed, no SR, MO or request is
 * acknowledged, and nothing piles up; when it is back everything goes on by itself. No node dies here, so nothing may arrive twice.
 *
 * <p>{@code -Dsms.outage.seconds=60} for the long outage.
 */
class DatabaseFailuresIT {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFailuresIT.class);
    private static final int CONNECTIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("sms.outage.seconds", 7));
    /** After the database is back; 10 s on a machine that does nothing else. */
    private static final Duration FULL_SPEED = Duration.ofSeconds(90);

    @TempDir
    private static Path made;

    private static OwnPostgres.Template template;

    @TempDir
    private Path folder;

    private final Simulator smsc = Simulator.start(SimulatorSettings.parse("""
            sms-process-simulator { port = 0, http-port = none, submit.latency = 10ms, sr { delay = 300ms, jitter = 300ms }
              deliver { timeout = 5s, retry-delay = 500ms }, mo { rate = 10, texts = ["hello"] } }"""));
    private OwnPostgres database;
    private Node node;
    private SteadyLoad load;

    @BeforeAll
    static void make() throws Exception {
        template = OwnPostgres.Template.make(made);
    }

    @AfterEach
    void end() throws Exception {
        if (load != null) {
            load.close();
        }
        if (node != null) {
            node.stop();
        }
        smsc.close();
        if (database != null) {
            database.close();
        }
    }

    @Test
    void anImmediateRestart() throws Exception {
        startAll();

        database.quit();
        database.start();

        awaitFullSpeed("immediate restart");
        assertBooks();
    }

    @Test
    void anOutageLongerThanTheLeases() throws Exception {
        startAll("4s");

        database.kill();
        assertThatNothingGoesOn(OUTAGE);
        database.start();

        awaitFullSpeed("outage of " + OUTAGE.toSeconds() + " s");
        assertThat(load.refusals()).contains("503, Retry-After 5");
        assertBooks();
    }

    @Test
    void aFailoverToTheStandby() throws Exception {
        database = new OwnPostgres(template, folder.resolve("primary"), "synchronous_standby_names=standby");
        try (OwnPostgres standby = database.standby(folder.resolve("standby"))) {
            database.start();
            standby.start();
            startNode(
                    "jdbc:postgresql://127.0.0.1:" + database.port() + ",127.0.0.1:" + standby.port()
                            + "/sms?targetServerType=primary",
                    "8s");

            database.kill();
            assertThatNothingGoesOn(Duration.ofSeconds(4));
            standby.promote();
            database = standby;

            awaitFullSpeed("failover");
            assertBooks();
            node.stop();
            node = null;
        }
    }

    @Test
    void aFullDisk() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0777", "tmpfs", disk.toString()))
                .as("this user may not mount a small disk: the test with a full one is left out")
                .isZero();
        try {
            startAll();
            Path place = Files.createDirectory(disk.resolve("place"));
            database.execute("create tablespace small location '" + place + "'");
            database.execute("alter table sms.message_0 set tablespace small");
            Path ballast = disk.resolve("ballast");

            run("sh", "-c", "cat /dev/zero > " + ballast + " 2> /dev/null");
            await().atMost(PATIENCE).until(() -> load.refusals().contains("503, Retry-After 5"));
            Files.delete(ballast);

            awaitFullSpeed("disk full");
            assertThat(load.refusals()).containsOnly("503, Retry-After 5");
            assertBooks();
        } finally {
            end();
            load = null;
            node = null;
            database = null;
            // busy until the last of the server's processes has ended
            await().atMost(PATIENCE).until(() -> run("umount", disk.toString()) == 0);
        }
    }

    @Test
    void slowStatements() throws Exception {
        startAll();
        database.execute("create function sms.slow() returns trigger language plpgsql as $$"
                + " begin perform pg_sleep(0.5); return null; end $$");
        database.execute("create trigger slow before insert or update on sms.message"
                + " for each statement execute function sms.slow()");
        long before = acceptedBySmsc();
        await().atMost(PATIENCE).until(() -> acceptedBySmsc() > before + 150);

        database.execute("drop trigger slow on sms.message");

        awaitFullSpeed("slow statements");
        assertBooks();
    }

    @Test
    void conflictsAndDeadlocksAreTriedAgain() throws Exception {
        startAll();
        database.execute("create sequence sms.conflict");
        database.execute("grant all on sms.conflict to public");
        database.execute("create function sms.conflict() returns trigger language plpgsql as $$ begin"
                + " if random() < 0.6 then perform nextval('sms.conflict'); raise exception 'conflict' using errcode ="
                + " case when random() < 0.5 then '40001' else '40P01' end; end if; return null; end $$");
        database.execute("create trigger conflict before insert or update on sms.message"
                + " for each statement execute function sms.conflict()");
        await().atMost(PATIENCE).until(() -> database.number("select last_value from sms.conflict") > 50);

        database.execute("drop trigger conflict on sms.message");

        awaitFullSpeed("conflicts");
        assertThat(load.refusals()).allMatch(refusal -> refusal.equals("503, Retry-After 5"));
        assertBooks();
    }

    private void startAll() throws Exception {
        startAll("8s");
    }

    private void startAll(String leaseTtl) throws Exception {
        database = new OwnPostgres(template, folder.resolve("data"));
        database.start();
        startNode(database.url(), leaseTtl);
    }

    private void startNode(String url, String leaseTtl) throws Exception {
        node = Node.start(SettingsSource.of(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                        "sms-process.datastore.url",
                        url,
                        "sms-process.datastore.user",
                        database.user(),
                        "sms-process.datastore.password",
                        database.password(),
                        "sms-process.datastore.pool-size",
                        4,
                        "sms-process.datastore.connect-timeout",
                        "2s",
                        "sms-process.connection.lease.ttl",
                        leaseTtl,
                        "sms-process.connection.lease.renew-period",
                        "1s",
                        "sms-process.connection.persist-timeout",
                        "2s",
                        "sms-process.data-dir",
                        folder.resolve("node").toString()))
                .withFallback(ConfigFactory.parseString("""
                        sms-process {
                          http.port = 0
                          accounts.acme {
                            host = "127.0.0.1", port = %d, system-id = acme, child-connections = %d, window = 20
                            reconnect-delay = 500ms, source-number = "12345", unknown-id-wait = 2s
                          }
                        }
                        """.formatted(smsc.smppPort(), CONNECTIONS))))));
        int port = node.httpAddress().getPort();
        load = new SteadyLoad(() -> port);
        await().atMost(PATIENCE).until(() -> acceptedBySmsc() > 150);
    }

    /** What had been claimed may leave, then no SUBMIT_SM is sent and no SR and no MO acknowledged. */
    private void assertThatNothingGoesOn(Duration time) {
        await().pollDelay(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).until(() -> true);
        int taken = load.accepted().size();
        Stats.Traffic before = traffic();
        long end = System.nanoTime() + time.minusSeconds(2).toNanos();
        await().atMost(time.plusSeconds(10)).until(() -> System.nanoTime() > end);
        assertThat(load.accepted().size()).as("acknowledged requests").isEqualTo(taken);
        assertThat(traffic().accepted()).as("SUBMIT_SM").isEqualTo(before.accepted());
        assertThat(traffic().sr().answered())
                .as("acknowledged SR")
                .isEqualTo(before.sr().answered());
        assertThat(traffic().mo().answered())
                .as("acknowledged MO")
                .isEqualTo(before.mo().answered());
    }

    private void awaitFullSpeed(String what) {
        long back = System.nanoTime();
        int taken = load.accepted().size();
        long sent = acceptedBySmsc();
        await().atMost(FULL_SPEED)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> load.accepted().size() > taken + 100 && acceptedBySmsc() > sent + 100);
        LOG.info(
                "{}: full speed after {} ms, refused: {}",
                what,
                (System.nanoTime() - back) / 1_000_000,
                load.refusals());
    }

    private void assertBooks() throws Exception {
        load.close();
        await().atMost(PATIENCE)
                .until(() -> database.number("select count(*) from message where status <> 'delivered'") == 0);
        await().atMost(PATIENCE)
                .until(() -> smsc.record().compare(load.accepted()).lost() == 0);
        Comparison books = smsc.record().compare(load.accepted());
        long kept = database.number("select count(*) from message");
        assertThat(kept).isEqualTo(database.number("select sum(messages) from delivery_range"));
        assertThat(kept).isGreaterThanOrEqualTo(load.accepted().size());
        assertThat(smsc.record().stats().messages().total()).isEqualTo(kept);
        assertThat(books.duplicates()).isZero();
        assertThat(database.number("select coalesce(sum(resends), 0) from message"))
                .isZero();
        Stats.SystemId acme = smsc.record().stats().systemIds().get(0);
        assertThat(acme.maxBound()).as("bound at the same time").isLessThanOrEqualTo(CONNECTIONS);
        await().atMost(PATIENCE)
                .until(() -> database.number("select count(*) from inbox")
                        >= traffic().mo().answered());
        LOG.info("accepted {}, in the log and arrived once {}", load.accepted().size(), kept);
    }

    private Stats.Traffic traffic() {
        return smsc.record().stats().systemIds().get(0).traffic();
    }

    private long acceptedBySmsc() {
        return smsc.record().stats().systemIds().isEmpty() ? 0 : traffic().accepted();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
