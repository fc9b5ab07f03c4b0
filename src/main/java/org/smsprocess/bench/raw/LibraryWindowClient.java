// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.cloudhopper.smpp.type.RecoverablePduException;
import com.cloudhopper.smpp.type.SmppChannelException;
import com.cloudhopper.smpp.type.SmppTimeoutException;
import com.cloudhopper.smpp.type.UnrecoverablePduException;

/** {@code sendRequestPdu}: its window, its futures, one write and one flush each; the call blocks while the window is full. */
final class LibraryWindowClient extends LibraryClient {
    LibraryWindowClient(RawTarget target) {
        super(target);
        startSending();
    }

    @Override
    void sendSome()
            throws RecoverablePduException, UnrecoverablePduException, SmppTimeoutException, SmppChannelException,
                    InterruptedException {
        session.sendRequestPdu(newSubmit(), TIMEOUT_MILLIS, false);
    }
}
