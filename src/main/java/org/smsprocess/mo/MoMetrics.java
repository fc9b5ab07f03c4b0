// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts MO, by account. */
final class MoMetrics {
    private final MeterRegistry registry;

    MoMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param fresh parts not known
     * @param known parts that came again
     */
    void received(String account, int fresh, int known) {
        counter("sms_mo_received", account).increment(fresh + known);
        counter("sms_mo_duplicates", account).increment(known);
    }

    void duplicate(String account) {
        counter("sms_mo_duplicates", account).increment();
    }

    void stored(NewMo mo) {
        counter(mo.isComplete() ? "sms_mo_complete" : "sms_mo_incomplete", mo.account())
                .increment();
        if (mo.reply() != null) {
            counter("sms_mo_replies", mo.account()).increment();
        }
    }

    private Counter counter(String name, String account) {
        return registry.counter(name, "account", account);
    }
}
