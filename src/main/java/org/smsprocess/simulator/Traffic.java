// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import it.unimi.dsi.fastutil.ints.Int2LongAVLTreeMap;
import java.util.Map;
import java.util.TreeMap;
import org.smsprocess.smpp.CommandStatus;

/** Counters of one system_id. Confined to the simulator's thread. */
final class Traffic {
    long submits;
    long accepted;
    /** Accepted, but the answer was kept back by a fault. */
    long unanswered;

    final DeliveryCounts sr = new DeliveryCounts();
    final DeliveryCounts mo = new DeliveryCounts();
    private final Int2LongAVLTreeMap refused = new Int2LongAVLTreeMap();

    void refused(int status) {
        refused.addTo(status, 1);
    }

    void reset() {
        submits = 0;
        accepted = 0;
        unanswered = 0;
        refused.clear();
        sr.reset();
        mo.reset();
    }

    Stats.Traffic snapshot() {
        Map<String, Long> byStatus = new TreeMap<>();
        refused.int2LongEntrySet()
                .forEach(entry -> byStatus.put(CommandStatus.hex(entry.getIntKey()), entry.getLongValue()));
        return new Stats.Traffic(submits, accepted, unanswered, byStatus, sr.snapshot(), mo.snapshot());
    }
}
