// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The meters under one name, one for each row that is there now. Thread-safe. */
final class MeterRows {
    private final MeterRegistry registry;
    private final Supplier<List<Row>> rows;
    private final BiFunction<Tags, Last, Meter> register;
    private final Map<Tags, Shown> shown = new HashMap<>();

    /** A row's value when it was last looked up. */
    private static final class Last {
        private volatile double value;
    }

    private record Shown(Meter meter, Last last) {}

    static MeterRows gauges(MeterRegistry registry, String name, String description, Supplier<List<Row>> rows) {
        return new MeterRows(
                registry,
                rows,
                (tags, last) -> Gauge.builder(name, last, each -> each.value)
                        .description(description)
                        .tags(tags)
                        .strongReference(true)
                        .register(registry));
    }

    static MeterRows counters(MeterRegistry registry, String name, String description, Supplier<List<Row>> rows) {
        return new MeterRows(
                registry,
                rows,
                (tags, last) -> FunctionCounter.builder(name, last, each -> each.value)
                        .description(description)
                        .tags(tags)
                        .register(registry));
    }

    private MeterRows(MeterRegistry registry, Supplier<List<Row>> rows, BiFunction<Tags, Last, Meter> register) {
        this.registry = registry;
        this.rows = rows;
        this.register = register;
    }

    synchronized void refresh() {
        List<Row> now = rows.get();
        Set<Tags> there = now.stream().map(Row::tags).collect(Collectors.toSet());
        shown.entrySet().removeIf(entry -> {
            boolean isGone = !there.contains(entry.getKey());
            if (isGone) {
                registry.remove(entry.getValue().meter());
            }
            return isGone;
        });
        for (Row row : now) {
            shown.computeIfAbsent(row.tags(), this::show).last().value = row.value();
        }
    }

    private Shown show(Tags tags) {
        Last last = new Last();
        return new Shown(register.apply(tags, last), last);
    }
}
