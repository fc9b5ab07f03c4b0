// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.smsprocess.store.Leases;

/**
 * Takes, keeps alive and gives back the leases of this node's slots, each in one statement for all slots that ask while the one before
 * is under way. A slot whose lease can't be renewed in time is told before its local deadline, until which nobody else can have it.
 */
public final class LeaseKeeper extends AbstractBehavior<LeaseKeeper.Command> {
    /** What the keeper takes. */
    public sealed interface Command {}

    /** Try to get the slot's lease; {@link Granted} or {@link Refused} follows. */
    public record Take(String slot, ActorRef<Reply> replyTo) implements Command {}

    /** The slot is unbound: others may have it at once; {@link GivenBack} follows. */
    public record GiveBack(HeldLease lease, ActorRef<Reply> replyTo) implements Command {}

    private record Acquired(
            Map<String, ActorRef<Reply>> asked,
            @Nullable Map<String, Long> epochs,
            long askedNanos,
            @Nullable Throwable failure)
            implements Command {}

    private record Renewed(Map<String, Long> asked, Set<String> held, long askedNanos) implements Command {}

    private record RenewFailed(Throwable cause) implements Command {}

    private record Released(List<GiveBack> returned) implements Command {}

    private enum RenewDue implements Command {
        INSTANCE
    }

    /** What a slot hears. */
    public sealed interface Reply {}

    public record Granted(HeldLease lease) implements Reply {}

    /** @param reason for the log */
    public record Refused(String reason) implements Reply {}

    public record Lost(String reason) implements Reply {}

    public enum GivenBack implements Reply {
        INSTANCE
    }

    private record Holding(HeldLease lease, ActorRef<Reply> slot) {}

    public static Behavior<Command> create(
            Leases leases, String owner, ConnectionLimits limits, LongSupplier nanoTime) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new LeaseKeeper(context, timers, leases, owner, limits, nanoTime)));
    }

    private final Leases leases;
    private final String owner;
    private final Duration ttl;
    private final Duration margin;
    private final LongSupplier nanoTime;
    private final Map<String, Holding> bySlot = new HashMap<>();
    private final Map<String, ActorRef<Reply>> wanted = new HashMap<>();
    private final List<GiveBack> returned = new ArrayList<>();
    private boolean acquiring;
    private boolean releasing;
    private boolean renewing;
    private boolean failing;

    private LeaseKeeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Leases leases,
            String owner,
            ConnectionLimits limits,
            LongSupplier nanoTime) {
        super(context);
        this.leases = leases;
        this.owner = owner;
        this.ttl = limits.leaseTtl();
        this.margin = limits.leaseMargin();
        this.nanoTime = nanoTime;
        timers.startTimerWithFixedDelay(RenewDue.INSTANCE, limits.leaseRenewPeriod());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Take.class, this::onTake)
                .onMessage(GiveBack.class, this::onGiveBack)
                .onMessage(Acquired.class, this::onAcquired)
                .onMessage(Renewed.class, this::onRenewed)
                .onMessage(RenewFailed.class, this::onRenewFailed)
                .onMessage(Released.class, this::onReleased)
                .onMessage(RenewDue.class, due -> onRenewDue())
                .build();
    }

    private Behavior<Command> onTake(Take take) {
        wanted.put(take.slot(), take.replyTo());
        return acquire();
    }

    private Behavior<Command> acquire() {
        if (!acquiring && !wanted.isEmpty()) {
            acquiring = true;
            Map<String, ActorRef<Reply>> asked = Map.copyOf(wanted);
            wanted.clear();
            long askedNanos = nanoTime.getAsLong();
            getContext()
                    .pipeToSelf(
                            leases.acquire(asked.keySet(), owner, ttl),
                            (epochs, failure) -> new Acquired(asked, epochs, askedNanos, failure));
        }
        return this;
    }

    private Behavior<Command> onAcquired(Acquired acquired) {
        acquiring = false;
        acquired.asked().forEach((slot, replyTo) -> {
            Long epoch = acquired.epochs() == null ? null : acquired.epochs().get(slot);
            if (epoch != null) {
                HeldLease lease = new HeldLease(slot, epoch, deadline(acquired.askedNanos()));
                bySlot.put(slot, new Holding(lease, replyTo));
                replyTo.tell(new Granted(lease));
            } else {
                replyTo.tell(new Refused(
                        acquired.failure() == null
                                ? "held by another node"
                                : "database: " + acquired.failure().getMessage()));
            }
        });
        return acquire();
    }

    private Behavior<Command> onGiveBack(GiveBack giveBack) {
        HeldLease lease = giveBack.lease();
        Holding holding = bySlot.get(lease.slot());
        if (holding != null && holding.lease() == lease) {
            bySlot.remove(lease.slot());
        }
        returned.add(giveBack);
        return release();
    }

    private Behavior<Command> release() {
        if (!releasing && !returned.isEmpty()) {
            releasing = true;
            List<GiveBack> batch = List.copyOf(returned);
            returned.clear();
            Map<String, Long> epochs = new HashMap<>();
            batch.forEach(each -> epochs.merge(
                    each.lease().slot(), each.lease().epoch(), Math::max)); // only the last can still be held
            // a failure needs no hands: the rows expire by themselves
            getContext().pipeToSelf(leases.release(owner, epochs), (done, failure) -> new Released(batch));
        }
        return this;
    }

    private Behavior<Command> onReleased(Released released) {
        releasing = false;
        released.returned().forEach(each -> each.replyTo().tell(GivenBack.INSTANCE));
        return release();
    }

    private Behavior<Command> onRenewDue() {
        dropExpired();
        if (!renewing && !bySlot.isEmpty()) {
            renewing = true;
            Map<String, Long> asked = new HashMap<>();
            bySlot.forEach((slot, holding) -> asked.put(slot, holding.lease().epoch()));
            long askedNanos = nanoTime.getAsLong();
            getContext()
                    .pipeToSelf(
                            leases.renew(owner, asked, ttl),
                            (held, failure) ->
                                    failure != null ? new RenewFailed(failure) : new Renewed(asked, held, askedNanos));
        }
        return this;
    }

    private Behavior<Command> onRenewed(Renewed renewed) {
        renewing = false;
        if (failing) {
            failing = false;
            getContext().getLog().info("Slot leases are renewed again");
        }
        renewed.asked().forEach((slot, epoch) -> {
            Holding holding = bySlot.get(slot);
            if (holding != null && holding.lease().epoch() == epoch) {
                if (renewed.held().contains(slot)) {
                    holding.lease().extend(deadline(renewed.askedNanos()));
                } else {
                    lose(slot, holding, "another node took the lease");
                }
            }
        });
        return this;
    }

    private Behavior<Command> onRenewFailed(RenewFailed failed) {
        renewing = false;
        if (!failing) {
            failing = true;
            getContext()
                    .getLog()
                    .warn("Slot leases could not be renewed: {}", failed.cause().toString());
        }
        dropExpired();
        return this;
    }

    private void dropExpired() {
        long now = nanoTime.getAsLong();
        for (Map.Entry<String, Holding> entry : Map.copyOf(bySlot).entrySet()) {
            if (!entry.getValue().lease().isValid(now)) {
                lose(entry.getKey(), entry.getValue(), "the lease could not be renewed before its deadline");
            }
        }
    }

    private void lose(String slot, Holding holding, String reason) {
        bySlot.remove(slot);
        holding.slot().tell(new Lost(reason));
    }

    private long deadline(long askedNanos) {
        return askedNanos + ttl.minus(margin).toNanos();
    }
}
