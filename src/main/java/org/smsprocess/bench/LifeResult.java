// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one run gave.
 *
 * @param received what the simulator has recorded
 * @param heap of the node
 * @param refused requests that were told to come again
 */
record LifeResult(
        int messages,
        double seconds,
        Usage used,
        DatabaseWork work,
        LifeStages stages,
        JsonNode received,
        NodeHeap heap,
        int refused) {

    double rate() {
        return messages / seconds;
    }

    /** Processors kept busy by all four. */
    double cores() {
        double micros = used.node() + used.postgres() + used.simulator() + used.driver();
        return micros * messages / 1e6 / seconds;
    }

    double hotPercent() {
        return 100 * work.hotUpdates() / work.updates();
    }

    long lost() {
        return messages - received.path("messages").path("distinct").asLong();
    }

    long duplicates() {
        return received.path("messages").path("duplicates").asLong();
    }
}
