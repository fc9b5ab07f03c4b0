// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import org.jspecify.annotations.Nullable;
import org.smsprocess.simulator.settings.DeliverSettings;

/** The deliver_sm of one connection that wait for their answer, by sequence_number. Confined to the simulator's thread. */
final class Outbox {
    private final @Nullable Delivery[] slots;
    private final int window;
    private final long timeout;
    private int waiting;
    private int nextSequence = 1;
    private long sent;

    Outbox(DeliverSettings settings) {
        window = settings.window();
        timeout = settings.timeout().toNanos();
        slots = new Delivery[Integer.highestOneBit(Math.max(1, window * 2 - 1))];
    }

    boolean isFull() {
        return waiting >= window;
    }

    long sent() {
        return sent;
    }

    /** @return the sequence_number for it; only if not full */
    int add(Delivery delivery) {
        while (slots[nextSequence & slots.length - 1] != null) {
            advance();
        }
        int sequence = nextSequence;
        slots[sequence & slots.length - 1] = delivery;
        delivery.sequence = sequence;
        waiting++;
        sent++;
        advance();
        return sequence;
    }

    int next() {
        int sequence = nextSequence;
        advance();
        return sequence;
    }

    @Nullable
    Delivery remove(int sequence) {
        int slot = sequence & slots.length - 1;
        Delivery delivery = slots[slot];
        if (delivery == null || delivery.sequence != sequence) {
            return null;
        }
        slots[slot] = null;
        waiting--;
        return delivery;
    }

    /** What was not answered in time goes back to be tried again. */
    void expire(long now) {
        for (int i = 0; waiting > 0 && i < slots.length; i++) {
            Delivery delivery = slots[i];
            if (delivery != null && now - delivery.sentAt >= timeout) {
                slots[i] = null;
                waiting--;
                delivery.counts().timedOut++;
                delivery.failed();
            }
        }
    }

    /** The connection is lost: what it had not answered goes first to the next receiver. */
    void giveBack(Esme esme) {
        for (int i = 0; i < slots.length; i++) {
            Delivery delivery = slots[i];
            if (delivery != null) {
                slots[i] = null;
                esme.postFirst(delivery);
            }
        }
        waiting = 0;
    }

    private void advance() {
        nextSequence = nextSequence == Integer.MAX_VALUE ? 1 : nextSequence + 1;
    }
}
