// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.Observes;
import org.smsprocess.spec.FreePort;

class SqlLaneIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @BeforeEach
    void clean() {
        DB.execute("drop table if exists pair");
        DB.execute("create table pair (id int primary key, n int not null)");
        DB.execute("insert into pair values (1, 0), (2, 0)");
    }

    @Test
    void aTransactionThatFailsLeavesNothing() {
        CompletionStage<Void> failing = DB.database().traffic().transact(connection -> {
            connection.createStatement().execute("update pair set n = 7");
            throw new SQLException("no", "22000");
        });

        assertThatThrownBy(() -> get(failing)).hasRootCauseMessage("no");
        assertThat(DB.column("select distinct n from pair")).containsExactly(0);
    }

    @Test
    void deadlocksAreRepeatedUntilAllHaveDoneTheirWork() throws Exception {
        DB.execute(
                "alter database " + DB.column("select current_database()").get(0) + " set deadlock_timeout = '50ms'");
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        List<CompletionStage<Void>> stages = new ArrayList<>();
        for (int first = 1; first <= 2; first++) {
            int one = first;
            stages.add(DB.database().traffic().transact(connection -> {
                runs.incrementAndGet();
                connection.createStatement().execute("update pair set n = n + 1 where id = " + one);
                both.countDown();
                awaitQuietly(both);
                connection.createStatement().execute("update pair set n = n + 1 where id = " + (3 - one));
            }));
        }
        for (CompletionStage<Void> stage : stages) {
            get(stage);
        }

        assertThat(DB.column("select n from pair")).containsExactly(2, 2);
        assertThat(runs.get()).isGreaterThan(2);
        assertThat(DB.database().traffic().repeated()).isPositive();
    }

    @Test
    void aTransactionThatCannotBeSerialisedIsTriedEightTimesAndNoMore() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        Integer done = get(DB.database().traffic().transaction(connection -> {
            if (runs.incrementAndGet() < 8) {
                throw new SQLException("could not serialize access", "40001");
            }
            return runs.get();
        }));
        assertThat(done).isEqualTo(8);

        runs.set(0);
        CompletionStage<Void> hopeless = DB.database().traffic().transact(connection -> {
            runs.incrementAndGet();
            throw new SQLException("could not serialize access", "40001");
        });

        assertThatThrownBy(() -> get(hopeless))
                .satisfies(error -> assertThat(SqlErrors.isOverloaded(error)).isTrue());
        assertThat(runs).hasValue(8);
    }

    @Test
    @Observes({"datastore.queue-size", "datastore.pool-size"})
    void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        DatastoreSettings small = DB.settings("pool-size = 1", "query-pool-size = 1", "queue-size = 10");
        try (Database database = Database.open(small)) {
            List<CompletionStage<Integer>> stages = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                stages.add(database.traffic().supply(connection -> {
                    awaitQuietly(end);
                    return 1;
                }));
            }
            long refused = stages.stream()
                    .filter(stage -> stage.toCompletableFuture().isCompletedExceptionally())
                    .count();
            assertThat(refused).isBetween(9L, 10L);
            assertThatThrownBy(() -> get(stages.get(19))).hasCauseInstanceOf(DatabaseBusy.class);
            end.countDown();
            assertThat(get(stages.get(0))).isEqualTo(1);
        }
    }

    @Test
    @Observes("datastore.transaction-attempts")
    void theAttemptsAreASetting() {
        AtomicInteger runs = new AtomicInteger();
        try (Database database = Database.open(DB.settings("transaction-attempts = 2"))) {
            CompletionStage<Void> hopeless = database.traffic().transact(connection -> {
                runs.incrementAndGet();
                throw new SQLException("could not serialize access", "40001");
            });

            assertThatThrownBy(() -> get(hopeless)).hasRootCauseInstanceOf(SQLException.class);
        }
        assertThat(runs).hasValue(2);
    }

    @Test
    @Observes("datastore.idle-in-transaction-timeout")
    void theServerEndsSessionsThatStall() throws Exception {
        try (Database database = Database.open(DB.settings("idle-in-transaction-timeout = 1234ms"))) {
            assertThat(get(database.traffic().supply(SqlLaneIT::idleTimeout))).isEqualTo("1234ms");
            assertThat(get(database.leaseLane().supply(SqlLaneIT::idleTimeout))).isEqualTo("1234ms");
            assertThat(database.journalSettings())
                    .containsEntry("properties.options", "-c idle_in_transaction_session_timeout=1234");
        }
    }

    @Test
    void theJournalWaitsAsTheOtherPoolsDoButNotAsLong() {
        try (Database usual = Database.open(DB.settings("connect-timeout = 7s"));
                Database hasty = Database.open(
                        DB.settings("connect-timeout = 1s", "statement-timeout = 3s", "socket-timeout = 4s"))) {
            assertThat(usual.journalSettings())
                    .containsEntry("connectionTimeout", 7000L)
                    .containsEntry("validationTimeout", 2000L)
                    .containsEntry("properties.connectTimeout", "7")
                    .containsEntry("properties.socketTimeout", "30");
            assertThat(hasty.journalSettings())
                    .containsEntry("validationTimeout", 1000L)
                    .containsEntry("properties.socketTimeout", "4");
        }
    }

    @Test
    @Observes("datastore.lease-socket-timeout")
    void aLeaseThatHangsIsGivenUpSooner() throws Exception {
        try (Database database = Database.open(DB.settings("lease-socket-timeout = 1s"))) {
            CompletionStage<Void> lease = database.leaseLane().execute(SqlLaneIT::sleep);
            CompletionStage<Void> query = database.queries().execute(SqlLaneIT::sleep);

            assertThatThrownBy(() -> get(lease)).matches(error -> SqlErrors.isAway(error.getCause()));
            get(query);
        }
    }

    @Test
    @Observes("datastore.close-timeout")
    void workUnderWayHoldsTheEndUpNoLongerThanAllowed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Database database = Database.open(DB.settings("close-timeout = 100ms"));
        CompletionStage<Boolean> work = database.traffic().supply(connection -> {
            begun.countDown();
            try {
                return never.await(60, SECONDS);
            } catch (InterruptedException stop) {
                return true; // told to end
            }
        });
        assertThat(begun.await(30, SECONDS)).isTrue();

        database.close();

        assertThat(get(work)).isTrue();
    }

    @Test
    @Observes("datastore.start-retries")
    void aDatabaseThatIsNotThereIsTriedAgainAsOftenAsAllowed() throws Exception {
        int port = FreePort.next();
        String nowhere = "url = \"jdbc:postgresql://127.0.0.1:" + port + "/sms\"";
        long begin = System.nanoTime();

        assertThatThrownBy(() -> Database.open(DB.settings(nowhere, "start-retries = 0")))
                .isInstanceOf(DatabaseUnusable.class);
        long withoutNanos = System.nanoTime() - begin;
        assertThatThrownBy(() -> Database.open(DB.settings(nowhere, "start-retries = 2")))
                .isInstanceOf(DatabaseUnusable.class);

        // waits of 1 s and 2 s between three attempts
        assertThat(System.nanoTime() - begin - withoutNanos).isGreaterThan(SECONDS.toNanos(2));
    }

    @Test
    @Observes({"datastore.pool-size", "datastore.query-pool-size"})
    void eachLaneHasItsConnections() {
        long traffic = sessions("traffic");
        long queries = sessions("queries");
        try (Database database = Database.open(DB.settings("pool-size = 3", "query-pool-size = 5"))) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(sessions("traffic") - traffic).isEqualTo(3);
                assertThat(sessions("queries") - queries).isEqualTo(5);
            });
            assertThat(database.traffic().active()).isZero();
        }
    }

    @Test
    void withAServerOnThisMachineTrafficHasAsManyConnectionsAsProcessorsUpToEight() {
        long traffic = sessions("traffic");
        int processors = Runtime.getRuntime().availableProcessors();
        try (Database database = Database.open(DB.settings("pool-size = 0"))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(sessions("traffic") - traffic).isEqualTo(Math.max(2, Math.min(processors, 8))));
            assertThat(database.traffic().active()).isZero();
        }
    }

    @Test
    @Observes("datastore.statement-timeout")
    void aStatementThatRunsTooLongIsCancelledByTheServer() {
        try (Database database = Database.open(DB.settings("statement-timeout = 1s"))) {
            assertThatThrownBy(() -> get(database.queries().execute(SqlLaneIT::sleep)))
                    .satisfies(
                            error -> assertThat(SqlErrors.isOverloaded(error)).isTrue())
                    .hasStackTraceContaining("statement timeout");
        }
    }

    @Test
    @Observes("datastore.socket-timeout")
    void aServerThatIsSilentIsGivenUp() {
        try (Database database = Database.open(DB.settings("statement-timeout = 1s", "socket-timeout = 1s"))) {
            CompletionStage<Void> silent = database.queries().execute(connection -> {
                connection.createStatement().execute("set statement_timeout = 0");
                sleep(connection);
            });

            assertThatThrownBy(() -> get(silent)).matches(error -> SqlErrors.isAway(error.getCause()));
        }
    }

    /** It takes connections and says nothing: frozen, or behind a firewall that has lost it. */
    @Test
    @Observes("datastore.connect-timeout")
    void aServerThatNeverAnswersIsGivenUpAtTheStart() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            String url = "url = \"jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/sms\"";
            // by default five seconds each time; once in a while this machine stands still as long
            await().pollDelay(Duration.ZERO).untilAsserted(() -> {
                long begin = System.nanoTime();

                assertThatThrownBy(() -> Database.open(DB.settings(url, "connect-timeout = 1s", "start-retries = 0")))
                        .isInstanceOf(DatabaseUnusable.class);

                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
            });
        }
    }

    private static long sessions(String lane) {
        return DB.number(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = ?",
                "sms-process " + lane);
    }

    private static String idleTimeout(Connection connection) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("show idle_in_transaction_session_timeout")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void sleep(Connection connection) throws SQLException {
        connection.createStatement().execute("select pg_sleep(2.5)");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }
}
