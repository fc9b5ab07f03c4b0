// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.List;
import java.util.function.Predicate;

/**
 * What the simulator received, to be read while it runs; from any thread. Messages are compared by source, destination
 * (both without "+") and text, as decoded from what was on the wire.
 */
public final class Record {
    private final Smsc smsc;
    private final Faults faults;

    Record(Smsc smsc, Faults faults) {
        this.smsc = smsc;
        this.faults = faults;
    }

    /** A message that somebody says was sent. */
    public record Expected(String source, String destination, String text) {}

    /**
     * Both books side by side.
     *
     * @param expected messages asked for
     * @param found of those, accepted by the simulator, or refused by one of its number rules
     * @param lost copies expected and not found
     * @param duplicates copies found beyond those expected
     * @param unexpected messages accepted that nobody asked for
     */
    public record Comparison(long expected, long found, long lost, long duplicates, long unexpected) {}

    public Stats stats() {
        return smsc.call(() -> {
            List<Stats.SystemId> systemIds =
                    smsc.esmes().stream().map(Esme::snapshot).toList();
            return smsc.book()
                    .snapshot(
                            smsc.refreshTime(),
                            faults.snapshot(),
                            smsc.known().snapshot(),
                            systemIds,
                            smsc.connectionStats());
        });
    }

    /** How often this message was accepted. */
    public int countOf(String source, String destination, String text) {
        return smsc.call(() -> smsc.book().accepted().countOf(source, destination, text));
    }

    /** How often this message was refused by a number rule; other refusals are not kept by message. */
    public int refusedOf(String source, String destination, String text) {
        return smsc.call(() -> smsc.book().refusedByRule().countOf(source, destination, text));
    }

    /**
     * Compares message by message. A message refused by a number rule counts as found (once): it arrived.
     *
     * @param expected every message once for each copy that ought to be there; any size, read once
     */
    public Comparison compare(Iterable<Expected> expected) {
        HashCounts asked = new HashCounts();
        expected.forEach(message -> asked.add(Ledger.keyOf(message.source(), message.destination(), message.text())));
        return smsc.call(() -> compare(asked));
    }

    private Comparison compare(HashCounts asked) {
        Ledger accepted = smsc.book().accepted();
        Ledger refused = smsc.book().refusedByRule();
        long[] sums = new long[4];
        asked.forEach((key, copies) -> {
            int arrived = accepted.countOf(key);
            int found = Math.max(arrived, Math.min(copies, arrived + refused.countOf(key)));
            sums[3] += arrived;
            sums[0] += found;
            sums[1] += Math.max(0, copies - found);
            sums[2] += Math.max(0, found - copies);
        });
        return new Comparison(asked.total(), sums[0], sums[1], sums[2], accepted.total() - sums[3]);
    }

    /** The kept messages that {@code wanted} likes, oldest first; none unless record.keep-messages is on. */
    public List<KeptMessage> messages(Predicate<KeptMessage> wanted) {
        return smsc.call(() -> smsc.book().kept()).stream().filter(wanted).toList();
    }

    public boolean keepsMessages() {
        return smsc.book().keepsMessages();
    }

    /** Forgets all that was received and counted; connections, waiting SR and MO stay. */
    public void reset() {
        smsc.call(() -> {
            smsc.reset();
            return true;
        });
    }
}
