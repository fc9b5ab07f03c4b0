// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.pdu;

import com.cloudhopper.smpp.pdu.Pdu;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoder;
import com.cloudhopper.smpp.transcoder.DefaultPduTranscoderContext;
import com.cloudhopper.smpp.transcoder.PduTranscoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What the library makes of octets and of PDUs, to be compared with ours. */
final class LibraryPdus {
    private static final PduTranscoder TRANSCODER = new DefaultPduTranscoder(new DefaultPduTranscoderContext());

    private LibraryPdus() {}

    static Pdu decode(byte[] octets) throws Exception {
        return TRANSCODER.decode(Unpooled.wrappedBuffer(octets));
    }

    static byte[] encode(Pdu pdu, int sequenceNumber, int commandStatus) throws Exception {
        pdu.setSequenceNumber(sequenceNumber);
        pdu.setCommandStatus(commandStatus);
        ByteBuf encoded = TRANSCODER.encode(pdu);
        byte[] octets = new byte[encoded.readableBytes()];
        encoded.readBytes(octets);
        return octets;
    }
}
