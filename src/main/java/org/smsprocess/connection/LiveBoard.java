// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.smsprocess.connection.ConnectionView.State;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.smpp.LinkStatus;
import org.smsprocess.smpp.SmppLink;

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
            @Nullable String lastError,
            LinkTotals before) {
        static final Entry NEW = new Entry(State.AWAITING_LEASE, null, null, 0, 0, null, LinkTotals.NONE);

        Entry unbound(State newState, @Nullable String error) {
            return new Entry(newState, null, null, 0, 0, error, totals());
        }

        Entry bound(Instant now, Links newLinks, double limit) {
            return new Entry(State.BOUND, now, newLinks, 0, limit, lastError, totals());
        }

        Entry draining() {
            return new Entry(State.DRAINING, boundSince, links, rate, rateLimit, lastError, before);
        }

        Entry withRate(double newRate, double limit) {
            return new Entry(state, boundSince, links, newRate, limit, lastError, before);
        }

        /** Since the slot started, all its binds together. */
        LinkTotals totals() {
            return links == null ? before : before.plus(LinkTotals.of(links));
        }
    }

    private final Supplier<String> node;
    private final Clock clock;
    private final ConcurrentMap<SlotId, Entry> bySlot = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AccountTally> tallies = new ConcurrentHashMap<>();

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
        change(slot, entry -> entry.bound(clock.instant(), links, rateLimit));
    }

    void rate(SlotId slot, double rate, double rateLimit) {
        change(slot, entry -> entry.withRate(rate, rateLimit));
    }

    void draining(SlotId slot) {
        change(slot, Entry::draining);
    }

    /** What was written to the delivery log. */
    void settled(String account, List<Settlement> settlements) {
        tallies.computeIfAbsent(account, name -> new AccountTally()).add(settlements);
    }

    void failed(SlotId slot, String error) {
        change(slot, entry -> entry.unbound(State.WAITING, error));
    }

    void gone(SlotId slot) {
        bySlot.remove(slot);
    }

    /** Messages of an account settled by this node since it started. */
    public long settled(String account, Settlement.Kind kind) {
        AccountTally tally = tallies.get(account);
        return tally == null ? 0 : tally.count(kind);
    }

    /** Accounts with a slot of this node that is bound now. */
    public Set<String> boundAccounts() {
        Set<String> accounts = new TreeSet<>();
        bySlot.forEach((slot, entry) -> {
            if (entry.state() == State.BOUND) {
                accounts.add(slot.account());
            }
        });
        return accounts;
    }

    /** Links of an account on which this node may send now. */
    public List<SmppLink> boundLinks(String account) {
        List<SmppLink> found = new ArrayList<>();
        bySlot.forEach((slot, entry) -> {
            Links links = entry.links();
            if (slot.account().equals(account) && entry.state() == State.BOUND && links != null) {
                found.add(links.sending());
            }
        });
        return found;
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
        LinkTotals totals = entry.totals();
        return new ConnectionView(
                slot.account(),
                slot.toString(),
                node.get(),
                entry.state(),
                entry.boundSince(),
                sending == null ? 0 : sending.windowUsed(),
                sending == null ? 0 : sending.windowSize(),
                sending == null ? 0 : sending.latencyMillis(),
                entry.rate(),
                entry.rateLimit(),
                totals.submitted(),
                totals.answered(),
                totals.received(),
                totals.alerts(),
                entry.lastError());
    }

    private void change(SlotId slot, UnaryOperator<Entry> change) {
        bySlot.compute(slot, (id, entry) -> change.apply(entry == null ? Entry.NEW : entry));
    }
}
