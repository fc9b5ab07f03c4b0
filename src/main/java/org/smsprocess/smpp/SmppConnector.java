// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.concurrent.CompletionStage;

/** Opens links. One per process; owns the event loops. */
public interface SmppConnector extends AutoCloseable {
    /**
     * Connects and binds. DELIVER_SM that arrive before BIND_RESP are kept and told after the bind.
     *
     * @return the bound link, or fails with {@link BindFailure}. Who cancels its future gives up, and no connection is left behind
     */
    CompletionStage<SmppLink> bind(LinkSettings settings, LinkListener listener);

    /** Ends every link at once, without unbind, and the event loops. Waits for it, some seconds at most. */
    @Override
    void close();
}
