// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import org.smsprocess.simulator.settings.DeliverSettings;

/** A DELIVER_SM to be handed over until it is answered with ESME_ROK: an SR or an MO. Confined to the simulator's thread. */
abstract class Delivery extends Timed {
    final Smsc smsc;
    final Esme esme;
    int attempts;
    int sequence;
    /** Of the try that waits for its answer. */
    long sentAt;

    Delivery(Smsc smsc, Esme esme) {
        this.smsc = smsc;
        this.esme = esme;
    }

    /** Where this kind is counted. */
    abstract DeliveryCounts counts();

    /** Writes the whole PDU. */
    abstract void write(OctetBuffer out, int sequence);

    /** Answered with ESME_ROK. */
    final void delivered() {
        counts().answered(smsc.now() - sentAt);
        counts().pending--;
        finished();
    }

    /** Leaves for good: delivered or given up. */
    void finished() {}

    @Override
    final void fire() {
        ready();
        esme.post(this);
        smsc.handOverSoon(esme);
    }

    /** Its time has come (again). */
    void ready() {}

    /** No ESME_ROK for this try: again later, unless it was tried often enough. */
    final void failed() {
        DeliverSettings settings = smsc.settings().deliver();
        if (settings.maxAttempts() > 0 && attempts >= settings.maxAttempts()) {
            counts().gaveUp++;
            counts().pending--;
            finished();
        } else {
            smsc.later(this, settings.retryDelay().toNanos());
        }
    }
}
