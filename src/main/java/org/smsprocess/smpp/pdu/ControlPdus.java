// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BindReceiver;
import com.cloudhopper.smpp.pdu.BindTransceiver;
import com.cloudhopper.smpp.pdu.BindTransmitter;
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
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppAddress;

/** The PDUs that are few and go out, through the library's classes and transcoder. Thread-safe. */
public final class ControlPdus {
    private static final PduTranscoder TRANSCODER = new DefaultPduTranscoder(new DefaultPduTranscoderContext());

    private ControlPdus() {}

    /** BIND_TRANSCEIVER, BIND_TRANSMITTER or BIND_RECEIVER (SMPP 3.4 §4.1), interface_version 3.4. */
    public static byte[] bind(LinkSettings settings, int sequenceNumber) {
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

    public static byte[] enquireLink(int sequenceNumber) {
        return encode(new EnquireLink(), sequenceNumber, 0);
    }

    public static byte[] enquireLinkResp(int sequenceNumber) {
        return encode(new EnquireLinkResp(), sequenceNumber, 0);
    }

    public static byte[] unbind(int sequenceNumber) {
        return encode(new Unbind(), sequenceNumber, 0);
    }

    public static byte[] unbindResp(int sequenceNumber) {
        return encode(new UnbindResp(), sequenceNumber, 0);
    }

    public static byte[] genericNack(int sequenceNumber, int commandStatus) {
        return encode(new GenericNack(), sequenceNumber, commandStatus);
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
