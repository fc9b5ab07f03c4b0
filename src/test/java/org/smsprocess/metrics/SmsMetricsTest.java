// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmsMetricsTest {
    private final SmsMetrics metrics = new SmsMetrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void showsTheProcessAndTheJvm() {
        assertThat(metrics.scrape())
                .contains("jvm_memory_used_bytes")
                .contains("process_cpu_usage")
                .contains("process_uptime_seconds");
    }

    @Test
    void rowsComeAndGo() {
        List<Row> rows = new ArrayList<>(List.of(slot("acme/0/0", 3), slot("acme/0/1", 4)));
        metrics.gauges("sms.connection.window.used", "SUBMIT_SM without answer", () -> rows);
        metrics.counters("sms.connection.submitted", "SUBMIT_SM written", () -> rows);

        assertThat(metrics.scrape())
                .contains("sms_connection_window_used{slot=\"acme/0/0\"} 3.0")
                .contains("sms_connection_submitted_total{slot=\"acme/0/1\"} 4.0");

        rows.remove(0);
        rows.set(0, slot("acme/0/1", 9));

        assertThat(metrics.scrape())
                .doesNotContain("acme/0/0")
                .contains("sms_connection_window_used{slot=\"acme/0/1\"} 9.0")
                .contains("sms_connection_submitted_total{slot=\"acme/0/1\"} 9.0");
    }

    @Test
    void gaugesAreLookedUpAtEachScrape() {
        AtomicInteger waiting = new AtomicInteger(1);
        metrics.gauge("sms.intake.waiting", "Messages that wait for their commit", waiting::get);
        metrics.scrape();
        waiting.set(2);

        assertThat(metrics.scrape()).contains("sms_intake_waiting 2.0");
    }

    private static Row slot(String slot, double value) {
        return new Row(Tags.of("slot", slot), value);
    }
}
