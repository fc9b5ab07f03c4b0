// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts MO on this node, by account. Thread-safe. */
public final class MoMetrics {
    /** What became of an MO. Each is a counter {@code sms.mo.<name>}. */
    private enum Kind {
        RECEIVED("DELIVER_SM and DATA_SM that are no SR"),
        DUPLICATE("those that came again: acknowledged, no effect"),
        STORED("MO that are whole"),
        INCOMPLETE("MO of which parts did not come in time"),
        REPLIED("MO answered by a rule"),
        QUARANTINED("numbers that a rule put into quarantine"),
        TOLD("MO that the account's webhook has taken"),
        TELL_AGAIN("calls of the webhook that failed"),
        UNTOLD("MO that the webhook has not taken in time");

        private final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    private final MeterRegistry registry;
    private final Map<String, Map<Kind, Counter>> accounts = new ConcurrentHashMap<>();

    public MoMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param fresh parts not known
     * @param known parts that came again
     */
    public void received(String account, int fresh, int known) {
        count(account, Kind.RECEIVED, fresh + known);
        count(account, Kind.DUPLICATE, known);
    }

    void duplicate(String account) {
        count(account, Kind.DUPLICATE, 1);
    }

    public void stored(NewMo mo) {
        count(mo.account(), mo.isComplete() ? Kind.STORED : Kind.INCOMPLETE, 1);
        NewMo.QuarantineChange change = mo.change();
        count(mo.account(), Kind.REPLIED, mo.reply() == null ? 0 : 1);
        count(mo.account(), Kind.QUARANTINED, change != null && change.add() ? 1 : 0);
    }

    public void told(String account) {
        count(account, Kind.TOLD, 1);
    }

    public void tellAgain(String account) {
        count(account, Kind.TELL_AGAIN, 1);
    }

    public void untold(String account, int number) {
        count(account, Kind.UNTOLD, number);
    }

    private void count(String account, Kind kind, int number) {
        Counter counter = accounts.computeIfAbsent(account, this::register).get(kind);
        if (counter != null) {
            counter.increment(number);
        }
    }

    private Map<Kind, Counter> register(String account) {
        Map<Kind, Counter> counters = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("sms.mo."
                                    + kind.name().toLowerCase(Locale.ROOT).replace('_', '.'))
                            .description(kind.description)
                            .tag("account", account)
                            .register(registry));
        }
        return counters;
    }
}
