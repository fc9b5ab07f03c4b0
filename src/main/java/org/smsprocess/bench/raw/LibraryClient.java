// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.raw;

import com.cloudhopper.smpp.PduAsyncResponse;
import com.cloudhopper.smpp.SmppBindType;
import com.cloudhopper.smpp.SmppSessionConfiguration;
import com.cloudhopper.smpp.impl.DefaultSmppClient;
import com.cloudhopper.smpp.impl.DefaultSmppSession;
import com.cloudhopper.smpp.impl.DefaultSmppSessionHandler;
import com.cloudhopper.smpp.pdu.PduResponse;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.type.Address;
import com.cloudhopper.smpp.type.RecoverablePduException;
import com.cloudhopper.smpp.type.SmppChannelException;
import com.cloudhopper.smpp.type.SmppInvalidArgumentException;
import com.cloudhopper.smpp.type.SmppTimeoutException;
import com.cloudhopper.smpp.type.UnrecoverablePduException;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.BenchFailure;

/** The bare library as one uses it by its manual: a client, a session, its window, its calls. One thread sends. */
abstract class LibraryClient implements RawClient {
    static final long TIMEOUT_MILLIS = 10_000;

    final AtomicLong answered = new AtomicLong();
    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final DefaultSmppClient client = new DefaultSmppClient(loops);
    final DefaultSmppSession session;
    private final Thread sender;
    private volatile boolean isClosing;

    LibraryClient(RawTarget target) {
        SmppSessionConfiguration settings = new SmppSessionConfiguration();
        settings.setName("bench");
        settings.setHost(RawTarget.HOST);
        settings.setPort(target.port());
        settings.setType(SmppBindType.TRANSCEIVER);
        settings.setSystemId(RawTarget.SYSTEM_ID);
        settings.setPassword("");
        settings.setWindowSize(target.window());
        settings.getLoggingOptions().setLogBytes(false);
        settings.getLoggingOptions().setLogPdu(false);
        try {
            session = (DefaultSmppSession) client.bind(settings, new Handler());
        } catch (SmppTimeoutException
                | SmppChannelException
                | UnrecoverablePduException
                | InterruptedException failed) {
            client.destroy();
            throw new BenchFailure("no bind to the simulator: " + failed, failed);
        }
        sender = new Thread(this::run, "bench-sender");
        sender.setDaemon(true);
    }

    final void startSending() {
        sender.start();
    }

    static SubmitSm newSubmit() {
        SubmitSm submit = new SubmitSm();
        submit.setSourceAddress(new Address((byte) 0, (byte) 0, RawTarget.SOURCE));
        submit.setDestAddress(new Address((byte) 0, (byte) 0, RawTarget.DESTINATION));
        try {
            submit.setShortMessage(RawTarget.text());
        } catch (SmppInvalidArgumentException tooLong) {
            throw new IllegalStateException(tooLong);
        }
        return submit;
    }

    private void run() {
        try {
            while (!isClosing) {
                sendSome();
            }
        } catch (RecoverablePduException
                | UnrecoverablePduException
                | SmppTimeoutException
                | SmppChannelException
                | InterruptedException ended) {
            if (!isClosing) {
                throw new BenchFailure("the library's client failed: " + ended, ended);
            }
        }
    }

    abstract void sendSome()
            throws RecoverablePduException, UnrecoverablePduException, SmppTimeoutException, SmppChannelException,
                    InterruptedException;

    /** On the event loop. */
    void onAnswer() {
        answered.lazySet(answered.get() + 1);
    }

    @Override
    public long answered() {
        return answered.get();
    }

    @Override
    public void close() {
        isClosing = true;
        session.close();
        sender.interrupt();
        client.destroy();
        loops.shutdownGracefully();
    }

    private final class Handler extends DefaultSmppSessionHandler {
        @Override
        public void fireExpectedPduResponseReceived(@Nullable PduAsyncResponse response) {
            onAnswer();
        }

        @Override
        public void fireUnexpectedPduResponseReceived(@Nullable PduResponse response) {
            onAnswer();
        }
    }
}
