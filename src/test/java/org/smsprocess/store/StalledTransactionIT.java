// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that is frozen (SIGSTOP) or cut off in the middle of a transaction. */
class StalledTransactionIT {
    private static final Duration TTL = Duration.ofSeconds(5);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    void itsLocksDoNotKeepTheNextOwnerFromTheLease() throws Exception {
        DB.execute("truncate slot_lease");
        Leases leases = DB.database().leases();
        assertThat(leases.acquire("acme/0/0", "frozen", TTL)
                        .toCompletableFuture()
                        .get(30, SECONDS))
                .hasValue(1);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch thawed = new CountDownLatch(1);
        CompletionStage<Boolean> claim = DB.database().traffic().transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select from slot_lease where slot = 'acme/0/0' for share");
                locked.countDown();
                boolean isThawed = thawed.await(90, SECONDS);
                statement.execute("select 1"); // the session is gone by now
                return isThawed;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        assertThat(locked.await(30, SECONDS)).isTrue();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> leases.acquire("acme/0/0", "successor", TTL)
                        .exceptionally(gaveUpWaiting -> OptionalLong.empty())
                        .toCompletableFuture()
                        .get(30, SECONDS)
                        .isPresent());
        thawed.countDown();
        assertThat(claim.handle((done, failure) -> failure)
                        .toCompletableFuture()
                        .get(30, SECONDS))
                .matches(SqlErrors::isAway);
    }
}
