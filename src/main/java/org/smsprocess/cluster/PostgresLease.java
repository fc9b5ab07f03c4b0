// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.store.Leases;

/**
 * A lease of Pekko's as a row of {@code slot_lease}, for the split-brain resolver: the side of a partition that gets it goes on. Slot
 * names have slashes, its name has none. Its owner is this incarnation of the process; {@code host:port} alone would let a restarted
 * node into its predecessor's lease. Thread-safe.
 */
public final class PostgresLease extends Lease {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLease.class);

    /** @param validUntilNanos counted from before the database was asked */
    private record Held(long epoch, long validUntilNanos, Cancellable renewal, Consumer<Optional<Throwable>> onLost) {}

    private final LeaseSettings settings;
    private final ExtendedActorSystem system;
    private final Leases leases;
    private final String owner;
    private final Duration ttl;
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();

    /** Called by Pekko. */
    public PostgresLease(LeaseSettings settings, ExtendedActorSystem system) {
        this.settings = settings;
        this.system = system;
        LeaseRows rows = system.settings()
                .setup()
                .get(LeaseRows.class)
                .orElseThrow(
                        () -> new IllegalStateException("the actor system was made without a database for leases"));
        this.leases = rows.leases();
        this.owner = rows.owner();
        this.ttl = settings.timeoutSettings().getHeartbeatTimeout();
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(lost -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> onLost) {
        long asked = System.nanoTime();
        return leases.acquire(settings.leaseName(), owner, ttl).thenApply(epoch -> hold(epoch, asked, onLost));
    }

    private boolean hold(OptionalLong epoch, long askedNanos, Consumer<Optional<Throwable>> onLost) {
        if (epoch.isEmpty()) {
            return false;
        }
        Duration period = settings.timeoutSettings().getHeartbeatInterval();
        Cancellable renewal =
                system.scheduler().scheduleWithFixedDelay(period, period, this::renew, system.dispatcher());
        replace(new Held(epoch.getAsLong(), askedNanos + ttl.toNanos(), renewal, onLost));
        return true;
    }

    private void renew() {
        Held now = held.get();
        if (now == null) {
            return;
        }
        long asked = System.nanoTime();
        leases.renew(owner, Map.of(settings.leaseName(), now.epoch()), ttl).whenComplete((kept, failure) -> {
            if (failure == null && !kept.isEmpty()) {
                held.compareAndSet(now, new Held(now.epoch(), asked + ttl.toNanos(), now.renewal(), now.onLost()));
            } else if (failure == null || now.validUntilNanos() - System.nanoTime() <= 0) {
                lose(now, failure);
            }
        });
    }

    private void lose(Held lost, @Nullable Throwable failure) {
        if (held.compareAndSet(lost, null)) {
            LOG.warn("Lease {} lost", settings.leaseName(), failure);
            lost.renewal().cancel();
            lost.onLost().accept(Optional.ofNullable(failure));
        }
    }

    @Override
    public CompletionStage<Boolean> release() {
        Held before = replace(null);
        return before == null
                ? CompletableFuture.completedFuture(true)
                : leases.release(settings.leaseName(), owner, before.epoch()).thenApply(released -> true);
    }

    @Override
    public boolean checkLease() {
        Held now = held.get();
        return now != null && now.validUntilNanos() - System.nanoTime() > 0;
    }

    private @Nullable Held replace(@Nullable Held next) {
        Held before = held.getAndSet(next);
        if (before != null) {
            before.renewal().cancel();
        }
        return before;
    }
}
