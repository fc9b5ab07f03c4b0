// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.smsprocess.simulator.settings.RecordSettings;
import org.smsprocess.simulator.settings.SimulatorSettings;

/** What the simulator remembers of the messages it got. Confined to the simulator's thread. */
final class Book {
    private final RecordSettings settings;
    private final Alphabet alphabet;
    private final Clock clock;
    private final SlidingSecond received = new SlidingSecond();
    private final Deque<KeptMessage> kept = new ArrayDeque<>();
    private Ledger accepted;
    private Ledger refusedByRule;
    private int maxPerConnection;
    private int peakWindow;
    private long longestPause;
    private long since;

    Book(SimulatorSettings settings, Clock clock, long now) {
        this.settings = settings.record();
        this.clock = clock;
        alphabet = new Alphabet(settings.submit().dataCoding0());
        accepted = ledger();
        refusedByRule = ledger();
        since = now;
    }

    Ledger accepted() {
        return accepted;
    }

    Ledger refusedByRule() {
        return refusedByRule;
    }

    void received(long now, int inLastSecondOfConnection, int window) {
        received.add(now);
        maxPerConnection = Math.max(maxPerConnection, inLastSecondOfConnection);
        peakWindow = Math.max(peakWindow, window);
    }

    void paused(long nanos) {
        longestPause = Math.max(longestPause, nanos);
    }

    void accepted(SubmitSm submit, EsmeSession session, MessageIds ids, long id) {
        accepted.add(submit);
        if (settings.keepMessages()) {
            keep(submit, session, ids.answer(id));
        }
    }

    boolean keepsMessages() {
        return settings.keepMessages();
    }

    /** The kept messages, oldest first; a copy. */
    List<KeptMessage> kept() {
        return new ArrayList<>(kept);
    }

    void reset(long now) {
        accepted = ledger();
        refusedByRule = ledger();
        kept.clear();
        received.resetMax();
        maxPerConnection = 0;
        peakWindow = 0;
        longestPause = 0;
        since = now;
    }

    Stats snapshot(
            long now,
            Stats.Faults faults,
            Stats.Requests requests,
            List<Stats.SystemId> systemIds,
            List<Stats.Connection> connections) {
        return new Stats(
                (now - since) / 1e9,
                received.max(),
                maxPerConnection,
                peakWindow,
                longestPause / 1e6,
                accepted.snapshot(),
                refusedByRule.snapshot(),
                faults,
                requests,
                systemIds,
                connections);
    }

    private void keep(SubmitSm submit, EsmeSession session, String messageId) {
        kept.addLast(new KeptMessage(
                messageId,
                session.number(),
                session.systemId(),
                submit.source(),
                submit.destination(),
                alphabet.text(submit),
                submit.dataCoding,
                submit.partReference & 0xFFFF,
                submit.partTotal,
                submit.partNumber,
                clock.instant()));
        if (kept.size() > settings.maxKept()) {
            kept.removeFirst();
        }
    }

    private Ledger ledger() {
        return new Ledger(alphabet, settings.maxIncomplete());
    }
}
