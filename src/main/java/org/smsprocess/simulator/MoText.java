// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text of an MO as short_message parts: GSM 03.38 if it can hold the text, else UCS-2; long ones by UDH with an 8-bit reference. */
final class MoText {
    private static final int OCTETS = 140;
    private static final int SEPTETS = 160;
    private static final int UDH = 6;
    private static final int SEPTETS_OF_PART = 153;
    private static final int UDH_INDICATOR = 0x40;
    private static final int UCS2 = 8;

    private MoText() {}

    /** One short_message, its UDH included. */
    static final class Part {
        private final byte[] octets;
        private final int dataCoding;
        private final boolean udh;

        Part(byte[] octets, int dataCoding, boolean udh) {
            this.octets = octets;
            this.dataCoding = dataCoding;
            this.udh = udh;
        }

        byte[] octets() {
            return octets;
        }

        int dataCoding() {
            return dataCoding;
        }

        int esmClass() {
            return udh ? UDH_INDICATOR : 0;
        }
    }

    /** @throws IllegalArgumentException if the text needs more than 255 parts */
    static List<Part> parts(String text, int reference) {
        boolean gsm = text.codePoints().allMatch(Alphabet::isGsm);
        int dataCoding = gsm ? 0 : UCS2;
        List<byte[]> units = new ArrayList<>(); // what must stay together: an escape pair, a surrogate pair
        int length = 0;
        for (int codePoint : text.codePoints().toArray()) {
            byte[] unit = gsm
                    ? Alphabet.gsm(codePoint)
                    : Character.toString(codePoint).getBytes(StandardCharsets.UTF_16BE);
            units.add(unit);
            length += unit.length;
        }
        if (length <= (gsm ? SEPTETS : OCTETS)) {
            return List.of(new Part(joined(units, 0), dataCoding, false));
        }
        List<byte[]> bodies = split(units, gsm ? SEPTETS_OF_PART : OCTETS - UDH);
        if (bodies.size() > 255) {
            throw new IllegalArgumentException("text needs " + bodies.size() + " parts (1 to 255)");
        }
        List<Part> parts = new ArrayList<>();
        for (byte[] body : bodies) {
            byte[] udh = {5, 0, 3, (byte) reference, (byte) bodies.size(), (byte) (parts.size() + 1)};
            System.arraycopy(udh, 0, body, 0, UDH);
            parts.add(new Part(body, dataCoding, true));
        }
        return parts;
    }

    private static List<byte[]> split(List<byte[]> units, int capacity) {
        List<byte[]> bodies = new ArrayList<>();
        List<byte[]> body = new ArrayList<>();
        int length = 0;
        for (byte[] unit : units) {
            if (length + unit.length > capacity) {
                bodies.add(joined(body, UDH));
                body.clear();
                length = 0;
            }
            body.add(unit);
            length += unit.length;
        }
        bodies.add(joined(body, UDH));
        return bodies;
    }

    private static byte[] joined(List<byte[]> units, int from) {
        OctetBuffer out = new OctetBuffer(from + OCTETS).zeros(from);
        units.forEach(out::add);
        return Arrays.copyOf(out.octets(), out.length());
    }
}
