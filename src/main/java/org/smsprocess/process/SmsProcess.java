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
import org.smsprocess.account.AccountRegistry;
import org.smsprocess.account.AccountSnapshot;

/**
 * The guardian: wires the parts of a node and keeps one {@link AccountSlots} per account.
 *
 * <pre>
 * SmsProcess
 * ├─ accounts         re-reads the settings, tells who changed
 * ├─ account …        keeps the account's slots alive
 * ├─ leases           renews this node's slot leases
 * ├─ delivery-log     writes final statuses in bulk
 * ├─ statistics       one line per account and period in the log
 * └─ (sharded) slot › connection › session;  sr-correlator;  mo-handler
 * </pre>
 */
final class SmsProcess extends AbstractBehavior<SmsProcess.Command> {
    /** What the guardian takes. */
    sealed interface Command {}

    private record AccountEvent(AccountRegistry.Event event) implements Command {}

    static Behavior<Command> create(NodeParts parts) {
        return Behaviors.setup(context -> new SmsProcess(context, parts));
    }

    private final NodeParts parts;
    private final SlotSharding slots;
    private final Map<String, ActorRef<AccountSlots.Command>> accounts = new HashMap<>();

    private SmsProcess(ActorContext<Command> context, NodeParts parts) {
        super(context);
        this.parts = parts;
        this.slots = parts.start(context, context.messageAdapter(AccountRegistry.Event.class, AccountEvent::new));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(AccountEvent.class, said -> onEvent(said.event()))
                .build();
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
        Behavior<AccountSlots.Command> behavior = AccountSlots.create(
                account,
                parts.settings().sendingThreads(),
                parts.limits(),
                new ClusterNodes(getContext().getSystem()),
                slots);
        return getContext().spawnAnonymous(Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restart()));
    }
}
