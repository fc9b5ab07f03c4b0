// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkSignalIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static WorkSignal here;
    private static WorkSignal there;

    @BeforeAll
    static void open() {
        here = WorkSignal.open(DB.database());
        there = WorkSignal.open(DB.database());
    }

    @AfterAll
    static void close() {
        here.close();
        there.close();
    }

    @Test
    void tellsListenersHereAtOnceAndElsewhereSoon() {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger elsewhere = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        awaitNotifications();
        here.listen("acme", told::incrementAndGet);
        there.listen("acme", elsewhere::incrementAndGet);
        there.listen("other", others::incrementAndGet);
        int before = others.get();

        here.publish("acme");

        assertThat(told.get()).isPositive();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            here.publish("acme"); // until LISTEN is there
            return elsewhere.get() > 0;
        });
        assertThat(others.get()).isEqualTo(before);
    }

    @Test
    void manySignalsBecomeFewNotifications() {
        AtomicInteger elsewhere = new AtomicInteger();
        Runnable end = there.listen("busy", elsewhere::incrementAndGet);
        for (int i = 0; i < 10_000; i++) {
            here.publish("busy");
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> elsewhere.get() > 0);

        assertThat(elsewhere.get()).isLessThan(1000);
        end.run();
    }

    /** Neither the others here nor the other nodes need look. */
    @Test
    void whatOneTakesAloneIsToldToNobodyElse() {
        awaitNotifications();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger woken = new AtomicInteger();
        AtomicInteger elsewhere = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        Runnable endTaker = here.listen("alone", new WorkSignal.Listener() {
            @Override
            public boolean takes() {
                return taken.incrementAndGet() <= 10;
            }

            @Override
            public void wake() {
                woken.incrementAndGet();
            }
        });
        here.listen("alone", woken::incrementAndGet);
        there.listen("alone", elsewhere::incrementAndGet);
        there.listen("after", after::incrementAndGet);
        for (int i = 0; i < 10; i++) {
            here.publish("alone");
        }
        here.publish("after");
        await().until(() -> after.get() > 0);
        assertThat(taken.get()).isEqualTo(10);
        assertThat(woken.get()).isZero();
        assertThat(elsewhere.get()).isZero();

        here.publish("alone"); // and now it has enough

        await().until(() -> elsewhere.get() > 0);
        assertThat(woken.get()).isEqualTo(2);
        endTaker.run();
    }

    @Test
    void aLostConnectionIsMadeAgainAndWhatWasMissedIsToldOnce() {
        AtomicInteger told = new AtomicInteger();
        there.listen("later", told::incrementAndGet);
        await().atMost(Duration.ofSeconds(30)).until(() -> listening() == 2);

        DB.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name = 'sms-process signal' and datname = current_database()");
        DB.execute("select pg_notify('sms_work', 'later')");

        await().atMost(Duration.ofSeconds(30)).until(() -> told.get() > 0 && listening() == 2);
    }

    @Test
    void theOutboxTellsThatItHasRows() {
        AtomicInteger told = new AtomicInteger();
        there.listen(WorkSignal.OUTBOX, told::incrementAndGet);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            DB.execute("insert into outbox (account, recipient, body) values ('a', '1', 'x')");
            return told.get() > 0;
        });
    }

    /** LISTEN is there, and all listeners have been told once what they may have missed before it. */
    private static void awaitNotifications() {
        AtomicInteger told = new AtomicInteger();
        Runnable end = there.listen("any", told::incrementAndGet);
        await().until(() -> {
            here.publish("any");
            return told.get() > 1;
        });
        end.run();
    }

    private static long listening() {
        return DB.number("select count(*) from pg_stat_activity where application_name = 'sms-process signal'"
                + " and datname = current_database() and query in ('listen sms_work', 'select 1')");
    }
}
