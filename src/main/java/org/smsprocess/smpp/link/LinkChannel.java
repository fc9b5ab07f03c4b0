// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static com.cloudhopper.smpp.SmppConstants.PDU_CMD_ID_RESP_MASK;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.pdu.FrameGuard;
import org.smsprocess.smpp.pdu.Octets;

/**
 * Netty's end of a link: turns what happens on the channel into calls on whoever has the link now, the bind or the session.
 *
 * <p>A write that fails is not the end yet: answers that arrived before the connection broke may still be unread, and each one read is
 * a message less in doubt. So the channel must not close itself (AUTO_CLOSE off); it is read to its end first.
 */
final class LinkChannel extends ChannelInboundHandlerAdapter implements FrameGuard.Sink {
    /** Who has the link. Every call is on the link's event loop. */
    interface Owner {
        /**
         * @param length whole, header included; valid during the call only
         * @return false to see no more of them
         */
        boolean onPdu(int commandId, byte[] octets, int offset, int length, long nowNanos);

        /** All that could be read at once has been. */
        void onReadComplete(long nowNanos);

        /** The socket takes octets again. */
        void onWritable(long nowNanos);

        /** What comes is no SMPP, or SMPP no longer. */
        void onBrokenStream(String reason);

        /** The connection is gone. */
        void onGone(String reason, @Nullable Throwable cause);
    }

    private final FrameGuard guard;
    private final TraceLog trace;
    private Owner owner;
    private final Duration patience;
    private long nowNanos;
    private @Nullable String broken;
    private Runnable onConnected = () -> {};

    /** @param patience how long a connection that cannot be written to is read on */
    LinkChannel(FrameGuard guard, TraceLog trace, Duration patience, Owner owner) {
        this.guard = guard;
        this.trace = trace;
        this.patience = patience;
        this.owner = owner;
    }

    void onConnected(Runnable action) {
        onConnected = action;
    }

    /** Hands the link over; the next PDU is already the new owner's. */
    void handTo(Owner newOwner) {
        owner = newOwner;
    }

    /** Ends the link for a reason of ours; from any thread. */
    void endFor(ChannelHandlerContext context, String reason) {
        context.executor().execute(() -> owner.onGone(reason, null));
    }

    static boolean isResponse(int commandId) {
        return (commandId & PDU_CMD_ID_RESP_MASK) != 0;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        onConnected.run();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            nowNanos = System.nanoTime();
            guard.read(octets, this);
        } finally {
            octets.release();
        }
    }

    @Override
    public boolean onPdu(byte[] octets, int offset, int length) {
        trace.received(octets, offset, length);
        return owner.onPdu(Octets.int32(octets, offset + 4), octets, offset, length, nowNanos);
    }

    @Override
    public void onBrokenStream(String reason) {
        owner.onBrokenStream(reason);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        owner.onReadComplete(System.nanoTime());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            owner.onWritable(System.nanoTime());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.onGone(broken == null ? "the SMSC closed the connection" : broken, null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (!(cause instanceof IOException) || !context.channel().isActive()) {
            owner.onGone(reason, cause);
        } else if (broken == null) {
            broken = reason;
            context.executor().schedule(() -> context.close(), patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
