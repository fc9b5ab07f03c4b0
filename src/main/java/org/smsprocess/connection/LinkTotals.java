// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import org.smsprocess.smpp.LinkStatus;

/** PDU of one slot: SUBMIT_SM written, answers to them, SR and MO received, ALERT_NOTIFICATION received. */
record LinkTotals(long submitted, long answered, long received, long alerts) {
    static final LinkTotals NONE = new LinkTotals(0, 0, 0, 0);

    static LinkTotals of(Links links) {
        LinkStatus sending = links.sending().status();
        LinkTotals totals =
                new LinkTotals(sending.submitted(), sending.answered(), sending.received(), sending.alerts());
        if (links.receiving() == links.sending()) {
            return totals;
        }
        LinkStatus receiving = links.receiving().status();
        return totals.plus(new LinkTotals(0, 0, receiving.received(), receiving.alerts()));
    }

    LinkTotals plus(LinkTotals more) {
        return new LinkTotals(
                submitted + more.submitted, answered + more.answered, received + more.received, alerts + more.alerts);
    }
}
