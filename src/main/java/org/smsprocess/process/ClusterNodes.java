// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.smsprocess.connection.ClusterSize;

/** Counts the members of the cluster as this node sees them. Thread-safe. */
final class ClusterNodes implements ClusterSize {
    private final Cluster cluster;

    ClusterNodes(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    @Override
    public int taking() {
        return count(member -> member.status() == MemberStatus.up() || member.status() == MemberStatus.weaklyUp());
    }

    @Override
    public int all() {
        return count(member -> true);
    }

    private int count(Predicate<Member> which) {
        long nodes = StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .filter(which)
                .count();
        return Math.max(1, (int) nodes);
    }
}
