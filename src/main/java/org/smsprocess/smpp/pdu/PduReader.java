// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.smsprocess.smpp.Tlv;

/**
 * Reads the fields of one PDU one after the other and never fails: a field that is cut short yields what is there, a field that is
 * missing yields 0 or the empty string. What it had to put up with shows in {@link #isMalformed}. Used again for PDU after PDU;
 * confined to one thread.
 */
public final class PduReader {
    private static final byte[] NOTHING = {};

    private byte[] octets = NOTHING;
    private int position;
    private int end;
    private boolean malformed;
    private boolean exhausted;

    /** Starts at the body of the PDU at {@code offset}. */
    public void body(byte[] pdu, int offset, int length) {
        octets = pdu;
        position = offset + PduBuffer.HEADER_LENGTH;
        end = offset + length;
        malformed = false;
        exhausted = false;
    }

    /** Whether something did not follow the specification. */
    public boolean isMalformed() {
        return malformed;
    }

    /** Whether a field was asked for that is not there at all. */
    boolean isExhausted() {
        return exhausted;
    }

    public int remaining() {
        return end - position;
    }

    public int octet() {
        if (position >= end) {
            missing();
            return 0;
        }
        return octets[position++] & 0xFF;
    }

    /** A C-Octet String: up to the NUL, or up to the end of the PDU where that is missing. */
    public String cString() {
        int from = position;
        int nul = indexOfNul();
        position = nul + 1;
        return nul <= from ? "" : new String(octets, from, nul - from, ISO_8859_1);
    }

    public void skipCString() {
        position = indexOfNul() + 1;
    }

    /** @param count as the PDU says; fewer octets come back when fewer are left */
    byte[] octets(int count) {
        int there = Math.min(count, Math.max(remaining(), 0));
        malformed |= there < count;
        byte[] value = there == 0 ? NOTHING : Arrays.copyOfRange(octets, position, position + there);
        position += there;
        return value;
    }

    /** Everything that is left, as optional parameters; a cut one and padding at the end are left out. */
    List<Tlv> tlvs() {
        if (position >= end) {
            return List.of();
        }
        List<Tlv> tlvs = new ArrayList<>(4);
        while (end - position >= 4) {
            int tag = int16(position);
            int length = int16(position + 2);
            if (length > end - position - 4) {
                break;
            }
            if (tag != 0 || length != 0) { // some SMSCs fill up with zeros
                tlvs.add(new Tlv(tag, Arrays.copyOfRange(octets, position + 4, position + 4 + length)));
            }
            position += 4 + length;
        }
        malformed |= position != end;
        return tlvs;
    }

    private int int16(int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    private int indexOfNul() {
        if (position >= end) {
            missing();
            return position - 1; // the caller steps over the NUL
        }
        for (int i = position; i < end; i++) {
            if (octets[i] == 0) {
                return i;
            }
        }
        malformed = true;
        return end;
    }

    private void missing() {
        malformed = true;
        exhausted = true;
    }
}
