// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.text.charsets;

/** Septets in octets (3GPP TS 23.038 §6.1.2.1.1): the first septet in the low bits, the next one above it. */
public final class Septets {
    private static final byte CR = 0x0D;

    private Septets() {}

    /** Septets that a header of so many octets takes, fill bits included (3GPP TS 23.040 §9.2.3.24). */
    public static int ofHeader(int headerOctets) {
        return (headerOctets * 8 + 6) / 7;
    }

    /** Octets of a header, its fill bits and so many packed septets. */
    public static int packedLength(int headerOctets, int septets) {
        return ((ofHeader(headerOctets) + septets) * 7 + 7) / 8;
    }

    /**
     * Packs {@code septets[from..to)} behind a header that is already in {@code into}. If seven bits stay free they become a
     * CR: who only knows the number of octets would take zeros for an {@code @} (3GPP TS 23.038 §6.1.2.3.1).
     */
    public static void pack(byte[] septets, int from, int to, byte[] into, int headerOctets) {
        int bit = ofHeader(headerOctets) * 7;
        for (int i = from; i < to; i++, bit += 7) {
            put(into, bit, septets[i]);
        }
        if (into.length * 8 - bit == 7) {
            put(into, bit, CR);
        }
    }

    /** All whole septets behind a header of so many octets. */
    public static byte[] unpack(byte[] packed, int headerOctets) {
        int first = ofHeader(headerOctets);
        int count = Math.max(0, packed.length * 8 / 7 - first);
        byte[] septets = new byte[count];
        for (int i = 0, bit = first * 7; i < count; i++, bit += 7) {
            int low = (packed[bit >>> 3] & 0xFF) >>> (bit & 7);
            int high = (bit & 7) > 1 ? (packed[(bit >>> 3) + 1] & 0xFF) << 8 - (bit & 7) : 0;
            septets[i] = (byte) ((low | high) & 0x7F);
        }
        return septets;
    }

    private static void put(byte[] into, int bit, byte septet) {
        into[bit >>> 3] |= (byte) (septet << (bit & 7));
        if ((bit & 7) > 1) {
            into[(bit >>> 3) + 1] |= (byte) (septet >>> 8 - (bit & 7));
        }
    }
}
