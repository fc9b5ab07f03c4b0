// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import com.cloudhopper.smpp.SmppConstants;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BaseBindResp;
import com.cloudhopper.smpp.pdu.Pdu;
import com.cloudhopper.smpp.tlv.Tlv;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoder;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoderContext;
import com.cloudhopper.smpp.transcoder.PduTranscoder;
import com.cloudhopper.smpp.type.RecoverablePduException;
import com.cloudhopper.smpp.type.UnrecoverablePduException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.smsprocess.smpp.BindMode;

/** Reads and writes binds with the library's classes; they come once a connection, so their price does not matter. */
final class RarePdus {
    private static final byte INTERFACE_VERSION = 0x34;

    private final PduTranscoder transcoder = new DefaultPduTranscoder(new DefaultPduTranscoderContext());

    /** @return empty if it is not a well-formed bind */
    Optional<BaseBind<?>> readBind(byte[] octets, int at, int end) {
        try {
            Pdu pdu = transcoder.decode(Unpooled.wrappedBuffer(octets, at, end - at));
            return pdu instanceof BaseBind<?> bind ? Optional.of(bind) : Optional.empty();
        } catch (RecoverablePduException | UnrecoverablePduException malformed) {
            return Optional.empty();
        }
    }

    void writeBindResp(OctetBuffer out, BaseBind<?> bind, String systemId, int status) {
        BaseBindResp answer = (BaseBindResp) bind.createResponse();
        answer.setCommandStatus(status);
        if (status == 0) {
            answer.setSystemId(systemId);
            answer.addOptionalParameter(
                    new Tlv(SmppConstants.TAG_SC_INTERFACE_VERSION, new byte[] {INTERFACE_VERSION}));
        }
        try {
            ByteBuf encoded = transcoder.encode(answer);
            for (int i = encoded.readerIndex(); i < encoded.writerIndex(); i++) {
                out.u8(encoded.getByte(i));
            }
            encoded.release();
        } catch (RecoverablePduException | UnrecoverablePduException impossible) {
            throw new IllegalStateException("bind_resp for " + bind.getSystemId(), impossible);
        }
    }

    static BindMode mode(BaseBind<?> bind) {
        return switch (bind.getCommandId()) {
            case SmppConstants.CMD_ID_BIND_RECEIVER -> BindMode.RECEIVER;
            case SmppConstants.CMD_ID_BIND_TRANSMITTER -> BindMode.TRANSMITTER;
            default -> BindMode.TRANSCEIVER;
        };
    }
}
