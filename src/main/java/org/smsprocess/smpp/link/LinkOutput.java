// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import java.util.function.LongSupplier;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.pdu.InboundResp;
import org.smsprocess.smpp.pdu.PduBuffer;
import org.smsprocess.smpp.pdu.SubmitEncoder;

/**
 * Everything a link writes, in order. PDUs collect here and go to the socket together, in one buffer and without a promise each.
 * Past the lease's deadline nothing goes to the socket, whatever it is; it stays here. Confined to the link's event loop.
 */
final class LinkOutput {
    private final SocketChannel channel;
    private final LongSupplier writableUntilNanos;
    private final WireLimits limits;
    private final TraceLog trace;
    private final PduBuffer collected;
    private long writes;

    LinkOutput(SocketChannel channel, LongSupplier writableUntilNanos, WireLimits limits, TraceLog trace) {
        this.channel = channel;
        this.writableUntilNanos = writableUntilNanos;
        this.limits = limits;
        this.trace = trace;
        this.collected = new PduBuffer(limits.writeBurst());
    }

    TraceLog trace() {
        return trace;
    }

    void submit(Submit submit, int sequenceNumber) {
        int start = collected.length();
        SubmitEncoder.encode(submit, sequenceNumber, collected);
        trace.sent(collected.array(), start, collected.length() - start);
    }

    /** DELIVER_SM_RESP or DATA_SM_RESP. */
    void inboundResp(int commandId, int sequenceNumber, int commandStatus) {
        int start = collected.length();
        InboundResp.encode(commandId, sequenceNumber, commandStatus, collected);
        trace.sent(collected.array(), start, collected.length() - start);
    }

    void control(byte[] pdu) {
        collected.octets(pdu);
        trace.sent(pdu, 0, pdu.length);
    }

    /** Whether the lease allows to write at this moment. */
    boolean isAllowed() {
        return writableUntilNanos.getAsLong() - System.nanoTime() > 0; // a difference, because nanoTime may overflow
    }

    /** Whether the socket takes more, so that writing does not just fill memory. */
    boolean hasRoom() {
        return channel.isWritable();
    }

    boolean isEmpty() {
        return collected.isEmpty();
    }

    /** Whether enough has come together for one write. */
    boolean isBurst() {
        return collected.length() >= limits.writeBurst();
    }

    /** Whether more waits than the peer will ever read. */
    boolean isOverfull() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        long octets = pending == null ? 0 : pending.totalPendingWriteBytes();
        return octets + collected.length() > limits.maxUnwritten();
    }

    /** @return false if something is left because the lease has run out */
    boolean flush() {
        if (collected.isEmpty()) {
            return true;
        }
        if (!channel.isActive() || channel.isOutputShutdown()) { // a write has failed; what is left is only read
            collected.clear(limits.writeBurst());
            return true;
        }
        if (!isAllowed()) {
            return false;
        }
        ByteBuf octets = channel.alloc().buffer(collected.length());
        octets.writeBytes(collected.array(), 0, collected.length());
        channel.writeAndFlush(octets, channel.voidPromise()); // a failed write shows as an exception of the channel
        collected.clear(limits.writeBurst() * 2);
        writes++;
        return true;
    }

    long writes() {
        return writes;
    }
}
