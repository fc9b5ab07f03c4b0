// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.smsprocess.delivery.log.FinalStatus;

/** A copy of an {@link SrState}. The arrays must not be changed. */
final class SrSnapshot {
    private final long ordinal;
    private final long[] keys;
    private final long[] values;
    private final long[] finals;
    private final long[] finalMarks;
    private final List<Map.Entry<Long, List<FinalStatus>>> unlogged;

    /**
     * @param ordinal of the last event in it
     * @param values {@link Packed}, by the index of their key
     * @param finals keys, oldest first, and {@code finalMarks}: as {@link RecentFinals} has them
     */
    SrSnapshot(
            long ordinal,
            long[] keys,
            long[] values,
            long[] finals,
            long[] finalMarks,
            List<Map.Entry<Long, List<FinalStatus>>> unlogged) {
        this.ordinal = ordinal;
        this.keys = keys;
        this.values = values;
        this.finals = finals;
        this.finalMarks = finalMarks;
        this.unlogged = unlogged;
    }

    long ordinal() {
        return ordinal;
    }

    long[] keys() {
        return keys;
    }

    long[] values() {
        return values;
    }

    long[] finals() {
        return finals;
    }

    long[] finalMarks() {
        return finalMarks;
    }

    List<Map.Entry<Long, List<FinalStatus>>> unlogged() {
        return unlogged;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrSnapshot that
                && ordinal == that.ordinal
                && Arrays.equals(keys, that.keys)
                && Arrays.equals(values, that.values)
                && Arrays.equals(finals, that.finals)
                && Arrays.equals(finalMarks, that.finalMarks)
                && unlogged.equals(that.unlogged);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ordinal) * 31 + Arrays.hashCode(keys);
    }

    @Override
    public String toString() {
        return "SrSnapshot[ordinal=" + ordinal + ", entries=" + keys.length + ", finals=" + finals.length
                + ", unlogged=" + unlogged.size() + "]";
    }
}
