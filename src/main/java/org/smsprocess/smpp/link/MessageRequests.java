// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static com.cloudhopper.smpp.SmppConstants.CMD_ID_CANCEL_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_CANCEL_SM_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_GENERIC_NACK;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_QUERY_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_QUERY_SM_RESP;

import it.unimi.dsi.fastutil.ints.Int2ObjectLinkedOpenHashMap;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.MessageAnswer;
import org.smsprocess.smpp.MessageAnswer.Kind;
import org.smsprocess.smpp.MessageRequest;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.pdu.Octets;
import org.smsprocess.smpp.pdu.PduBuffer;
import org.smsprocess.smpp.pdu.PduReader;

/**
 * The CANCEL_SM and QUERY_SM of one link that have no answer yet, by sequence_number. They are few and take no place in the window of
 * SUBMIT_SM; all wait equally long, so the first is the next to time out. Confined to the link's event loop.
 */
final class MessageRequests {
    private record Open(int answerId, CompletableFuture<MessageAnswer> answer, long sentNanos) {}

    private final Int2ObjectLinkedOpenHashMap<Open> open = new Int2ObjectLinkedOpenHashMap<>();
    private final PduReader reader = new PduReader();
    private final PduBuffer pdu = new PduBuffer(128);
    private final SendingWindow window;
    private final LinkOutput output;
    private final LinkCounters counters;
    private final Alarm alarm;
    private final int limit;
    private final long timeoutNanos;

    /** @param window gives sequence numbers: one space for all requests of a link */
    MessageRequests(
            LinkSettings settings,
            WireLimits limits,
            SendingWindow window,
            LinkOutput output,
            LinkCounters counters,
            LinkTasks tasks) {
        this.window = window;
        this.output = output;
        this.counters = counters;
        this.alarm = tasks.alarm(this::expire);
        this.limit = limits.maxOpenRequests();
        this.timeoutNanos = settings.answerTimeout().toNanos();
    }

    /** Collects the PDU; the link's next flush takes it along. */
    void add(MessageRequest request, CompletableFuture<MessageAnswer> answer, boolean isBound, long nowNanos) {
        if (!isBound || open.size() >= limit) {
            answer.complete(MessageAnswer.without(Kind.NOT_SENT));
            return;
        }
        int sequenceNumber = nextSequenceNumber();
        int answerId = request instanceof MessageRequest.Cancel cancel
                ? write(cancel, sequenceNumber)
                : write((MessageRequest.Query) request, sequenceNumber);
        open.put(sequenceNumber, new Open(answerId, answer, nowNanos));
        alarm.within(timeoutNanos, nowNanos);
    }

    /** @return false when the PDU is none of an open request: somebody else may know what it is */
    boolean takes(int commandId, byte[] octets, int offset, int length) {
        if (open.isEmpty()) {
            return false;
        }
        int sequenceNumber = Octets.int32(octets, offset + 12);
        if (commandId == CMD_ID_GENERIC_NACK && sequenceNumber == 0) {
            return takesUnnumbered(octets, offset, length);
        }
        Open asked = open.get(sequenceNumber);
        if (asked == null || commandId != asked.answerId && commandId != CMD_ID_GENERIC_NACK) {
            return false;
        }
        open.remove(sequenceNumber);
        asked.answer.complete(read(commandId, octets, offset, length));
        return true;
    }

    /** The link has ended. */
    void lose() {
        alarm.cancel();
        while (!open.isEmpty()) {
            open.removeFirst().answer.complete(MessageAnswer.without(Kind.LOST));
        }
    }

    /** The SMSC could not read a request: clear which only if it is the only one. */
    private boolean takesUnnumbered(byte[] octets, int offset, int length) {
        if (open.size() == 1 && window.open() == 0) {
            open.removeFirst().answer.complete(read(CMD_ID_GENERIC_NACK, octets, offset, length));
        } else {
            counters.unexpected(octets, offset, length);
        }
        return true;
    }

    private MessageAnswer read(int commandId, byte[] octets, int offset, int length) {
        int commandStatus = Octets.int32(octets, offset + 8);
        if (commandId != CMD_ID_QUERY_SM_RESP || commandStatus != CommandStatus.ESME_ROK) {
            // a GENERIC_NACK that claims success refuses all the same
            int status = commandId == CMD_ID_GENERIC_NACK && commandStatus == CommandStatus.ESME_ROK
                    ? CommandStatus.ESME_RINVCMDID
                    : commandStatus;
            return new MessageAnswer(Kind.ANSWERED, status, 0, 0);
        }
        reader.body(octets, offset, length);
        reader.skipCString(); // message_id
        reader.skipCString(); // final_date
        int messageState = reader.octet();
        int errorCode = reader.remaining() > 0 ? reader.octet() : 0; // left out by some
        if (reader.isMalformed()) {
            counters.malformed("query_sm_resp", octets, offset, length);
        }
        return new MessageAnswer(Kind.ANSWERED, commandStatus, messageState, errorCode);
    }

    private int write(MessageRequest.Cancel cancel, int sequenceNumber) {
        int start = pdu.begin(CMD_ID_CANCEL_SM, 0, sequenceNumber);
        pdu.cString(""); // service_type
        pdu.cString(cancel.messageId());
        address(cancel.source());
        address(cancel.destination());
        send(start);
        return CMD_ID_CANCEL_SM_RESP;
    }

    private int write(MessageRequest.Query query, int sequenceNumber) {
        int start = pdu.begin(CMD_ID_QUERY_SM, 0, sequenceNumber);
        pdu.cString(query.messageId());
        address(query.source());
        send(start);
        return CMD_ID_QUERY_SM_RESP;
    }

    private void address(SmppAddress address) {
        pdu.octet(address.ton());
        pdu.octet(address.npi());
        pdu.cString(address.number());
    }

    private void send(int start) {
        pdu.end(start);
        output.control(Arrays.copyOf(pdu.array(), pdu.length()));
        pdu.clear(1024);
    }

    private int nextSequenceNumber() {
        int next = window.nextSequenceNumber();
        while (open.containsKey(next)) {
            next = window.nextSequenceNumber();
        }
        return next;
    }

    private void expire(long nowNanos) {
        while (!open.isEmpty()) {
            Open first = open.get(open.firstIntKey());
            long leftNanos = first.sentNanos + timeoutNanos - nowNanos;
            if (leftNanos > 0) {
                alarm.within(leftNanos, nowNanos);
                return;
            }
            open.removeFirst().answer.complete(MessageAnswer.without(Kind.LOST));
        }
    }
}
