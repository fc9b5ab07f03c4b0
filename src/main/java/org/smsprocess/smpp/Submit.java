// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One SUBMIT_SM to be sent (SMPP 3.4 §4.4.1): one part of one MT. Immutable once handed to a link; its arrays must not be
 * changed.
 */
public final class Submit {
    /** Octets of short_message (SMPP 3.4 §5.2.22). */
    private static final int LONGEST = 254;

    private final long mtId;
    private final int part;
    private final int parts;
    private final SmppAddress source;
    private final SmppAddress destination;
    private final Fields fields;
    private final byte[] shortMessage;
    private final List<Tlv> tlvs;

    /**
     * What all parts of one MT, and often all MT of one delivery, have in common.
     *
     * @param esmClass without the UDHI bit; see {@code udhi}
     * @param udhi sets bit 6 of esm_class
     * @param validityPeriod absolute or relative SMPP time (§7.1.1), or null for none
     */
    public record Fields(
            String serviceType,
            int esmClass,
            boolean udhi,
            int protocolId,
            int priorityFlag,
            @Nullable String scheduleDeliveryTime,
            @Nullable String validityPeriod,
            int dataCoding) {}

    private final int registeredDelivery;

    /**
     * @param part 1 to {@code parts}
     * @param registeredDelivery SMPP 3.4 §5.2.17: 1 asks for an SR, 0 does not
     * @param shortMessage the octets of short_message, UDH included, at most 254; empty when a message_payload TLV is there
     * @throws IllegalArgumentException if shortMessage is longer
     */
    public Submit(
            long mtId,
            int part,
            int parts,
            SmppAddress source,
            SmppAddress destination,
            Fields fields,
            int registeredDelivery,
            byte[] shortMessage,
            List<Tlv> tlvs) {
        if (shortMessage.length > LONGEST) {
            throw new IllegalArgumentException(
                    "short_message of " + shortMessage.length + " octets is too long (" + LONGEST + ")");
        }
        this.mtId = mtId;
        this.part = part;
        this.parts = parts;
        this.source = source;
        this.destination = destination;
        this.fields = fields;
        this.registeredDelivery = registeredDelivery;
        this.shortMessage = shortMessage;
        this.tlvs = tlvs;
    }

    public long mtId() {
        return mtId;
    }

    public int part() {
        return part;
    }

    public int parts() {
        return parts;
    }

    public SmppAddress source() {
        return source;
    }

    public SmppAddress destination() {
        return destination;
    }

    public Fields fields() {
        return fields;
    }

    public int registeredDelivery() {
        return registeredDelivery;
    }

    public byte[] shortMessage() {
        return shortMessage;
    }

    public List<Tlv> tlvs() {
        return tlvs;
    }
}
