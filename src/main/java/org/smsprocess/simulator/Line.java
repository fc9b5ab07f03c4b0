// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The writing side of one connection: what is written gathers in one buffer and leaves with one flush a batch. Also holds
 * back reads and writes when asked to. Confined to the simulator's thread.
 */
final class Line {
    private static final int MAX_UNFLUSHED = 512 * 1024;
    private static final int HEADER = 16;
    private static final int LINGER_SECONDS = 2;

    private final Smsc smsc;
    private final SocketChannel channel;
    private final OctetBuffer out = new OctetBuffer(4096);
    private boolean flushing;
    private boolean ending;
    private boolean finished;
    private boolean peerCloses;
    private boolean frozen;
    private boolean gathering;
    private boolean stopped;
    private long stoppedAt;
    private int unanswered;
    private int answeredSinceFlush;

    Line(Smsc smsc, SocketChannel channel) {
        this.smsc = smsc;
        this.channel = channel;
    }

    /** Where a PDU is to be written; it leaves with the present batch. */
    OctetBuffer out() {
        if (!flushing) {
            flushing = true;
            smsc.flushSoon(this);
        }
        return out;
    }

    void write(int command, int status, int sequence) {
        out().u32(HEADER).u32(command).u32(status).u32(sequence);
    }

    boolean hasRoom() {
        return !ending && !frozen && out.length() < MAX_UNFLUSHED && channel.isWritable();
    }

    /** Whether PDUs that came in may be handled. */
    boolean isHandling() {
        return !ending && !frozen;
    }

    boolean isEnding() {
        return ending;
    }

    /** Since when what was just read can have been there. */
    long noneBefore() {
        long watched = smsc.arrivals().noneBefore();
        long since = stopped && stoppedAt - watched < 0 ? stoppedAt : watched; // unread sockets are not looked at
        stopped = false;
        return since;
    }

    /** One more submit_sm awaits its answer. */
    int received() {
        return ++unanswered;
    }

    /** submit_sm without an answer on the wire, the present one included. */
    int unanswered() {
        return unanswered;
    }

    /** One submit_sm is done with, answered or never to be, once the present batch has left. */
    void settle() {
        answeredSinceFlush++;
        out();
    }

    void flush() {
        flushing = false;
        if (frozen) {
            return; // leaves when it thaws
        }
        unanswered -= answeredSinceFlush;
        answeredSinceFlush = 0;
        if (out.length() > 0 && channel.isActive()) {
            ByteBuf buffer = channel.alloc().directBuffer(out.length());
            buffer.writeBytes(out.octets(), 0, out.length());
            channel.writeAndFlush(buffer, channel.voidPromise());
        }
        out.clear();
        if (ending && !finished) {
            finished = true;
            if (!peerCloses) {
                // a plain close with octets unread would be a reset, and the peer might lose what was just written
                channel.shutdownOutput();
            }
            channel.eventLoop().schedule(this::close, LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    /**
     * Handles nothing more, and closes once the present batch has left.
     *
     * @param peerFirst whether the peer is to close first, as after an unbind_resp; not for long
     */
    void end(boolean peerFirst) {
        ending = true;
        peerCloses = peerFirst;
        out();
    }

    /** Closes at once with a TCP reset; what was not yet written is lost. */
    void reset() {
        ending = true;
        out.clear();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    void close() {
        channel.close();
    }

    /** Reads and writes nothing until {@link #thaw()}; the connection stays open. */
    void freeze() {
        frozen = true;
        readIfAllowed();
    }

    void thaw() {
        frozen = false;
        readIfAllowed();
        out();
    }

    /** Lets more octets gather in the kernel for a moment: many small reads cost more than one large. */
    void gather(boolean on) {
        gathering = on;
        readIfAllowed();
    }

    void readIfAllowed() {
        // an ESME that does not read its answers is not read either: memory stays bounded
        boolean reads = channel.isWritable() && !frozen && !gathering;
        if (!reads && channel.config().isAutoRead()) {
            stopped = true;
            stoppedAt = smsc.now();
        }
        channel.config().setAutoRead(reads);
    }
}
