// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

/** What became of SR or of MO. Confined to the simulator's thread. */
final class DeliveryCounts {
    /** Taken on, not yet answered with ESME_ROK nor given up; not touched by a reset. */
    long pending;

    long made;
    long sent;
    long answered;
    long refused;
    long timedOut;
    long gaveUp;

    void reset() {
        made = 0;
        sent = 0;
        answered = 0;
        refused = 0;
        timedOut = 0;
        gaveUp = 0;
    }

    Stats.Deliveries snapshot() {
        return new Stats.Deliveries(made, pending, sent, answered, refused, timedOut, gaveUp);
    }
}
