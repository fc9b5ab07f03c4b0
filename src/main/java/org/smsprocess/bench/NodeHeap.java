// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.util.List;
import org.smsprocess.bench.plant.NodeProcess;

/**
 * What a run did to the node's heap.
 *
 * @param allocatedOctets by message
 * @param liveMegabytes after the run, with all garbage gone
 */
record NodeHeap(double allocatedOctets, long liveMegabytes) {
    private static final double MEGABYTE = 1 << 20;

    /** Starts to watch with an empty young generation. @return what {@link #since} wants */
    static int begin(NodeProcess node, GcLog log) {
        log.live(node.handle());
        return log.collections().size();
    }

    static NodeHeap since(int begun, NodeProcess node, GcLog log, long messages) {
        long live = log.live(node.handle());
        List<GcLog.Collection> all = log.collections();
        return new NodeHeap(GcLog.allocated(all.subList(begun - 1, all.size())) * MEGABYTE / messages, live);
    }
}
