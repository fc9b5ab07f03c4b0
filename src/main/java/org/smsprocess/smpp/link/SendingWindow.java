// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.Submit;

/**
 * The SUBMIT_SM that were written and have no answer yet, each found by its sequence_number at {@code slots[sequence_number & mask]}.
 * There are at least twice as many slots as the window is wide, so a free one is never far: a sequence_number whose slot is still
 * taken by an old request is skipped. The open ones are also chained in the order they were sent, which, since all wait equally
 * long, is the order in which they time out.
 *
 * <pre>
 * window 4, mask 7    slot  0    1    2    3    4    5    6    7
 *                          8    -    2    -    -    -    6    7      oldest 2 → 6 → 7 → 8 newest; next: 9, slot 1; then 10 is
 *                                                                    skipped for as long as 2 is open
 * </pre>
 *
 * Confined to the link's event loop.
 */
final class SendingWindow {
    private static final int LAST_SEQUENCE_NUMBER = 0x7FFFFFFF; // SMPP 3.4 §5.1.4; then 1 again
    private static final int NONE = -1;

    private int size;
    private int mask;
    private @Nullable Submit[] submits;
    private int[] sequenceNumbers;
    private long[] sentNanos;
    private int[] older;
    private int[] newer;
    private int oldest = NONE;
    private int newest = NONE;
    private int open;
    private int lastSequenceNumber;

    SendingWindow(int size) {
        this(size, 0);
    }

    /** @param lastSequenceNumber the first one taken is the next */
    SendingWindow(int size, int lastSequenceNumber) {
        this.size = size;
        this.lastSequenceNumber = lastSequenceNumber;
        int slots = slotsFor(size);
        this.mask = slots - 1;
        this.submits = new @Nullable Submit[slots];
        this.sequenceNumbers = new int[slots];
        this.sentNanos = new long[slots];
        this.older = new int[slots];
        this.newer = new int[slots];
    }

    private static int slotsFor(int size) {
        return Integer.highestOneBit(Math.max(size, 8)) << 2; // at least twice the size
    }

    /** What is open stays open, also beyond a smaller size. */
    void resize(int newSize) {
        size = newSize;
        if (slotsFor(newSize) <= submits.length) {
            return;
        }
        SendingWindow wider = new SendingWindow(newSize, lastSequenceNumber);
        for (int slot = oldest; slot != NONE; slot = newer[slot]) {
            wider.put(requireNonNull(submits[slot]), sequenceNumbers[slot], sentNanos[slot]);
        }
        mask = wider.mask;
        submits = wider.submits;
        sequenceNumbers = wider.sequenceNumbers;
        sentNanos = wider.sentNanos;
        older = wider.older;
        newer = wider.newer;
        oldest = wider.oldest;
        newest = wider.newest;
    }

    int size() {
        return size;
    }

    /** SUBMIT_SM without answer. */
    int open() {
        return open;
    }

    /** How many more may be sent now; never negative. */
    int room() {
        return Math.max(size - open, 0);
    }

    /** A sequence_number that no open request has. */
    int nextSequenceNumber() {
        do {
            lastSequenceNumber = lastSequenceNumber == LAST_SEQUENCE_NUMBER ? 1 : lastSequenceNumber + 1;
        } while (submits[lastSequenceNumber & mask] != null);
        return lastSequenceNumber;
    }

    /** Opens a request. @return its sequence_number */
    int open(Submit submit, long nowNanos) {
        int sequenceNumber = nextSequenceNumber();
        put(submit, sequenceNumber, nowNanos);
        return sequenceNumber;
    }

    private void put(Submit submit, int sequenceNumber, long nanos) {
        int slot = sequenceNumber & mask;
        submits[slot] = submit;
        sequenceNumbers[slot] = sequenceNumber;
        sentNanos[slot] = nanos;
        older[slot] = newest;
        newer[slot] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            newer[newest] = slot;
        }
        newest = slot;
        open++;
    }

    /** @param sequenceNumber any 32 bits @return the slot of the open request with it, or -1 */
    int find(int sequenceNumber) {
        int slot = sequenceNumber & mask;
        return submits[slot] != null && sequenceNumbers[slot] == sequenceNumber ? slot : NONE;
    }

    /** @return the slot of the request that has waited longest, or -1 */
    int oldest() {
        return oldest;
    }

    Submit submit(int slot) {
        return requireNonNull(submits[slot]);
    }

    int sequenceNumber(int slot) {
        return sequenceNumbers[slot];
    }

    long sentNanos(int slot) {
        return sentNanos[slot];
    }

    /** Closes the request in this slot. */
    Submit release(int slot) {
        Submit submit = requireNonNull(submits[slot]);
        submits[slot] = null;
        int before = older[slot];
        int after = newer[slot];
        if (before == NONE) {
            oldest = after;
        } else {
            newer[before] = after;
        }
        if (after == NONE) {
            newest = before;
        } else {
            older[after] = before;
        }
        open--;
        return submit;
    }
}
