// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.spec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A PDU that a {@link RawSession} has read; its fields are read in order, as the specification lists them. */
public final class ReceivedPdu {
    private final byte[] octets;
    private int position = 16;

    ReceivedPdu(byte[] octets) {
        this.octets = octets;
    }

    public int commandId() {
        return ByteBuffer.wrap(octets).getInt(4);
    }

    public int commandStatus() {
        return ByteBuffer.wrap(octets).getInt(8);
    }

    public int sequenceNumber() {
        return ByteBuffer.wrap(octets).getInt(12);
    }

    /** Header included. */
    public byte[] octets() {
        return octets;
    }

    /** All that has not been read yet. */
    public byte[] rest() {
        return Arrays.copyOfRange(octets, position, octets.length);
    }

    public int octet() {
        return octets[position++] & 0xFF;
    }

    public String cString() {
        int from = position;
        while (octets[position] != 0) {
            position++;
        }
        return new String(octets, from, position++ - from, ISO_8859_1);
    }

    public byte[] octets(int count) {
        position += count;
        return Arrays.copyOfRange(octets, position - count, position);
    }

    /** Steps over the fields of a SUBMIT_SM or DELIVER_SM up to short_message, and returns that. */
    public byte[] shortMessage() {
        position = 16;
        cString(); // service_type
        octets(2);
        cString(); // source_addr
        octets(2);
        cString(); // destination_addr
        octets(3);
        cString(); // schedule_delivery_time
        cString(); // validity_period
        octets(4);
        return octets(octet());
    }

    @Override
    public String toString() {
        return RawPdu.name(commandId()) + " " + HexFormat.of().formatHex(octets);
    }
}
