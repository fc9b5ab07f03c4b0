// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
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
 * Keeps the leases of this node's slots alive, all of them in one statement. A slot whose lease can't be renewed in time is told
 * before its local deadline has passed on to anyone else.
 */
public final class LeaseKeeper extends AbstractBehavior<LeaseKeeper.Command> {
    /** What the keeper takes. */
    public sealed interface Command {}

    /** Try to get the slot's lease; {@link Granted} or {@link Refused} follows. */
    public record Take(String slot, ActorRef<Reply> replyTo) implements Command {}

    /** The slot is unbound: others may have it at once; {@link GivenBack} follows. */
    public record GiveBack(HeldLease lease, ActorRef<Reply> replyTo) implements Command {}

    private record Acquired(
            String slot,
            OptionalLong epoch,
            long askedNanos,
            ActorRef<Reply> replyTo,
            @Nullable Throwable failure) implements Command {}

    private record Renewed(Map<String, Long> asked, Set<String> held, long askedNanos) implements Command {}

    private record RenewFailed(Throwable cause) implements Command {}

    private record Released(ActorRef<Reply> replyTo) implements Command {}

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
        long asked = nanoTime.getAsLong();
        getContext()
                .pipeToSelf(
                        leases.acquire(take.slot(), owner, ttl),
                        (epoch, failure) -> new Acquired(
                                take.slot(),
                                epoch == null ? OptionalLong.empty() : epoch,
                                asked,
                                take.replyTo(),
                                failure));
        return this;
    }

    private Behavior<Command> onAcquired(Acquired acquired) {
        if (acquired.failure() != null) {
            acquired.replyTo()
                    .tell(new Refused("database: " + acquired.failure().getMessage()));
        } else if (acquired.epoch().isEmpty()) {
            acquired.replyTo().tell(new Refused("held by another node"));
        } else {
            HeldLease lease =
                    new HeldLease(acquired.slot(), acquired.epoch().getAsLong(), deadline(acquired.askedNanos()));
            bySlot.put(acquired.slot(), new Holding(lease, acquired.replyTo()));
            acquired.replyTo().tell(new Granted(lease));
        }
        return this;
    }

    private Behavior<Command> onGiveBack(GiveBack giveBack) {
        HeldLease lease = giveBack.lease();
        Holding holding = bySlot.get(lease.slot());
        if (holding != null && holding.lease() == lease) {
            bySlot.remove(lease.slot());
        }
        // a failure needs no hands: the row expires by itself
        getContext()
                .pipeToSelf(
                        leases.release(lease.slot(), owner, lease.epoch()),
                        (done, failure) -> new Released(giveBack.replyTo()));
        return this;
    }

    private Behavior<Command> onReleased(Released released) {
        released.replyTo().tell(GivenBack.INSTANCE);
        return this;
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
            getContext().getLog().info("slot leases are renewed again");
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
                    .warn("slot leases could not be renewed: {}", failed.cause().toString());
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
