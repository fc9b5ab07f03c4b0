// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One system_id: its binds, and the mailbox of SR and MO that wait for a receiver of it. Deliveries go to the binds in
 * turn, wherever the submit_sm came in. Confined to the simulator's thread.
 */
final class Esme {
    final String systemId;
    final Traffic traffic = new Traffic();
    final SlidingSecond accepted = new SlidingSecond();
    /** The same by the least that the times of arrival allow. */
    final SlidingSecond surely = new SlidingSecond();

    private final List<EsmeSession> bound = new ArrayList<>();
    private final Deque<Delivery> mailbox = new ArrayDeque<>();
    private int turn;
    private int maxBound;
    private long binds;
    private long bindsRefused;

    Esme(String systemId) {
        this.systemId = systemId;
    }

    int bound() {
        return bound.size();
    }

    void bind(EsmeSession session) {
        bound.add(session);
        binds++;
        maxBound = Math.max(maxBound, bound.size());
    }

    void bindRefused() {
        bindsRefused++;
    }

    void gone(EsmeSession session) {
        bound.remove(session);
    }

    boolean hasReceiver() {
        return bound.stream().anyMatch(EsmeSession::canReceive);
    }

    int waiting() {
        return mailbox.size();
    }

    void post(Delivery delivery) {
        mailbox.addLast(delivery);
    }

    /** For what a lost connection had not answered: it is the oldest. */
    void postFirst(Delivery delivery) {
        mailbox.addFirst(delivery);
    }

    /** Hands over what the receivers have room for. */
    void handOver() {
        int refusals = 0;
        while (!mailbox.isEmpty() && refusals < bound.size()) {
            turn = turn + 1 < bound.size() ? turn + 1 : 0;
            EsmeSession session = bound.get(turn);
            if (session.hasRoom()) {
                session.deliver(mailbox.removeFirst());
                refusals = 0;
            } else {
                refusals++;
            }
        }
    }

    void resetStats() {
        traffic.reset();
        accepted.resetMax();
        surely.resetMax();
        maxBound = bound.size();
        binds = bound.size();
        bindsRefused = 0;
    }

    Stats.SystemId snapshot() {
        return new Stats.SystemId(
                systemId,
                bound.size(),
                maxBound,
                binds,
                bindsRefused,
                accepted.max(),
                surely.max(),
                mailbox.size(),
                traffic.snapshot());
    }
}
