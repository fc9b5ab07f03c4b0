// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.delivery.TestQueue.mts;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.TestQueue;
import org.smsprocess.delivery.intake.Intake.Accepted;
import org.smsprocess.store.TestDatabase;

/** Settings of accepting, as the rows and the sessions of the database show them. */
class IntakeSettingsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private final List<TestQueue> queues = new ArrayList<>();

    @BeforeEach
    void clean() {
        DB.execute("truncate delivery, delivery_part, delivery_range, message");
    }

    @AfterEach
    void close() {
        queues.forEach(queue -> queue.signal.close());
    }

    @ParameterizedTest
    @Observes("part-size")
    @CsvSource({"500, 120", "50, 50 50 20"})
    void aPartHoldsNoMoreThanItsSize(int size, String parts) {
        queue("sms-process.part-size", size).accept("acme", 120);

        assertThat(DB.column("select string_agg(messages::text, ' ' order by id) from delivery_part"))
                .containsExactly(parts);
    }

    @ParameterizedTest
    @Observes("intake.own-delivery-from")
    @CsvSource({"50, 1", "3, 2"})
    void largerRequestsAreDeliveriesOfTheirOwn(int from, int deliveries) {
        TestQueue all = queue("sms-process.intake.own-delivery-from", from);
        all.accept("acme", 3);
        all.accept("acme", 3);

        assertThat(DB.number("select count(*) from delivery")).isEqualTo(deliveries);
    }

    @Test
    @Observes("intake.shared-delivery-period")
    void smallRequestsShareADeliveryForAPeriod() {
        TestQueue brief = queue("sms-process.intake.shared-delivery-period", "3s");
        TestQueue usual = queue("sms-process.intake.shared-delivery-period", "1h");
        long first = shared(brief);
        long lasting = shared(usual);
        assertThat(shared(brief)).isEqualTo(first);

        await().atMost(Duration.ofSeconds(30)).until(() -> shared(brief) != first);

        assertThat(shared(usual)).isEqualTo(lasting);
    }

    @ParameterizedTest
    @Observes("intake.writers")
    @CsvSource({"1, 1", "3, 3"})
    void soManyTransactionsRunAtOnce(int writers, int atOnce) throws SQLException {
        // each takes one request only
        TestQueue all = queue("sms-process.intake.writers", writers, "sms-process.intake.max-batch", 60);
        List<CompletionStage<Accepted>> stages;
        try (Connection blocker = blocker()) {
            stages = accept(all, 5);
            await().atMost(Duration.ofSeconds(30)).until(() -> blocked() == atOnce);
            await().during(Duration.ofMillis(200)).until(() -> blocked() == atOnce);
            blocker.rollback();
        }
        stages.forEach(TestQueue::get);
    }

    @ParameterizedTest
    @Observes("intake.max-batch")
    @CsvSource({"60, 6", "120, 4", "10000, 2"})
    void aTransactionTakesWhatWaitsUpToTheBatch(int size, int transactions) throws SQLException {
        TestQueue all = queue("sms-process.intake.writers", 1, "sms-process.intake.max-batch", size);
        List<CompletionStage<Accepted>> stages;
        try (Connection blocker = blocker()) {
            stages = accept(all, 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> blocked() == 1);
            stages.addAll(accept(all, 5));
            blocker.rollback();
        }
        stages.forEach(TestQueue::get);

        assertThat(DB.number("select count(distinct xmin::text) from message")).isEqualTo(transactions);
    }

    private TestQueue queue(Object... keysAndValues) {
        Map<String, Object> settings = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        TestQueue queue = new TestQueue(DB, settings);
        queues.add(queue);
        return queue;
    }

    private static long shared(TestQueue queue) {
        return queue.accept("acme", DeliverySettings.DEFAULT, 1).deliveryId();
    }

    private static List<CompletionStage<Accepted>> accept(TestQueue queue, int requests) {
        List<CompletionStage<Accepted>> stages = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            stages.add(queue.intake.accept("acme", DeliverySettings.DEFAULT, mts(60)));
        }
        return stages;
    }

    /** Who inserts messages waits until it is gone. */
    private static Connection blocker() throws SQLException {
        Connection blocker = DB.connect();
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("lock table message in exclusive mode");
        return blocker;
    }

    private static long blocked() {
        return DB.number("select count(*) from pg_stat_activity where datname = current_database()"
                + " and application_name = 'sms-process traffic' and wait_event_type = 'Lock'");
    }
}
