// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the compact forms of this package. Not thread-safe.
 *
 * <pre>
 * number   base 128, least significant group first, bit 7 set on all octets but the last; at most 10 octets
 * signed   number with the sign folded in (zigzag: 0, -1, 1, -2, … → 0, 1, 2, 3, …)
 * fixed    8 octets, big-endian
 * text     number of octets, then UTF-8
 * </pre>
 */
final class CompactWriter {
    private byte[] octets;
    private int length;

    CompactWriter(int expectedLength) {
        octets = new byte[Math.max(32, expectedLength)];
    }

    CompactWriter octet(int value) {
        ensure(1);
        octets[length++] = (byte) value;
        return this;
    }

    CompactWriter number(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octets[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
        return this;
    }

    CompactWriter signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    CompactWriter fixed(long value) {
        ensure(8);
        ByteBuffer.wrap(octets).putLong(length, value);
        length += 8;
        return this;
    }

    /** Many {@link #fixed}, without their number. */
    CompactWriter fixed(long[] values) {
        int size = Math.multiplyExact(values.length, 8);
        ensure(size);
        ByteBuffer.wrap(octets, length, size).asLongBuffer().put(values);
        length += size;
        return this;
    }

    CompactWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        ensure(utf8.length);
        System.arraycopy(utf8, 0, octets, length, utf8.length);
        length += utf8.length;
        return this;
    }

    byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }

    private void ensure(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(length, more)));
        }
    }
}
