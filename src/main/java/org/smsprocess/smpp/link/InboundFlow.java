// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.pdu.Octets;
import org.smsprocess.smpp.pdu.TolerantDecoder;

/**
 * The way of DELIVER_SM and DATA_SM through one link: decoded, told in batches, counted until they are answered. Confined to the
 * link's event loop.
 *
 * <p>How many may wait for their answer is limited, and the limit must not block itself: an SR often can be answered only when the
 * SUBMIT_SM_RESP of its message is known, which is behind it in the same socket. So a link that is full does not just stop reading:
 * <ol>
 *   <li>{@link #isFull}: it writes no new SUBMIT_SM, and reads on until every open one has its answer or its timeout;
 *   <li>only then does it stop reading. No SUBMIT_SM_RESP can be unread at that point, on this link, nor on another link of the
 *       account for the same reason; so what the waiting SR wait for has arrived, and reading goes on when they are answered;
 *   <li>{@link #isOverrun}: an SMSC that sends twice the limit meanwhile gets ESME_RX_T_APPN, which asks it to send again later.
 * </ol>
 */
final class InboundFlow {
    private final int limit;
    private final TolerantDecoder decoder;
    private final LinkOutput output;
    private final LinkCounters counters;
    private List<Inbound> arrived = new ArrayList<>();
    private int unanswered;

    InboundFlow(int limit, TolerantDecoder decoder, LinkOutput output, LinkCounters counters) {
        this.limit = limit;
        this.decoder = decoder;
        this.output = output;
        this.counters = counters;
    }

    boolean isFull() {
        return unanswered >= limit;
    }

    private boolean isOverrun() {
        return unanswered >= 2L * limit;
    }

    void onPdu(int commandId, byte[] pdu, int offset, int length) {
        counters.received++;
        int sequenceNumber = Octets.int32(pdu, offset + 12);
        @Nullable
        Inbound inbound = commandId == Inbound.DATA_SM
                ? decoder.dataSm(pdu, offset, length)
                : decoder.deliverSm(pdu, offset, length);
        if (decoder.isMalformed()) {
            counters.malformed(commandId == Inbound.DATA_SM ? "data_sm" : "deliver_sm", pdu, offset, length);
        }
        if (inbound == null) {
            output.inboundResp(commandId, sequenceNumber, CommandStatus.ESME_RINVCMDLEN);
        } else if (isOverrun()) {
            output.inboundResp(commandId, sequenceNumber, CommandStatus.ESME_RX_T_APPN);
        } else {
            unanswered++;
            arrived.add(inbound);
        }
    }

    void answer(List<InboundAnswer> answers) {
        for (InboundAnswer answer : answers) {
            output.inboundResp(answer.commandId(), answer.sequenceNumber(), answer.commandStatus());
        }
        unanswered = Math.max(0, unanswered - answers.size());
    }

    /** @return what arrived since the last call */
    List<Inbound> takeArrived() {
        if (arrived.isEmpty()) {
            return List.of();
        }
        List<Inbound> taken = arrived;
        arrived = new ArrayList<>(taken.size());
        return taken;
    }
}
