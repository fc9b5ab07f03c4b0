// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.Arrays;

/** Growing octets, big-endian, into which PDUs are written; reused, never shared: confined to the simulator's thread. */
final class OctetBuffer {
    private byte[] octets;
    private int length;

    OctetBuffer(int capacity) {
        octets = new byte[capacity];
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    OctetBuffer u8(int value) {
        room(1);
        octets[length++] = (byte) value;
        return this;
    }

    OctetBuffer u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    OctetBuffer u32(int value) {
        room(4);
        setU32(length, value);
        length += 4;
        return this;
    }

    OctetBuffer add(byte[] source) {
        return add(source, 0, source.length);
    }

    OctetBuffer add(byte[] source, int at, int count) {
        room(count);
        System.arraycopy(source, at, octets, length, count);
        length += count;
        return this;
    }

    /** {@code count} octets 0. */
    OctetBuffer zeros(int count) {
        room(count);
        Arrays.fill(octets, length, length + count, (byte) 0);
        length += count;
        return this;
    }

    /** Writes over four octets that are there already. */
    void setU32(int at, int value) {
        octets[at] = (byte) (value >>> 24);
        octets[at + 1] = (byte) (value >>> 16);
        octets[at + 2] = (byte) (value >>> 8);
        octets[at + 3] = (byte) value;
    }

    void setU8(int at, int value) {
        octets[at] = (byte) value;
    }

    private void room(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + count));
        }
    }
}
