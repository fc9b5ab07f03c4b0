// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes what {@link OctetInput} reads. A number is 7 bits an octet, least significant first, bit 8 set on all but the last; a
 * text (UTF-8), octets and lists have their length first. Not thread-safe.
 */
final class OctetOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    OctetOutput number(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** Eight octets, for numbers whose high bits are rarely 0. */
    OctetOutput fixed(long number) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
        return this;
    }

    OctetOutput octets(byte[] octets) {
        number(octets.length);
        out.writeBytes(octets);
        return this;
    }

    OctetOutput text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    <T> OctetOutput list(Collection<T> items, BiConsumer<OctetOutput, T> each) {
        number(items.size());
        items.forEach(item -> each.accept(this, item));
        return this;
    }

    byte[] toOctets() {
        return out.toByteArray();
    }
}
