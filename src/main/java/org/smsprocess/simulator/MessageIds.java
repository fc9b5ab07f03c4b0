// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.smsprocess.simulator.settings.MessageIdSettings;

/** Gives message_id: a rising number, written as the settings say. Not thread-safe. */
final class MessageIds {
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

    private final MessageIdSettings.Format format;
    private long next;

    MessageIds(MessageIdSettings settings, RandomGenerator random) {
        format = settings.format();
        next = settings.first() != 0
                ? settings.first()
                : random.nextLong(MessageIdSettings.SMALLEST, MessageIdSettings.LARGEST);
    }

    long next() {
        long id = next;
        next = id == MessageIdSettings.LARGEST ? MessageIdSettings.SMALLEST : id + 1;
        return id;
    }

    /** Writes the id as submit_sm_resp has it, without NUL. */
    void writeAnswer(OctetBuffer out, long id) {
        switch (format) {
            case DECIMAL, DECIMAL_THEN_HEX -> decimal(out, id);
            case HEX, HEX_THEN_DECIMAL -> hex(out, id, LOWER);
            case HEX_UPPER_THEN_LOWER -> hex(out, id, UPPER);
            case PADDED -> {
                text(out, "0000000000");
                decimal(out, id);
            }
            case UUID -> text(out, uuid(id));
        }
    }

    /** Writes the id as SR have it, without NUL. */
    void writeSr(OctetBuffer out, long id) {
        switch (format) {
            case DECIMAL, HEX_THEN_DECIMAL, PADDED -> decimal(out, id);
            case HEX, DECIMAL_THEN_HEX, HEX_UPPER_THEN_LOWER -> hex(out, id, LOWER);
            case UUID -> text(out, uuid(id));
        }
    }

    /** @return the id that {@link #writeAnswer} writes like this, or -1 if that cannot be told */
    long parse(String text) {
        try {
            return switch (format) {
                case DECIMAL, DECIMAL_THEN_HEX, PADDED -> Long.parseUnsignedLong(text);
                case HEX, HEX_THEN_DECIMAL, HEX_UPPER_THEN_LOWER -> Long.parseUnsignedLong(text, 16);
                case UUID -> -1;
            };
        } catch (NumberFormatException foreign) {
            return -1;
        }
    }

    String answer(long id) {
        OctetBuffer out = new OctetBuffer(40);
        writeAnswer(out, id);
        return new String(out.octets(), 0, out.length(), StandardCharsets.ISO_8859_1);
    }

    private static void decimal(OctetBuffer out, long id) {
        int at = out.length();
        out.zeros(10);
        long rest = id;
        for (int i = 9; i >= 0; i--) {
            out.setU8(at + i, '0' + (int) (rest % 10));
            rest /= 10;
        }
    }

    /** No leading zeros, so that the value is what both sides may compare. */
    private static void hex(OctetBuffer out, long id, byte[] digitOf) {
        int length = (67 - Long.numberOfLeadingZeros(id)) / 4;
        for (int i = length - 1; i >= 0; i--) {
            out.u8(digitOf[(int) (id >>> 4 * i) & 0xF]);
        }
    }

    private static void text(OctetBuffer out, String text) {
        out.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String uuid(long id) {
        return new UUID(Hashing.mix(id) & ~0xF000L | 0x4000L, Hashing.mix(~id) >>> 2 | 1L << 63).toString();
    }
}
