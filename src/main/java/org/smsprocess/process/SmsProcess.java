// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.smsprocess.account.AccountRegistry;
import org.smsprocess.account.AccountSnapshot;

/**
 * The guardian: wires the parts of a node and keeps one {@link AccountSlots} per account.
 *
 * <pre>
 * SmsProcess
 * ├─ accounts         re-reads the settings, tells who changed
 * ├─ account …        keeps the account's slots alive
 * ├─ slot-calls       has a slot that ends here called by another node
 * ├─ leases           takes, renews and gives back this node's slot leases
 * ├─ delivery-log     writes final statuses in bulk
 * ├─ statistics       one line per account and period in the log
 * └─ (sharded) slot › connection › session;  sr-correlator;  mo-handler
 * </pre>
 */
final class SmsProcess extends AbstractBehavior<SmsProcess.Command> {
    /** What the guardian takes. */
    sealed interface Command {}

    /** The slots of this node move to the others. */
    enum Leave implements Command {
        INSTANCE
    }

    private record MembersChanged(ClusterEvent.MemberEvent event) implements Command {}

    private record AccountEvent(AccountRegistry.Event event) implements Command {}

    static Behavior<Command> create(NodeParts parts) {
        return Behaviors.setup(context -> new SmsProcess(context, parts));
    }

    private final NodeParts parts;
    private final ClusterNodes cluster;
    private final ActorRef<SlotCalls.Command> calls;
    private final Map<String, ActorRef<AccountSlots.Command>> accounts = new HashMap<>();

    private SmsProcess(ActorContext<Command> context, NodeParts parts) {
        super(context);
        this.parts = parts;
        this.cluster = new ClusterNodes(context.getSystem());
        this.calls = parts.start(context, context.messageAdapter(AccountRegistry.Event.class, AccountEvent::new));
        Cluster.get(context.getSystem())
                .subscriptions()
                .tell(Subscribe.create(
                        context.messageAdapter(ClusterEvent.MemberEvent.class, MembersChanged::new),
                        ClusterEvent.MemberEvent.class));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(AccountEvent.class, said -> onEvent(said.event()))
                .onMessage(MembersChanged.class, changed -> onMembersChanged())
                .onMessage(Leave.class, leave -> onLeave())
                .build();
    }

    private Behavior<Command> onMembersChanged() {
        accounts.values().forEach(account -> account.tell(AccountSlots.CheckDue.INSTANCE));
        return this;
    }

    private Behavior<Command> onLeave() {
        // a call that waits in the region for a slot without a node would keep the region from ending
        accounts.values().forEach(getContext()::stop);
        accounts.clear();
        calls.tell(SlotCalls.Leave.INSTANCE);
        SlotSharding.handOver(getContext().getSystem());
        return Behaviors.ignore(); // no account starts any more
    }

    private Behavior<Command> onEvent(AccountRegistry.Event event) {
        getContext().getLog().info("{}", event);
        if (event instanceof AccountRegistry.Added added) {
            accounts.put(added.account().name(), start(added.account()));
        } else if (event instanceof AccountRegistry.Changed changed) {
            ActorRef<AccountSlots.Command> known = accounts.get(changed.after().name());
            if (known != null) {
                known.tell(new AccountSlots.Apply(changed.after()));
            }
        } else if (event instanceof AccountRegistry.Removed removed) {
            ActorRef<AccountSlots.Command> known =
                    accounts.remove(removed.account().name());
            if (known != null) {
                getContext().stop(known);
            }
        }
        return this;
    }

    private ActorRef<AccountSlots.Command> start(AccountSnapshot account) {
        Behavior<AccountSlots.Command> behavior =
                AccountSlots.create(account, parts.settings().sendingThreads(), parts.limits(), cluster);
        return getContext().spawnAnonymous(Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restart()));
    }
}
