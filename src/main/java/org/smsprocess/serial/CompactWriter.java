// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes what {@link CompactReader} reads. Not thread-safe.
 *
 * <pre>
 * number   base 128, least significant group first, bit 7 set on all octets but the last; at most 10 octets
 * signed   number with the sign folded in (zigzag: 0, -1, 1, -2, … → 0, 1, 2, 3, …)
 * fixed    8 octets, big-endian
 * octets   their number, then they
 * text     octets of UTF-8
 * list     number of elements, then they
 * </pre>
 */
public final class CompactWriter {
    private byte[] octets;
    private int length;

    /** @param expectedLength in octets; more may be written */
    public CompactWriter(int expectedLength) {
        octets = new byte[Math.max(32, expectedLength)];
    }

    public CompactWriter octet(int value) {
        ensure(1);
        octets[length++] = (byte) value;
        return this;
    }

    public CompactWriter number(long value) {
        ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octets[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
        return this;
    }

    public CompactWriter signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    public CompactWriter fixed(long value) {
        ensure(8);
        ByteBuffer.wrap(octets).putLong(length, value);
        length += 8;
        return this;
    }

    /** Many {@link #fixed}, without their number. */
    public CompactWriter fixed(long[] values) {
        int size = Math.multiplyExact(values.length, 8);
        ensure(size);
        ByteBuffer.wrap(octets, length, size).asLongBuffer().put(values);
        length += size;
        return this;
    }

    public CompactWriter octets(byte[] value) {
        number(value.length);
        ensure(value.length);
        System.arraycopy(value, 0, octets, length, value.length);
        length += value.length;
        return this;
    }

    public CompactWriter text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    public <T> CompactWriter list(Collection<T> elements, BiConsumer<CompactWriter, T> each) {
        number(elements.size());
        elements.forEach(element -> each.accept(this, element));
        return this;
    }

    public byte[] toOctets() {
        return Arrays.copyOf(octets, length);
    }

    private void ensure(int more) {
        if (octets.length - length < more) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, Math.addExact(length, more)));
        }
    }
}
