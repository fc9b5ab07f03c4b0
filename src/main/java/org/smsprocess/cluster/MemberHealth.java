// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** What the members of the cluster are good for, as this node sees them now. Thread-safe. */
interface MemberHealth {
    /**
     * All members are up and answer. Otherwise nothing is moved for the sake of evenness: each region has to agree to a move, and what a
     * connection needs to end in good order may have been on the member that is gone.
     */
    boolean isCalm();

    /** Whether what is placed at this region is likely to run. */
    boolean isWell(ActorRef region);

    static MemberHealth of(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        return new MemberHealth() {
            @Override
            public boolean isCalm() {
                CurrentClusterState state = cluster.state();
                return state.getUnreachable().isEmpty()
                        && StreamSupport.stream(state.getMembers().spliterator(), false)
                                .allMatch(member -> member.status() == MemberStatus.up());
            }

            @Override
            public boolean isWell(ActorRef region) {
                Address at = region.path().address();
                Address address = at.hasLocalScope() ? cluster.selfMember().address() : at;
                CurrentClusterState state = cluster.state();
                Set<Member> unreachable = state.getUnreachable();
                return StreamSupport.stream(state.getMembers().spliterator(), false)
                        .filter(member -> member.address().equals(address))
                        .anyMatch(member -> isIn(member.status()) && !unreachable.contains(member));
            }
        };
    }

    private static boolean isIn(MemberStatus status) {
        return status == MemberStatus.up() || status == MemberStatus.weaklyUp();
    }
}
