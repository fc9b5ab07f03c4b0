// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.type.RecoverablePduException;
import com.cloudhopper.smpp.type.UnrecoverablePduException;
import io.netty.channel.Channel;
import java.util.concurrent.locks.LockSupport;

/**
 * The library's PDUs and transcoder without its window and without waiting for each write: written with a void promise, flushed
 * by the hundred. A counter instead of a window, so nothing knows which request an answer belongs to.
 */
final class LibraryFreeClient extends LibraryClient {
    private static final int BURST = 100;

    private final int window;
    private final Channel channel;
    private long sent;

    LibraryFreeClient(RawTarget target) {
        super(target);
        window = target.window();
        channel = session.getChannel();
        startSending();
    }

    @Override
    void sendSome() throws RecoverablePduException, UnrecoverablePduException {
        long room = window - (sent - answered());
        if (room < Math.min(BURST, window)) {
            LockSupport.parkNanos(10_000);
            return;
        }
        for (int i = 0; i < Math.min(BURST, window); i++) {
            SubmitSm submit = newSubmit();
            submit.setSequenceNumber((int) (++sent & 0x3FFFFFFF) + 1);
            channel.write(session.getTranscoder().encode(submit), channel.voidPromise());
        }
        channel.flush();
    }
}
