// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
    void moreThanTheQueueHoldsIsRefusedAtOnce() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        DatastoreSettings s = DB.settings();
        DatastoreSettings small = new DatastoreSettings(
                s.dataDir(),
                s.url(),
                s.user(),
                s.password(),
                1,
                1,
                10,
                s.connectTimeout(),
                s.socketTimeout(),
                s.statementTimeout(),
                s.embedded());
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }
}
