// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.smsprocess.connection.ClusterSize;
import org.smsprocess.connection.SlotId;

/** Counts the members of the cluster as this node sees them. Thread-safe. */
final class ClusterNodes implements ClusterSize {
    private final Cluster cluster;

    ClusterNodes(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    @Override
    public int taking() {
        return count(ClusterNodes::isTaking);
    }

    @Override
    public int all() {
        return count(member -> true);
    }

    /** Each slot has one node that calls it: the same one on all nodes that see the same members. */
    boolean isToCall(SlotId slot) {
        List<Member> taking = members()
                .filter(ClusterNodes::isTaking)
                .sorted(Comparator.comparing(member -> member.uniqueAddress().toString()))
                .toList();
        return !taking.isEmpty()
                && taking.get(Math.floorMod(slot.toString().hashCode(), taking.size()))
                        .uniqueAddress()
                        .equals(cluster.selfMember().uniqueAddress());
    }

    private static boolean isTaking(Member member) {
        return member.status() == MemberStatus.up() || member.status() == MemberStatus.weaklyUp();
    }

    private Stream<Member> members() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false);
    }

    private int count(Predicate<Member> which) {
        return Math.max(1, (int) members().filter(which).count());
    }
}
