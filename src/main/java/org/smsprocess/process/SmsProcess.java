// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.smsprocess.account.AccountSnapshot;

/**
 * The guardian: wires the parts of a node and keeps one {@link AccountSlots} per account.
 *
 * <pre>
 * SmsProcess
 * ├─ accounts         re-reads the settings, tells who changed
 * ├─ account-…        keeps the account's slots alive
 * ├─ leases           renews this node's slot leases
 * ├─ delivery-log     writes final statuses in bulk
 * └─ (sharded) slot › connection › session;  sr-correlator;  mo-handler
 * </pre>
 */
final class SmsProcess extends AbstractBehavior<SmsProcess.Command> {
    /** What the guardian takes. */
    sealed interface Command {}

    /** These are all accounts now. */
    record AccountsChanged(Map<String, AccountSnapshot> accounts) implements Command {}

    static Behavior<Command> create(NodeParts parts) {
        return Behaviors.setup(context -> new SmsProcess(context, parts));
    }

    private final NodeParts parts;
    private final SlotSharding slots;
    private final Map<String, ActorRef<AccountSlots.Command>> accounts = new HashMap<>();

    private SmsProcess(ActorContext<Command> context, NodeParts parts) {
        super(context);
        this.parts = parts;
        this.slots = parts.start(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(AccountsChanged.class, changed -> onAccounts(new TreeMap<>(changed.accounts())))
                .build();
    }

    private Behavior<Command> onAccounts(SortedMap<String, AccountSnapshot> changed) {
        parts.directory().replace(changed);
        accounts.entrySet().removeIf(entry -> {
            boolean isGone = !changed.containsKey(entry.getKey());
            if (isGone) {
                getContext().stop(entry.getValue());
            }
            return isGone;
        });
        changed.forEach((name, account) -> {
            ActorRef<AccountSlots.Command> known = accounts.get(name);
            if (known == null) {
                accounts.put(name, start(account));
            } else {
                known.tell(new AccountSlots.Apply(account));
            }
        });
        return this;
    }

    private ActorRef<AccountSlots.Command> start(AccountSnapshot account) {
        Behavior<AccountSlots.Command> behavior =
                AccountSlots.create(account, parts.settings().sendingThreads(), parts.limits(), slots);
        return getContext()
                .spawnAnonymous(Behaviors.supervise(behavior).onFailure(SupervisorStrategy.restart()));
    }
}
