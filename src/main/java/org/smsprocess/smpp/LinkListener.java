// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.List;

/** Hears what happens on a link. Called on the link's event loop: must return at once. */
public interface LinkListener {
    /** Outcomes of SUBMIT_SM, batched as they were read from the socket. */
    void onOutcomes(List<SubmitOutcome> outcomes);

    /** DELIVER_SM and DATA_SM, batched as they were read from the socket. Each waits for {@link SmppLink#answer}. */
    void onInbound(List<Inbound> inbound);

    /**
     * The link has ended. Every request that was open or waiting has had its outcome before this call; nothing follows, except NOT_SENT
     * for a batch that is handed over later still.
     */
    void onClosed(String reason);
}
