// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.smsprocess.sr.SrProtocol.Command;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;

/**
 * Commands that wait for the microbatch before them to be written. Bounded by the mappings and SR in them, apart, so that a flood of
 * SR keeps no mapping out. Not thread-safe.
 */
final class Pending {
    private final int maxEntries;
    private final Deque<Command> others = new ArrayDeque<>();
    /** Apart, because they stay when the delivery log is behind. */
    private final Deque<Command> receives = new ArrayDeque<>();

    private int otherEntries;
    private int receiveEntries;

    Pending(int maxEntries) {
        this.maxEntries = maxEntries;
    }

    /** @return false when it is full and the command was not taken */
    boolean add(Command command) {
        int entries = entriesOf(command);
        boolean isReceive = command instanceof Receive;
        int before = isReceive ? receiveEntries : otherEntries;
        if (before > 0 && before + entries > maxEntries) {
            return false;
        }
        if (isReceive) {
            receives.add(command);
            receiveEntries += entries;
        } else {
            others.add(command);
            otherEntries += entries;
        }
        return true;
    }

    /** Mappings and SR (and questions) that could be taken now. */
    int entries(boolean withReceives) {
        return otherEntries + (withReceives ? receiveEntries : 0);
    }

    /** At least one command, when there is one, and then as many as fit {@code maxBatch} entries. */
    List<Command> take(int maxBatch, boolean withReceives) {
        List<Command> batch = new ArrayList<>();
        int taken = take(others, maxBatch, 0, batch);
        otherEntries -= taken;
        if (withReceives) {
            int withThem = take(receives, maxBatch, taken, batch);
            receiveEntries -= withThem - taken;
        }
        return batch;
    }

    private static int take(Deque<Command> from, int maxBatch, int before, List<Command> batch) {
        int entries = before;
        while (!from.isEmpty() && (batch.isEmpty() || entries + entriesOf(from.element()) <= maxBatch)) {
            Command command = from.remove();
            entries += entriesOf(command);
            batch.add(command);
        }
        return entries;
    }

    static int entriesOf(Command command) {
        if (command instanceof Submitted submitted) {
            return Math.max(1, submitted.mappings().size());
        } else if (command instanceof Receive receive) {
            return Math.max(1, receive.reports().size());
        } else if (command instanceof Probe probe) {
            return Math.max(1, probe.reports().size());
        }
        return 1;
    }
}
