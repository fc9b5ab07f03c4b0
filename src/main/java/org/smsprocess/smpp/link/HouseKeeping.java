// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static com.cloudhopper.smpp.SmppConstants.CMD_ID_ALERT_NOTIFICATION;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_ENQUIRE_LINK;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_ENQUIRE_LINK_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_GENERIC_NACK;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_OUTBIND;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.pdu.ControlPdus;
import org.smsprocess.smpp.pdu.Octets;
import org.smsprocess.smpp.pdu.PduBuffer;
import org.smsprocess.smpp.pdu.PduText;

/**
 * The PDUs that are dealt with in the same way before and after BIND_RESP. ENQUIRE_LINK is answered here, on the I/O thread, however
 * busy the rest of the process is. Confined to the link's event loop.
 */
final class HouseKeeping {
    private static final Logger LOG = LoggerFactory.getLogger(HouseKeeping.class);

    private final String name;
    private final LinkOutput output;
    private final LinkCounters counters;

    HouseKeeping(String name, LinkOutput output, LinkCounters counters) {
        this.name = name;
        this.output = output;
        this.counters = counters;
    }

    /** Takes any PDU that has no meaning of its own where the link stands. */
    void onPdu(int commandId, byte[] octets, int offset, int length) {
        int sequenceNumber = Octets.int32(octets, offset + 12);
        switch (commandId) {
            case CMD_ID_ENQUIRE_LINK -> {
                noBody(octets, offset, length);
                output.control(ControlPdus.enquireLinkResp(sequenceNumber));
            }
            case CMD_ID_ENQUIRE_LINK_RESP -> noBody(octets, offset, length); // that it came is all that counts
            case CMD_ID_ALERT_NOTIFICATION -> { // has no response (SMPP 3.4 §4.12.1)
                counters.alerts++;
                LOG.info("{}: alert_notification: {}", name, PduText.describe(octets, offset, length, false));
            }
            case CMD_ID_OUTBIND -> // asks for the bind that we are making anyway; has no response (§4.1.7)
                LOG.info("{}: outbind on a connection of ours is ignored", name);
            default -> {
                if (LinkChannel.isResponse(commandId) || commandId == CMD_ID_GENERIC_NACK) {
                    counters.unexpected(octets, offset, length); // never nack a response
                } else {
                    counters.malformed("unknown request", octets, offset, length);
                    output.control(ControlPdus.genericNack(sequenceNumber, CommandStatus.ESME_RINVCMDID));
                }
            }
        }
    }

    void onUnbind(byte[] octets, int offset, int length) {
        noBody(octets, offset, length);
        output.control(ControlPdus.unbindResp(Octets.int32(octets, offset + 12)));
    }

    /** Where the next PDU begins is not known: says so, as the last word. */
    void onBrokenStream() {
        output.control(ControlPdus.genericNack(0, CommandStatus.ESME_RINVCMDLEN));
    }

    /** Header-only PDUs with a body are taken as if they had none. */
    void noBody(byte[] octets, int offset, int length) {
        if (length > PduBuffer.HEADER_LENGTH) {
            counters.malformed("body where none belongs", octets, offset, length);
        }
    }
}
