// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BindReceiver;
import com.cloudhopper.smpp.pdu.BindTransceiver;
import com.cloudhopper.smpp.pdu.BindTransmitter;
import com.cloudhopper.smpp.pdu.DataSmResp;
import com.cloudhopper.smpp.pdu.DeliverSmResp;
import com.cloudhopper.smpp.pdu.EnquireLink;
import com.cloudhopper.smpp.pdu.EnquireLinkResp;
import com.cloudhopper.smpp.pdu.GenericNack;
import com.cloudhopper.smpp.pdu.Pdu;
import com.cloudhopper.smpp.pdu.Unbind;
import com.cloudhopper.smpp.pdu.UnbindResp;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoder;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoderContext;
import com.cloudhopper.smpp.transcoder.PduTranscoder;
import com.cloudhopper.smpp.type.Address;
import com.cloudhopper.smpp.type.RecoverablePduException;
import com.cloudhopper.smpp.type.UnrecoverablePduException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The PDUs that are few, in and out, through the library's classes and transcoder. Thread-safe. */
final class ControlPdus {
    private static final PduTranscoder TRANSCODER = new DefaultPduTranscoder(new DefaultPduTranscoderContext());

    private ControlPdus() {}

    /** BIND_TRANSCEIVER, BIND_TRANSMITTER or BIND_RECEIVER (SMPP 3.4 §4.1), interface_version 3.4. */
    static byte[] bind(LinkSettings settings, int sequenceNumber) {
        BaseBind<?> bind = switch (settings.mode()) {
            case TRANSCEIVER -> new BindTransceiver();
            case TRANSMITTER -> new BindTransmitter();
            case RECEIVER -> new BindReceiver();
        };
        SmppAddress range = settings.addressRange();
        bind.setSystemId(settings.systemId());
        bind.setPassword(settings.password());
        bind.setSystemType(settings.systemType());
        bind.setInterfaceVersion(SmppConstants.VERSION_3_4);
        bind.setAddressRange(new Address((byte) range.ton(), (byte) range.npi(), range.number()));
        return encode(bind, sequenceNumber, 0);
    }

    static byte[] enquireLink(int sequenceNumber) {
        return encode(new EnquireLink(), sequenceNumber, 0);
    }

    static byte[] enquireLinkResp(int sequenceNumber) {
        return encode(new EnquireLinkResp(), sequenceNumber, 0);
    }

    static byte[] unbind(int sequenceNumber) {
        return encode(new Unbind(), sequenceNumber, 0);
    }

    static byte[] unbindResp(int sequenceNumber) {
        return encode(new UnbindResp(), sequenceNumber, 0);
    }

    static byte[] genericNack(int sequenceNumber, int commandStatus) {
        return encode(new GenericNack(), sequenceNumber, commandStatus);
    }

    /** DELIVER_SM_RESP or DATA_SM_RESP, with an empty message_id (one NUL). */
    static byte[] inboundResp(int commandId, int sequenceNumber, int commandStatus) {
        return encode(
                commandId == Inbound.DATA_SM ? new DataSmResp() : new DeliverSmResp(), sequenceNumber, commandStatus);
    }

    /** What the library makes of a PDU, in part if it does not like all of it; null if it likes nothing. */
    static @Nullable Pdu decode(byte[] pdu, int offset, int length) {
        try {
            return TRANSCODER.decode(Unpooled.wrappedBuffer(pdu, offset, length));
        } catch (RecoverablePduException malformed) {
            return malformed.getPartialPdu();
        } catch (UnrecoverablePduException | IndexOutOfBoundsException hopeless) { // it trusts the lengths inside
            return null;
        }
    }

    private static byte[] encode(Pdu pdu, int sequenceNumber, int commandStatus) {
        pdu.setSequenceNumber(sequenceNumber);
        pdu.setCommandStatus(commandStatus);
        try {
            ByteBuf encoded = TRANSCODER.encode(pdu); // on the heap, never pooled
            byte[] octets = new byte[encoded.readableBytes()];
            encoded.readBytes(octets);
            return octets;
        } catch (RecoverablePduException | UnrecoverablePduException impossible) {
            throw new IllegalStateException("cannot encode " + pdu.getName(), impossible);
        }
    }
}
