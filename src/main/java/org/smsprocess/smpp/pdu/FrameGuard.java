// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Cuts the octets of a TCP stream into PDUs by command_length, and stops at the first length that cannot be true: nothing after
 * it can be trusted. Looks at nothing but the length, so that a PDU which cannot be decoded never holds up its neighbours.
 *
 * <p>The octets live in one array: what a read brought is copied behind the piece of a PDU that the last read left. Confined to
 * the link's event loop.
 */
public final class FrameGuard {
    /** Takes what the guard cut. */
    public interface Sink {
        /**
         * One whole PDU, header included; valid during the call only.
         *
         * @param length 16 to max-pdu-size
         * @return false to see no more of them
         */
        boolean onPdu(byte[] octets, int offset, int length);

        /** The stream cannot be cut any further. Called once, last. */
        void onBrokenStream(String reason);
    }

    private final int maxPduSize;
    private final int initialCapacity;
    private byte[] octets;
    private int start;
    private int end;
    private boolean stopped;

    public FrameGuard(int initialCapacity, int maxPduSize) {
        this.initialCapacity = initialCapacity;
        this.maxPduSize = maxPduSize;
        this.octets = new byte[initialCapacity];
    }

    /** Consumes all of {@code in} and hands over every PDU that is now whole. */
    public void read(ByteBuf in, Sink sink) {
        int count = in.readableBytes();
        if (stopped) {
            in.skipBytes(count);
            return;
        }
        makeRoom(count);
        in.readBytes(octets, end, count);
        end += count;
        while (!stopped && end - start >= 4) {
            int length = Octets.int32(octets, start);
            if (length < PduBuffer.HEADER_LENGTH || length > maxPduSize) {
                stopped = true;
                sink.onBrokenStream(whatIsWrong(length));
            } else if (end - start < length) {
                break;
            } else {
                start += length;
                stopped = !sink.onPdu(octets, start - length, length);
            }
        }
        if (start == end) {
            start = 0;
            end = 0;
        }
    }

    private void makeRoom(int count) {
        int left = end - start;
        if (octets.length - end >= count) {
            return;
        }
        byte[] target = left + count <= octets.length ? octets : new byte[Math.max(initialCapacity, left + count)];
        System.arraycopy(octets, start, target, 0, left);
        octets = target;
        start = 0;
        end = left;
    }

    private String whatIsWrong(int length) {
        byte[] first = Arrays.copyOfRange(octets, start, Math.min(end, start + 16));
        String guess = Octets.guessProtocol(first);
        String limit = length < 0 || length > maxPduSize
                ? "longer than max-pdu-size " + maxPduSize
                : "shorter than a PDU header";
        return "command_length " + Integer.toUnsignedString(length) + " is " + limit
                + (guess.isEmpty() ? "" : "; this looks like " + guess) + "; first octets "
                + Octets.hex(first, 0, first.length);
    }
}
