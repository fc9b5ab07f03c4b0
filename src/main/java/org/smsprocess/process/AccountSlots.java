// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.smsprocess.account.AccountSnapshot;
import org.smsprocess.connection.ConnectionLimits;
import org.smsprocess.connection.SlotId;

/**
 * Keeps the slots of one account alive: calls each of them, every slot-check-period. The nodes share the calls. A slot runs where sharding puts
 * it; one that is wanted no more notices by itself.
 */
final class AccountSlots extends AbstractBehavior<AccountSlots.Command> {
    /** What it takes. */
    sealed interface Command {}

    record Apply(AccountSnapshot account) implements Command {}

    /** Now: the members of the cluster have changed. */
    enum CheckDue implements Command {
        INSTANCE
    }

    static Behavior<Command> create(
            AccountSnapshot account, int sendingThreads, ConnectionLimits limits, ClusterNodes cluster) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new AccountSlots(context, timers, account, sendingThreads, limits, cluster)));
    }

    private final int sendingThreads;
    private final ClusterNodes cluster;
    private AccountSnapshot account;

    private AccountSlots(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AccountSnapshot account,
            int sendingThreads,
            ConnectionLimits limits,
            ClusterNodes cluster) {
        super(context);
        this.account = account;
        this.sendingThreads = sendingThreads;
        this.cluster = cluster;
        timers.startTimerWithFixedDelay(CheckDue.INSTANCE, limits.slotCheckPeriod());
        check();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Apply.class, this::onApply)
                .onMessage(CheckDue.class, due -> check())
                .build();
    }

    private Behavior<Command> onApply(Apply apply) {
        account = apply.account();
        return check();
    }

    private Behavior<Command> check() {
        if (account.isConnected()) {
            for (SlotId slot : SlotId.of(account.settings(), sendingThreads, cluster.taking())) {
                if (cluster.isToCall(slot)) {
                    SlotSharding.call(getContext().getSystem(), slot);
                }
            }
        }
        return this;
    }
}
