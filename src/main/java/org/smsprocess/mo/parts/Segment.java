// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/**
 * One DELIVER_SM or DATA_SM taken apart: header, user data, and its place in a concatenated MO. Immutable; its arrays must not
 * be changed.
 */
public final class Segment {
    private final SmppAddress source;
    private final SmppAddress destination;
    private final int dataCoding;
    private final @Nullable Concat concat;
    private final byte[] udh;
    private final byte[] octets;
    private final boolean malformed;
    private final List<Tlv> tlvs;
    private final long receivedAtMillis;

    /**
     * @param concat null for an MO of one part
     * @param udh user data header with its length octet, empty when there is none
     * @param octets user data after the header
     * @param malformed the header announced could not be read and is left in {@code octets}
     * @param tlvs without message_payload and SAR, which are in the other fields
     */
    Segment(
            SmppAddress source,
            SmppAddress destination,
            int dataCoding,
            @Nullable Concat concat,
            byte[] udh,
            byte[] octets,
            boolean malformed,
            List<Tlv> tlvs,
            long receivedAtMillis) {
        this.source = source;
        this.destination = destination;
        this.dataCoding = dataCoding;
        this.concat = concat;
        this.udh = udh;
        this.octets = octets;
        this.malformed = malformed;
        this.tlvs = tlvs;
        this.receivedAtMillis = receivedAtMillis;
    }

    public SmppAddress source() {
        return source;
    }

    public SmppAddress destination() {
        return destination;
    }

    public int dataCoding() {
        return dataCoding;
    }

    @Nullable
    public Concat concat() {
        return concat;
    }

    public byte[] udh() {
        return udh;
    }

    public byte[] octets() {
        return octets;
    }

    public boolean isMalformed() {
        return malformed;
    }

    public List<Tlv> tlvs() {
        return tlvs;
    }

    public long receivedAtMillis() {
        return receivedAtMillis;
    }
}
