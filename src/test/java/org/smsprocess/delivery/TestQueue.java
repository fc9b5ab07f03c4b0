// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.delivery.intake.Deliveries;
import org.smsprocess.delivery.intake.Intake;
import org.smsprocess.delivery.intake.IntakeSettings;
import org.smsprocess.delivery.intake.NewMt;
import org.smsprocess.delivery.intake.PostgresIntake;
import org.smsprocess.delivery.lookup.DeliveryQueries;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.PostgresMtQueue;
import org.smsprocess.delivery.queue.RecordRules;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.Settlement.Kind;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.store.TestDatabase;
import org.smsprocess.store.WorkSignal;

/** Everything of this package on one test database, with short ways to say what the tests say often. */
public final class TestQueue {
    public static final RecordRules RULES = new RecordRules(3, Duration.ZERO, InDoubtPolicy.RESEND, Duration.ZERO);

    final TestDatabase db;
    public final WorkSignal signal;
    public final PostgresIntake intake;
    public final PostgresMtQueue queue;
    public final Deliveries deliveries;
    public final DeliveryQueries queries;
    public InDoubtPolicy policy = InDoubtPolicy.RESEND;

    public TestQueue(TestDatabase db, Map<String, Object> overrides) {
        this.db = db;
        signal = WorkSignal.open(db.database());
        IntakeSettings settings = IntakeSettings.from(ConfigFactory.load(ConfigFactory.parseMap(overrides)));
        intake = new PostgresIntake(db.database(), signal, settings);
        queue = new PostgresMtQueue(db.database(), signal, name -> Optional.of(account(name)));
        deliveries = new Deliveries(db.database(), signal, settings);
        queries = new DeliveryQueries(db.database());
    }

    private AccountSettings account(String name) {
        return TestAccounts.account(
                name, "short-code = 7000", "in-doubt = " + policy.name().toLowerCase(Locale.ROOT));
    }

    /** Takes the lease. */
    public SlotEpoch slot(String account, String child) {
        return slot(account, child, "node:1", Duration.ofMinutes(5));
    }

    public SlotEpoch slot(String account, String child, String owner, Duration ttl) {
        String slot = account + "/0/" + child;
        return new SlotEpoch(
                account,
                slot,
                get(db.database().leases().acquire(slot, owner, ttl)).orElseThrow());
    }

    public List<Long> accept(String account, int count) {
        return accept(account, DeliverySettings.DEFAULT, count).ids();
    }

    public Intake.Accepted accept(String account, DeliverySettings settings, int count) {
        return get(intake.accept(account, settings, mts(count)));
    }

    public List<ClaimedPart> claim(SlotEpoch slot) {
        return get(queue.claim(slot, 1_000_000, 1000)).parts();
    }

    public void record(SlotEpoch slot, List<Settlement> settlements, List<Long> done) {
        get(queue.record(slot, settlements, done, RULES));
    }

    /** Settles all messages of the part alike and closes it. */
    public void settle(SlotEpoch slot, ClaimedPart part, Kind kind, RecordRules rules) {
        get(queue.record(slot, settlements(part, kind), List.of(part.partId()), rules));
    }

    public String status(long mtId) {
        return (String)
                db.column("select status::text from message where id = ?", mtId).get(0);
    }

    public List<Object> statuses() {
        return db.column("select status::text || ' ' || count(*) from message group by status order by 1");
    }

    public void clean() {
        db.execute("truncate delivery, delivery_part, delivery_range, message, held_message, quarantine,"
                + " error_qualification, outbox");
        db.execute("update slot_lease set expires_at = now() - interval '1 s'"); // epochs only ever rise
    }

    public static List<NewMt> mts(int count) {
        List<NewMt> mts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mts.add(new NewMt("+3361234" + (1000 + i), "text " + i, null, "ref-" + i));
        }
        return mts;
    }

    public static List<Settlement> settlements(ClaimedPart part, Kind kind) {
        return part.messages().stream()
                .map(mt -> settlement(part.partId(), mt.id(), kind))
                .toList();
    }

    public static Settlement settlement(long partId, long mtId, Kind kind) {
        boolean isSent = kind == Kind.SENT;
        String error = isSent || kind == Kind.VERIFIED ? null : "because";
        return new Settlement(mtId, partId, kind, isSent ? 1 : 0, isSent ? "p" + mtId : null, error, 1000, 2000);
    }

    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, SECONDS);
        } catch (InterruptedException | TimeoutException error) {
            throw new IllegalStateException(error);
        } catch (ExecutionException error) {
            if (error.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(error.getCause());
        }
    }
}
