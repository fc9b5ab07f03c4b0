// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import org.smsprocess.smpp.LinkStatus;

/** PDU of one slot: SUBMIT_SM written, answers to them, SR and MO received. */
record LinkTotals(long submitted, long answered, long received) {
    static final LinkTotals NONE = new LinkTotals(0, 0, 0);

    static LinkTotals of(Links links) {
        LinkStatus sending = links.sending().status();
        long alsoReceived = links.receiving() == links.sending()
                ? 0
                : links.receiving().status().received();
        return new LinkTotals(sending.submitted(), sending.answered(), sending.received() + alsoReceived);
    }

    LinkTotals plus(LinkTotals more) {
        return new LinkTotals(submitted + more.submitted, answered + more.answered, received + more.received);
    }
}
