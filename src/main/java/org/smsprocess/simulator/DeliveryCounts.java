// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import org.HdrHistogram.Histogram;

/** What became of SR or of MO. Confined to the simulator's thread. */
final class DeliveryCounts {
    private static final long MOST_MICROS = 3_600_000_000L;

    /** Taken on, not yet answered with ESME_ROK nor given up; not touched by a reset. */
    long pending;

    long made;
    long sent;
    long answered;
    long refused;
    long timedOut;
    long gaveUp;

    private final Histogram answerMicros = new Histogram(MOST_MICROS, 2);

    /** Answered with ESME_ROK after so long. */
    void answered(long nanos) {
        answered++;
        answerMicros.recordValue(Math.min(MOST_MICROS, Math.max(0, nanos / 1000)));
    }

    void reset() {
        made = 0;
        sent = 0;
        answered = 0;
        refused = 0;
        timedOut = 0;
        gaveUp = 0;
        answerMicros.reset();
    }

    Stats.Deliveries snapshot() {
        return new Stats.Deliveries(made, pending, sent, answered, refused, timedOut, gaveUp, millis(50), millis(99));
    }

    private double millis(double percentile) {
        return answerMicros.getValueAtPercentile(percentile) / 1000.0;
    }
}
