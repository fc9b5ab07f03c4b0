// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.Tlv;

/**
 * Octets of PDUs on their way out, one after the other, in one array that is used again after each write.
 *
 * <pre>
 * command_length (4) | command_id (4) | command_status (4) | sequence_number (4) | body, command_length - 16 octets
 * </pre>
 *
 * Confined to one thread.
 */
public final class PduBuffer {
    public static final int HEADER_LENGTH = 16;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] octets;
    private int length;

    public PduBuffer(int initialCapacity) {
        octets = new byte[initialCapacity];
    }

    /** @return the offset of the PDU, for {@link #end} */
    public int begin(int commandId, int commandStatus, int sequenceNumber) {
        int start = length;
        ensure(HEADER_LENGTH);
        INT.set(octets, start + 4, commandId);
        INT.set(octets, start + 8, commandStatus);
        INT.set(octets, start + 12, sequenceNumber);
        length = start + HEADER_LENGTH;
        return start;
    }

    /** Fills in command_length, now that it is known. */
    public void end(int start) {
        INT.set(octets, start, length - start);
    }

    public void octet(int value) {
        ensure(1);
        octets[length++] = (byte) value;
    }

    public void octets(byte[] value) {
        octets(value, 0, value.length);
    }

    public void octets(byte[] value, int offset, int count) {
        ensure(count);
        System.arraycopy(value, offset, octets, length, count);
        length += count;
    }

    /** C-Octet String, in ISO 8859-1; what that lacks becomes a question mark. Null is the empty string. */
    public void cString(@Nullable String value) {
        if (value == null) {
            octet(0);
            return;
        }
        int count = value.length();
        ensure(count + 1);
        for (int i = 0; i < count; i++) {
            char c = value.charAt(i);
            octets[length++] = (byte) (c <= 0xFF ? c : '?');
        }
        octets[length++] = 0;
    }

    void tlv(Tlv tlv) {
        byte[] value = tlv.value();
        ensure(4 + value.length);
        INT.set(octets, length, tlv.tag() << 16 | value.length);
        length += 4;
        octets(value);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** The array itself: valid up to {@link #length}, until the next change. */
    public byte[] array() {
        return octets;
    }

    /** @param keep octets of capacity to keep for the next PDUs; more is given back to the heap */
    public void clear(int keep) {
        length = 0;
        if (octets.length > keep) {
            octets = new byte[keep];
        }
    }

    private void ensure(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
    }
}
