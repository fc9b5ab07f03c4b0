// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The instruments of a node, in the text format of Prometheus. Ours begin with {@code sms.}, written {@code sms_} there, counters with
 * {@code _total}; the rest is about the JVM and the process. Thread-safe.
 *
 * <pre>
 * sms.connection.*  per slot          sms.sr.*, sms.mo.*    per account
 * sms.database.*    per lane          sms.intake.*, sms.messages.*, sms.settings.*   of the node
 * </pre>
 */
public final class SmsMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<MeterRows> tables = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics collections = new JvmGcMetrics();

    public SmsMetrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** For instruments that are kept by those who count. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** A value that is looked up at each scrape. */
    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** Values that are looked up at each scrape; rows come and go. */
    public void gauges(String name, String description, Supplier<List<Row>> rows) {
        tables.add(MeterRows.gauges(registry, name, description, rows));
    }

    /** As {@link #gauges}, for values that only grow while their row is there. */
    public void counters(String name, String description, Supplier<List<Row>> rows) {
        tables.add(MeterRows.counters(registry, name, description, rows));
    }

    /** The answer to {@code GET /metrics}. */
    public String scrape() {
        tables.forEach(MeterRows::refresh);
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
