// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the members of the cluster that are cut off from the database alone: the others reach them, so no failure detector speaks, but
 * without leases they do nothing, and nobody else may do it while they are members. Who cannot reach the database itself accuses
 * nobody. Not thread-safe.
 */
final class SilentMembers {
    private final long rowNanos;
    private final long patienceNanos;
    private final Map<String, Long> seenNanos = new HashMap<>();
    private long lookedNanos;
    private boolean hasLooked;

    /**
     * @param row how long a row of the table outlives its node's last word
     * @param patience how long a member may then be without one
     */
    SilentMembers(Duration row, Duration patience) {
        rowNanos = row.toNanos();
        patienceNanos = patience.toNanos();
    }

    /**
     * Called after each look into the table that succeeded.
     *
     * @param members addresses of the other members that are up
     * @param live addresses in the table
     * @return members that have been silent for too long
     */
    Set<String> look(long nowNanos, Collection<String> members, Collection<String> live) {
        if (!hasLooked || nowNanos - lookedNanos > patienceNanos) {
            seenNanos.clear(); // this node or the database was away: the others may only just come back, too
        }
        hasLooked = true;
        lookedNanos = nowNanos;
        seenNanos.keySet().retainAll(members);
        Set<String> silent = new TreeSet<>();
        for (String member : members) {
            if (live.contains(member)) {
                seenNanos.put(member, nowNanos);
            } else {
                // one that was never seen gets as long as one whose row has just been written
                long seen = seenNanos.computeIfAbsent(member, first -> nowNanos + rowNanos);
                if (nowNanos - seen > patienceNanos) {
                    silent.add(member);
                }
            }
        }
        return silent;
    }
}
