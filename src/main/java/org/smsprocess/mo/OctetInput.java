// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what {@link OctetOutput} wrote. Not thread-safe. */
final class OctetInput {
    private final ByteBuffer in;

    OctetInput(byte[] octets) {
        in = ByteBuffer.wrap(octets);
    }

    /** @throws BufferUnderflowException at the end, as all methods here */
    long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte octet = in.get();
            number |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                break;
            }
        }
        return number;
    }

    int smallNumber() {
        return (int) number();
    }

    long fixed() {
        return in.getLong();
    }

    byte[] octets() {
        int length = smallNumber();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] octets = new byte[length];
        in.get(octets);
        return octets;
    }

    String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    <T> List<T> list(Function<OctetInput, T> each) {
        int size = smallNumber();
        if (size < 0 || size > in.remaining()) {
            throw new BufferUnderflowException(); // an item is at least one octet
        }
        List<T> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(each.apply(this));
        }
        return items;
    }
}
