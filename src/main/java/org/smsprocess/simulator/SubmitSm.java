// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;

/**
 * A submit_sm (SMPP 3.4 §4.4.1) read in place: offsets into the received octets, no copies. One instance is used for
 * all messages of the simulator's only thread, so nothing may keep it beyond the call it was handed to.
 */
final class SubmitSm {
    private static final int TLV_SAR_REFERENCE = 0x020C;
    private static final int TLV_SAR_TOTAL = 0x020E;
    private static final int TLV_SAR_NUMBER = 0x020F;
    private static final int TLV_USER_MESSAGE_REFERENCE = 0x0204;
    private static final int TLV_MESSAGE_PAYLOAD = 0x0424;
    private static final int UDH_INDICATOR = 0x40;
    private static final int SINGLE_SHIFT = 0x24;
    private static final int LOCKING_SHIFT = 0x25;

    byte[] octets = new byte[0];
    /** From source TON to the end of source_addr with its NUL. */
    int sourceAt;

    int sourceLength;
    int destinationAt;
    int destinationLength;
    int esmClass;
    int registeredDelivery;
    int dataCoding;
    /** The text without UDH. */
    int textAt;

    int textLength;
    /** The UDH with its length octet, which is just before the text; 0: none. */
    int udhLength;

    /** Whether the UDH names a national language shift table. */
    boolean national;

    int partReference;
    /** 0: not a part of a multipart message. */
    int partTotal;

    int partNumber;
    /** -1: none. */
    int userMessageReference;

    /** @return false if the body is not a submit_sm; the PDU's octets go from {@code at} to {@code end} */
    boolean read(byte[] pdu, int at, int end) {
        octets = pdu;
        partTotal = 0;
        partNumber = 0;
        partReference = 0;
        udhLength = 0;
        national = false;
        userMessageReference = -1;
        int next = skipCString(at + 16, end);
        sourceAt = next;
        next = skipCString(next + 2, end);
        sourceLength = next - sourceAt;
        destinationAt = next;
        next = skipCString(next + 2, end);
        destinationLength = next - destinationAt;
        int fields = next;
        next = skipCString(next + 3, end); // schedule_delivery_time
        next = skipCString(next, end); // validity_period
        if (next < 0 || next + 5 > end) {
            return false;
        }
        esmClass = pdu[fields] & 0xFF;
        registeredDelivery = pdu[next] & 0xFF;
        dataCoding = pdu[next + 2] & 0xFF;
        textLength = pdu[next + 4] & 0xFF;
        textAt = next + 5;
        if (textAt + textLength > end || !readTlvs(textAt + textLength, end)) {
            return false;
        }
        return (esmClass & UDH_INDICATOR) == 0 || readUdh();
    }

    /** Octets of destination_addr without a leading "+". */
    int digitsAt() {
        int at = destinationAt + 2;
        return octets[at] == '+' ? at + 1 : at;
    }

    int digitsLength() {
        return destinationAt + destinationLength - 1 - digitsAt();
    }

    String source() {
        return new String(octets, sourceAt + 2, sourceLength - 3, StandardCharsets.ISO_8859_1);
    }

    String destination() {
        return new String(octets, destinationAt + 2, destinationLength - 3, StandardCharsets.ISO_8859_1);
    }

    private boolean readTlvs(int from, int end) {
        int at = from;
        while (at + 4 <= end) {
            int length = u16(at + 2);
            int value = at + 4;
            if (value + length > end) {
                return false;
            }
            readTlv(u16(at), value, length);
            at = value + length;
        }
        return at == end;
    }

    private void readTlv(int tag, int value, int length) {
        if (tag == TLV_MESSAGE_PAYLOAD) {
            textAt = value;
            textLength = length;
        } else if (tag == TLV_SAR_REFERENCE && length == 2) {
            partReference = u16(value);
        } else if (tag == TLV_SAR_TOTAL && length == 1) {
            partTotal = octets[value] & 0xFF;
        } else if (tag == TLV_SAR_NUMBER && length == 1) {
            partNumber = octets[value] & 0xFF;
        } else if (tag == TLV_USER_MESSAGE_REFERENCE && length == 2) {
            userMessageReference = u16(value);
        }
    }

    /** Information elements: 3GPP TS 23.040 §9.2.3.24; 0x00 and 0x08 are concatenation with 8 and 16 bits of reference. */
    private boolean readUdh() {
        if (textLength == 0) {
            return false;
        }
        udhLength = 1 + (octets[textAt] & 0xFF);
        if (udhLength > textLength) {
            return false;
        }
        int end = textAt + udhLength;
        int at = textAt + 1;
        while (at + 2 <= end) {
            int length = octets[at + 1] & 0xFF;
            if (at + 2 + length > end) {
                return false;
            }
            if (octets[at] == 0x00 && length == 3) {
                readPart(octets[at + 2] & 0xFF, at + 3);
            } else if (octets[at] == 0x08 && length == 4) {
                readPart(0x10000 | u16(at + 2), at + 4);
            } else if (octets[at] == SINGLE_SHIFT || octets[at] == LOCKING_SHIFT) {
                national = true;
            }
            at += 2 + length;
        }
        textAt += udhLength;
        textLength -= udhLength;
        return true;
    }

    private void readPart(int reference, int totalAt) {
        partReference = reference;
        partTotal = octets[totalAt] & 0xFF;
        partNumber = octets[totalAt + 1] & 0xFF;
    }

    private int u16(int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    /** @return the index after the NUL, negative if there is none before {@code end} (and then for every later field) */
    private int skipCString(int from, int end) {
        if (from < 0) {
            return from;
        }
        for (int at = from; at < end; at++) {
            if (octets[at] == 0) {
                return at + 1;
            }
        }
        return Integer.MIN_VALUE / 2;
    }
}
