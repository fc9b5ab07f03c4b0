// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.serial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link CompactWriter} wrote. Not thread-safe. Throws {@link IllegalStateException} when the octets are cut or wrong. */
public final class CompactReader {
    private final ByteBuffer octets;

    public CompactReader(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets);
    }

    public int octet() {
        need(1);
        return octets.get() & 0xFF;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number longer than 10 octets before " + octets.position());
    }

    public int smallNumber() {
        long value = number();
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new IllegalStateException(value + " does not fit 32 bits before " + octets.position());
        }
        return (int) value;
    }

    /** Number of elements that follow, each of at least {@code octetsEach}: refuses what cannot be before memory is taken for it. */
    public int count(int octetsEach) {
        long count = number();
        if (count < 0 || count > octets.remaining() / Math.max(1, octetsEach)) {
            throw new IllegalStateException(count + " elements in " + octets.remaining() + " octets");
        }
        return (int) count;
    }

    public long signed() {
        long folded = number();
        return folded >>> 1 ^ -(folded & 1);
    }

    public long fixed() {
        need(8);
        return octets.getLong();
    }

    public long[] fixed(int count) {
        need(Math.multiplyExact(count, 8));
        long[] values = new long[count];
        octets.asLongBuffer().get(values);
        octets.position(octets.position() + count * 8);
        return values;
    }

    public String text() {
        int length = count(1);
        String text = new String(octets.array(), octets.position(), length, StandardCharsets.UTF_8);
        octets.position(octets.position() + length);
        return text;
    }

    public byte[] octets() {
        byte[] read = new byte[count(1)];
        octets.get(read);
        return read;
    }

    public <T> List<T> list(Function<CompactReader, T> each) {
        return list(1, each);
    }

    /** @param octetsEach what an element has at least; see {@link #count} */
    public <T> List<T> list(int octetsEach, Function<CompactReader, T> each) {
        int count = count(octetsEach);
        List<T> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(each.apply(this));
        }
        return elements;
    }

    private void need(int more) {
        if (octets.remaining() < more) {
            throw new IllegalStateException("cut: " + more + " octets wanted, " + octets.remaining() + " there");
        }
    }
}
