// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.LinkStatus;
import org.smsprocess.smpp.SmppLink;

/** What this node's slots look like to people and metrics, kept by the actors that own them. Thread-safe. */
public final class LiveBoard implements ConnectionBoard {
    private record Entry(
            String state,
            @Nullable Instant boundSince,
            @Nullable SmppLink sending,
            @Nullable SmppLink receiving,
            double rate,
            String lastError) {
        static final Entry NEW = new Entry("waiting", null, null, null, 0, "");

        Entry unbound(String newState, String error) {
            return new Entry(newState, null, null, null, 0, error);
        }
    }

    private final String node;
    private final Clock clock;
    private final ConcurrentMap<SlotId, Entry> bySlot = new ConcurrentHashMap<>();

    public LiveBoard(String node, Clock clock) {
        this.node = node;
        this.clock = clock;
    }

    void waiting(SlotId slot, String reason) {
        change(slot, entry -> entry.unbound("waiting", reason));
    }

    void connecting(SlotId slot) {
        change(slot, entry -> entry.unbound("connecting", entry.lastError()));
    }

    void bound(SlotId slot, SmppLink sending, SmppLink receiving, double rate) {
        change(slot, entry -> new Entry("bound", clock.instant(), sending, receiving, rate, entry.lastError()));
    }

    void rate(SlotId slot, double rate) {
        change(
                slot,
                entry -> new Entry(
                        entry.state(),
                        entry.boundSince(),
                        entry.sending(),
                        entry.receiving(),
                        rate,
                        entry.lastError()));
    }

    void draining(SlotId slot) {
        change(
                slot,
                entry -> new Entry(
                        "draining",
                        entry.boundSince(),
                        entry.sending(),
                        entry.receiving(),
                        entry.rate(),
                        entry.lastError()));
    }

    void failed(SlotId slot, String error) {
        change(slot, entry -> entry.unbound("reconnecting", error));
    }

    void gone(SlotId slot) {
        bySlot.remove(slot);
    }

    @Override
    public List<ConnectionView> connections() {
        return bySlot.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(java.util.Comparator.comparing(SlotId::account)
                        .thenComparing(SlotId::thread)
                        .thenComparing(SlotId::child)))
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    private ConnectionView view(SlotId slot, Entry entry) {
        LinkStatus sending = entry.sending() == null ? null : entry.sending().status();
        LinkStatus receiving = entry.receiving() == null ? null : entry.receiving().status();
        return new ConnectionView(
                slot.account(),
                slot.toString(),
                node,
                entry.state(),
                entry.boundSince(),
                sending == null ? 0 : sending.windowUsed(),
                sending == null ? 0 : sending.windowSize(),
                entry.rate(),
                sending == null ? 0 : sending.submitted(),
                sending == null ? 0 : sending.answered(),
                receiving == null ? 0 : receiving.received(),
                entry.lastError());
    }

    private void change(SlotId slot, java.util.function.UnaryOperator<Entry> change) {
        bySlot.compute(slot, (id, entry) -> change.apply(entry == null ? Entry.NEW : entry));
    }
}
