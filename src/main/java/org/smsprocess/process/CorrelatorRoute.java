// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import org.smsprocess.connection.ConnectionServices;
import org.smsprocess.sr.SrCorrelators;
import org.smsprocess.sr.SrProtocol;

/** The correlators as connections see them. */
record CorrelatorRoute(SrCorrelators correlators) implements ConnectionServices.SrRoute {
    @Override
    public int buckets() {
        return correlators.buckets();
    }

    @Override
    public void tell(String account, int bucket, SrProtocol.Command command) {
        correlators.tell(account, bucket, command);
    }
}
