// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.connection.ConnectionView;

/** Collaborators of the API that live in memory, with an account "acme" and one connection of it. */
final class Fakes {
    private static final AccountSettings SETTINGS = TestAccounts.account(
            "acme",
            "smsc-name = Acme Telecom, system-id = esme1, password = s3cret-passw0rd, source-number = ACME",
            "window = 10, max-mt-throughput = 100, in-doubt = hold");

    private final AtomicReference<AccountSnapshot> acme =
            new AtomicReference<>(new AccountSnapshot(SETTINGS, AccountState.INITIAL));
    final MemoryIntake intake = new MemoryIntake();
    final Map<String, String> checks = new ConcurrentHashMap<>(Map.of("database", Readiness.OK));

    ApiServices services() {
        return new ApiServices(
                intake,
                () -> new TreeMap<>(Map.of("acme", acme.get())),
                (account, change) -> CompletableFuture.completedFuture(
                        acme.updateAndGet(now -> new AccountSnapshot(now.settings(), change.applyTo(now.state())))),
                () -> List.of(connection()),
                () -> checks,
                () -> "# TYPE sms_submitted counter\nsms_submitted_total 3.0\n");
    }

    static ConnectionView connection() {
        return new ConnectionView(
                "acme",
                "acme/1/1",
                "127.0.0.1:25520",
                ConnectionView.State.BOUND,
                Instant.parse("2026-01-31T08:00:00Z"),
                3,
                10,
                99.5,
                100,
                5,
                2,
                1,
                "SMSC closed the connection");
    }
}
