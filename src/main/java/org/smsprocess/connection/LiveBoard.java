// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.smsprocess.connection.ConnectionView.State;
import org.smsprocess.smpp.LinkStatus;

/** What this node's slots look like to people and metrics, kept by the actors that own them. Thread-safe. */
public final class LiveBoard implements ConnectionBoard {
    private static final Comparator<SlotId> ORDER =
            Comparator.comparing(SlotId::account).thenComparing(SlotId::thread).thenComparing(SlotId::child);

    private record Entry(
            State state,
            @Nullable Instant boundSince,
            @Nullable Links links,
            double rate,
            double rateLimit,
            @Nullable String lastError) {
        static final Entry NEW = new Entry(State.AWAITING_LEASE, null, null, 0, 0, null);

        Entry unbound(State newState, @Nullable String error) {
            return new Entry(newState, null, null, 0, 0, error);
        }
    }

    private final Supplier<String> node;
    private final Clock clock;
    private final ConcurrentMap<SlotId, Entry> bySlot = new ConcurrentHashMap<>();

    /** @param node address of this node, known once the actor system runs */
    public LiveBoard(Supplier<String> node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    void awaitingLease(SlotId slot, String reason) {
        change(slot, entry -> entry.unbound(State.AWAITING_LEASE, reason));
    }

    void binding(SlotId slot) {
        change(slot, entry -> entry.unbound(State.BINDING, entry.lastError()));
    }

    void bound(SlotId slot, Links links, double rateLimit) {
        change(slot, entry -> new Entry(State.BOUND, clock.instant(), links, 0, rateLimit, entry.lastError()));
    }

    void rate(SlotId slot, double rate, double rateLimit) {
        change(
                slot,
                entry -> new Entry(
                        entry.state(), entry.boundSince(), entry.links(), rate, rateLimit, entry.lastError()));
    }

    void draining(SlotId slot) {
        change(
                slot,
                entry -> new Entry(
                        State.DRAINING,
                        entry.boundSince(),
                        entry.links(),
                        entry.rate(),
                        entry.rateLimit(),
                        entry.lastError()));
    }

    void failed(SlotId slot, String error) {
        change(slot, entry -> entry.unbound(State.WAITING, error));
    }

    void gone(SlotId slot) {
        bySlot.remove(slot);
    }

    /** Slots of this node that are bound now. */
    public long bound() {
        return bySlot.values().stream()
                .filter(entry -> entry.state() == State.BOUND)
                .count();
    }

    @Override
    public List<ConnectionView> connections() {
        return bySlot.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ConnectionView view(SlotId slot, Entry entry) {
        Links links = entry.links();
        LinkStatus sending = links == null ? null : links.sending().status();
        LinkStatus receiving = links == null ? null : links.receiving().status();
        return new ConnectionView(
                slot.account(),
                slot.toString(),
                node.get(),
                entry.state(),
                entry.boundSince(),
                sending == null ? 0 : sending.windowUsed(),
                sending == null ? 0 : sending.windowSize(),
                entry.rate(),
                entry.rateLimit(),
                sending == null ? 0 : sending.submitted(),
                sending == null ? 0 : sending.answered(),
                receiving == null ? 0 : receiving.received(),
                entry.lastError());
    }

    private void change(SlotId slot, UnaryOperator<Entry> change) {
        bySlot.compute(slot, (id, entry) -> change.apply(entry == null ? Entry.NEW : entry));
    }
}
