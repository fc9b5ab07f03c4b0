// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.api;

import com.typesafe.config.ConfigFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.account.AccountState;
import org.smsprocess.account.MemoryAccountStates;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.api.http.Readiness;
import org.smsprocess.connection.ConnectionView;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.intake.Intake;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.delivery.lookup.DeliveryQueries;
import org.smsprocess.delivery.lookup.InDoubtMessages;
import org.smsprocess.delivery.requests.CancelRequests;
import org.smsprocess.mo.inbox.Inbox;
import org.smsprocess.mo.inbox.Quarantine;
import org.smsprocess.settings.SettingsProblem;
import org.smsprocess.sr.SrRatio;
import org.smsprocess.store.Database;
import org.smsprocess.store.WorkSignal;

/** Collaborators of the API that live in memory, with an account "acme" and one connection of it. */
final class Fakes {
    private static final AccountSettings SETTINGS = TestAccounts.account(
            "acme",
            "smsc-name = Acme Telecom, system-id = esme1, password = s3cret-passw0rd, source-number = ACME",
            "window = 10, max-mt-throughput = 100, in-doubt = hold");

    private final AtomicReference<AccountSnapshot> acme =
            new AtomicReference<>(new AccountSnapshot(SETTINGS, AccountState.INITIAL));
    private final List<String> others = new CopyOnWriteArrayList<>();
    final MemoryIntake intake = new MemoryIntake();
    final List<SettingsProblem> problems = new CopyOnWriteArrayList<>();
    final Map<String, String> checks = new ConcurrentHashMap<>(Map.of("database", Readiness.OK));

    /** Gives acme other settings. */
    void account(String... lines) {
        acme.set(new AccountSnapshot(TestAccounts.account("acme", lines), AccountState.INITIAL));
    }

    /** A further one, as acme in all else. */
    void alsoKnows(String account) {
        others.add(account);
    }

    private SortedMap<String, AccountSnapshot> accounts() {
        SortedMap<String, AccountSnapshot> all = new TreeMap<>(Map.of("acme", acme.get()));
        others.forEach(name -> all.put(name, acme.get()));
        return all;
    }

    /** Everything that needs no database; what PostgreSQL answers is asked for with {@link #services(Database, WorkSignal)}. */
    ApiServices services() {
        return services(intake, null, null, null, null, null, null);
    }

    /** With a real intake, deliveries and inbox. */
    ApiServices services(Database database, WorkSignal signal) {
        IntakeSettings settings = IntakeSettings.from(ConfigFactory.load());
        return services(
                new PostgresIntake(database, signal, settings),
                new Deliveries(database, signal, settings),
                new DeliveryQueries(database),
                new InDoubtMessages(database, signal),
                new CancelRequests(database),
                new Inbox(database),
                new Quarantine(database));
    }

    private ApiServices services(
            Intake intake,
            Deliveries deliveries,
            DeliveryQueries queries,
            InDoubtMessages inDoubt,
            CancelRequests cancels,
            Inbox inbox,
            Quarantine quarantine) {
        return new ApiServices(
                intake,
                deliveries,
                queries,
                inDoubt,
                cancels,
                inbox,
                quarantine,
                this::accounts,
                (account, change) -> CompletableFuture.completedFuture(acme.updateAndGet(
                        now -> new AccountSnapshot(now.settings(), MemoryAccountStates.after(change, now.state())))),
                () -> CompletableFuture.completedFuture(List.copyOf(problems)),
                () -> List.of(connection()),
                () -> checks,
                () -> Map.of("acme", new SrRatio.Reading(200, 50, true)),
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
                12.5,
                99.5,
                100,
                5,
                2,
                1,
                0,
                "SMSC closed the connection");
    }
}
