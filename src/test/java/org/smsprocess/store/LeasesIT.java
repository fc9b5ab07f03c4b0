// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasesIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration LONG = Duration.ofMinutes(1);

    private Leases leases;

    @BeforeEach
    void clean() {
        DB.execute("truncate slot_lease");
        leases = DB.database().leases();
    }

    @Test
    void oneOwnerAtATime() throws Exception {
        assertThat(get(leases.acquire("acme/0/0", "a:1", LONG))).hasValue(1);

        assertThat(get(leases.acquire("acme/0/0", "b:1", LONG))).isEmpty();
    }

    @Test
    void everyChangeOfHandRaisesTheEpoch() throws Exception {
        get(leases.acquire("acme/0/0", "a:1", LONG));
        assertThat(get(leases.release("acme/0/0", "a:1", 1))).isTrue();

        assertThat(get(leases.acquire("acme/0/0", "b:1", LONG))).hasValue(2);
        assertThat(get(leases.acquire("acme/0/0", "b:1", LONG))).hasValue(3); // its slot started anew
        assertThat(get(leases.release("acme/0/0", "b:1", 2))).isFalse();
    }

    @Test
    void renewsWhatIsStillHeldAndNothingElse() throws Exception {
        long first = epoch(leases.acquire("acme/0/0", "a:1", LONG));
        long expired = epoch(leases.acquire("acme/0/1", "a:1", Duration.ofMillis(-1)));
        long lost = epoch(leases.acquire("acme/0/2", "a:1", Duration.ofMillis(-1)));
        get(leases.acquire("acme/0/2", "b:1", LONG));

        assertThat(get(leases.renew("a:1", Map.of("acme/0/0", first, "acme/0/1", expired, "acme/0/2", lost), LONG)))
                .containsExactly("acme/0/0");
        assertThat(get(leases.acquire("acme/0/1", "b:1", LONG))).hasValue(2);
    }

    @Test
    void theLeaseOfADeadNodeDoesNotLastUntilAClockThatWentBackComesThereAgain() throws Exception {
        long mine = epoch(leases.acquire("acme/0/0", "a:1", LONG));
        DB.execute("update slot_lease set expires_at = expires_at + interval '1 hour'"); // an hour back, to the lease

        assertThat(get(leases.acquire("acme/0/0", "b:1", LONG))).isEmpty();

        assertThat(untilFree("acme/0/0")).isBetween(LONG, LONG.multipliedBy(3));
        assertThat(get(leases.renew("a:1", Map.of("acme/0/0", mine), LONG)))
                .as("its owner, if it lives, keeps it")
                .containsExactly("acme/0/0");
        assertThat(untilFree("acme/0/0")).isLessThanOrEqualTo(LONG);
    }

    private static Duration untilFree(String slot) {
        String sql =
                "select (extract(epoch from expires_at - clock_timestamp()) * 1000)::bigint from slot_lease where slot = ?";
        return Duration.ofMillis(DB.number(sql, slot));
    }

    private static long epoch(CompletionStage<OptionalLong> acquired) throws Exception {
        return get(acquired).orElseThrow();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }
}
