// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.smsprocess.account.AccountSettings;

/**
 * The guardian: the delivery log, the lease keeper and one {@link AccountSlots} per account hang below it. Sharded actors (slots,
 * correlators, MO handlers) are started by {@link NodeParts}.
 */
final class SmsProcess extends AbstractBehavior<SmsProcess.Command> {
    /** What the guardian takes. */
    sealed interface Command {}

    /** Start a part below the guardian. */
    record Spawn<T>(Behavior<T> behavior, String name, ActorRef<ActorRef<T>> replyTo) implements Command {}

    /** From now on the slots of these accounts are looked after, and no others. */
    record Accounts(SortedMap<String, AccountSettings> accounts, AccountStarter starter) implements Command {}

    /** Makes the actor of one account. */
    interface AccountStarter {
        Behavior<AccountSlots.Command> start(AccountSettings settings);
    }

    static Behavior<Command> create() {
        return Behaviors.setup(SmsProcess::new);
    }

    private final Map<String, ActorRef<AccountSlots.Command>> accounts = new HashMap<>();

    private SmsProcess(ActorContext<Command> context) {
        super(context);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Spawn.class, this::onSpawn)
                .onMessage(Accounts.class, this::onAccounts)
                .build();
    }

    private <T> Behavior<Command> onSpawn(Spawn<T> spawn) {
        spawn.replyTo().tell(getContext().spawn(spawn.behavior(), spawn.name()));
        return this;
    }

    private Behavior<Command> onAccounts(Accounts changed) {
        accounts.entrySet().removeIf(entry -> {
            boolean isGone = !changed.accounts().containsKey(entry.getKey());
            if (isGone) {
                getContext().getLog().info("account {}: removed", entry.getKey());
                getContext().stop(entry.getValue());
            }
            return isGone;
        });
        changed.accounts().forEach((name, settings) -> {
            ActorRef<AccountSlots.Command> known = accounts.get(name);
            if (known == null) {
                accounts.put(name, start(changed.starter(), settings));
            } else {
                known.tell(new AccountSlots.Apply(settings));
            }
        });
        return this;
    }

    private ActorRef<AccountSlots.Command> start(AccountStarter starter, AccountSettings settings) {
        return getContext()
                .spawnAnonymous(Behaviors.supervise(starter.start(settings)).onFailure(SupervisorStrategy.restart()));
    }
}
