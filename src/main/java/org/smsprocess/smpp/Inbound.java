// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DELIVER_SM or DATA_SM from the SMSC (SMPP 3.4 §4.6.1, §4.7.1), as tolerant decoding left it: SR and MO look the same here.
 * It must be answered once through {@link SmppLink#answer}, by {@link #commandId} and {@link #sequenceNumber}.
 */
public final class Inbound {
    /** command_id of DELIVER_SM. */
    public static final int DELIVER_SM = 0x00000005;
    /** command_id of DATA_SM. */
    public static final int DATA_SM = 0x00000103;

    private final int commandId;
    private final int sequenceNumber;
    private final SmppAddress source;
    private final SmppAddress destination;
    private final int esmClass;
    private final int dataCoding;
    private final byte[] shortMessage;
    private final List<Tlv> tlvs;

    /** @param sequenceNumber as received, any 32 bits */
    public Inbound(
            int commandId,
            int sequenceNumber,
            SmppAddress source,
            SmppAddress destination,
            int esmClass,
            int dataCoding,
            byte[] shortMessage,
            List<Tlv> tlvs) {
        this.commandId = commandId;
        this.sequenceNumber = sequenceNumber;
        this.source = source;
        this.destination = destination;
        this.esmClass = esmClass;
        this.dataCoding = dataCoding;
        this.shortMessage = shortMessage;
        this.tlvs = tlvs;
    }

    public int commandId() {
        return commandId;
    }

    public int sequenceNumber() {
        return sequenceNumber;
    }

    public SmppAddress source() {
        return source;
    }

    public SmppAddress destination() {
        return destination;
    }

    public int esmClass() {
        return esmClass;
    }

    public int dataCoding() {
        return dataCoding;
    }

    /** The octets of short_message, UDH included; empty when the text is in message_payload. */
    public byte[] shortMessage() {
        return shortMessage;
    }

    public List<Tlv> tlvs() {
        return tlvs;
    }

    /** First non-empty value with this tag. */
    public byte @Nullable [] tlv(int tag) {
        for (Tlv tlv : tlvs) {
            if (tlv.tag() == tag && tlv.value().length > 0) {
                return tlv.value();
            }
        }
        return null;
    }
}
