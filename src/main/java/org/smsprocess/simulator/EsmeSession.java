// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static com.cloudhopper.smpp.SmppConstants.*;

import com.cloudhopper.smpp.pdu.BaseBind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.settings.BindSettings;
import org.smsprocess.simulator.settings.Word;
import org.smsprocess.smpp.BindMode;
import org.smsprocess.smpp.CommandStatus;

/**
 * One connection of an ESME: cuts PDUs, answers them, hands over SR and MO within the window. Reads are parsed from one
 * shared array and answers gather in one buffer that leaves with one flush a batch. Confined to the simulator's thread.
 */
final class EsmeSession extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(EsmeSession.class);
    private static final int HEADER = 16;
    private static final int UNBIND_SECONDS = 5;
    private static final int MAX_PDU = 65_536;
    private static final byte[] NOTHING = {};

    final SlidingSecond accepted = new SlidingSecond();
    private final SlidingSecond received = new SlidingSecond();
    private final Smsc smsc;
    private final Door door;
    private final SocketChannel channel;
    private final Line line;
    private final Outbox outbox;
    private final long number;
    private byte[] carry = NOTHING;
    private @Nullable Esme esme;
    private @Nullable BindMode mode;
    private @Nullable Instant boundAt;
    private boolean unbinding;
    private boolean left;
    /** Not before then came what is being handled. */
    private long since;

    private int peakWindow;
    private long submits;
    /** Of the enquire_link that awaits its answer; 0: none does. */
    private long enquiredAt;

    private long enquireFrom;

    EsmeSession(Smsc smsc, Door door, SocketChannel channel) {
        this.smsc = smsc;
        this.door = door;
        this.channel = channel;
        line = new Line(smsc, channel);
        outbox = new Outbox(smsc.settings().deliver());
        number = smsc.opened(this);
    }

    long number() {
        return number;
    }

    long since() {
        return since;
    }

    String systemId() {
        return esme == null ? "" : esme.systemId;
    }

    Line line() {
        return line;
    }

    boolean isBound() {
        return esme != null && !line.isEnding();
    }

    boolean canReceive() {
        return isBound() && mode != BindMode.TRANSMITTER && !unbinding;
    }

    /** Whether one more deliver_sm may go out now. */
    boolean hasRoom() {
        return canReceive() && !outbox.isFull() && line.hasRoom();
    }

    void deliver(Delivery delivery) {
        delivery.attempts++;
        delivery.sentAt = smsc.now();
        delivery.counts().sent++;
        delivery.write(line.out(), outbox.add(delivery));
    }

    void answerSubmit(int sequence, int status, long id) {
        if (status == CommandStatus.ESME_ROK) {
            accept(sequence, id);
        } else {
            line.write(CMD_ID_SUBMIT_SM_RESP, status, sequence);
        }
        line.settle();
    }

    /** Writes the answer alone: to what was answered already, it is one too many. */
    void accept(int sequence, long id) {
        OctetBuffer out = line.out();
        int start = out.length();
        out.u32(0).u32(CMD_ID_SUBMIT_SM_RESP).u32(0).u32(sequence);
        smsc.ids().writeAnswer(out, id);
        out.u8(0);
        out.setU32(start, out.length() - start);
    }

    void nackSubmit(int sequence, int status) {
        line.write(CMD_ID_GENERIC_NACK, status, sequence);
        line.settle();
    }

    /** Octets that need be no PDU. */
    void send(byte[] octets) {
        line.out().add(octets);
    }

    /** Asks the ESME to leave, and closes after a while if it does not. */
    void unbind() {
        if (isBound() && !unbinding) {
            unbinding = true;
            line.write(CMD_ID_UNBIND, CommandStatus.ESME_ROK, outbox.next());
            smsc.loop.schedule(line::close, UNBIND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Goes on after {@link Line#freeze()}. */
    void thaw() {
        if (channel.isActive()) {
            line.thaw();
            cut(carry, carry.length);
        }
    }

    /** Called once a second: what was not answered in time. */
    void expire(long now) {
        outbox.expire(now);
        BindSettings settings = smsc.settings().bind();
        long period = settings.enquireLinkPeriod().toNanos();
        if (period == 0 || !isBound()) {
            return;
        }
        if (enquiredAt != 0 && now - enquiredAt >= settings.enquireLinkTimeout().toNanos()) {
            LOG.info("connection {} of {}: no enquire_link_resp, closing", number, systemId());
            leave(false);
        } else if (enquiredAt == 0 && now - enquireFrom >= period) {
            enquiredAt = now;
            enquireFrom = now;
            line.write(CMD_ID_ENQUIRE_LINK, CommandStatus.ESME_ROK, outbox.next());
        }
    }

    void resetStats() {
        received.resetMax();
        accepted.resetMax();
        peakWindow = 0;
        submits = 0;
    }

    Stats.Connection snapshot() {
        return new Stats.Connection(
                number,
                String.valueOf(channel.remoteAddress()),
                systemId(),
                mode == null ? "" : Word.of(mode),
                channel.isActive(),
                boundAt == null ? "" : boundAt.toString(),
                submits,
                received.max(),
                peakWindow,
                outbox.sent());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        smsc.refreshTime();
        since = line.noneBefore();
        int length = carry.length + in.readableBytes();
        if (smsc.inbox.length < length) {
            smsc.inbox = new byte[length];
        }
        byte[] octets = smsc.inbox;
        System.arraycopy(carry, 0, octets, 0, carry.length);
        in.readBytes(octets, carry.length, in.readableBytes());
        in.release();
        cut(octets, length);
    }

    private void cut(byte[] octets, int length) {
        int at = 0;
        while (line.isHandling() && length - at >= 4) {
            int pduLength = u32(octets, at);
            if (pduLength < HEADER || pduLength > MAX_PDU) {
                refuseFrame(pduLength);
            } else if (pduLength > length - at) {
                break;
            } else {
                handle(octets, at, at + pduLength);
                at += pduLength;
            }
        }
        carry = at == length || line.isEnding() ? NOTHING : Arrays.copyOfRange(octets, at, length);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        smsc.gatherAfterRead(line);
        smsc.endBatch();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        line.readIfAllowed();
        if (channel.isWritable() && esme != null) {
            smsc.handOverSoon(esme);
            smsc.loop.execute(smsc::endBatch);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        smsc.refreshTime();
        leave(false);
        smsc.endBatch();
    }

    /** The end of the bind and soon of the connection; what was not answered goes to another receiver. */
    private void leave(boolean peerCloses) {
        if (left) {
            return;
        }
        left = true;
        line.end(peerCloses);
        smsc.closed(this);
        Esme former = esme;
        if (former != null) {
            former.gone(this);
            outbox.giveBack(former);
            smsc.handOverSoon(former);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection {} of {}: broken: {}", number, systemId(), cause.getMessage());
        } else {
            LOG.warn("connection {} of {}: failed", number, systemId(), cause);
        }
        channel.close();
    }

    private void handle(byte[] octets, int at, int end) {
        int status = u32(octets, at + 8);
        int sequence = u32(octets, at + 12);
        switch (u32(octets, at + 4)) {
            case CMD_ID_SUBMIT_SM -> submit(octets, at, end, sequence);
            case CMD_ID_DELIVER_SM_RESP, CMD_ID_DATA_SM_RESP, CMD_ID_GENERIC_NACK -> answered(sequence, status);
            case CMD_ID_ENQUIRE_LINK -> line.write(CMD_ID_ENQUIRE_LINK_RESP, CommandStatus.ESME_ROK, sequence);
            case CMD_ID_BIND_TRANSCEIVER, CMD_ID_BIND_TRANSMITTER, CMD_ID_BIND_RECEIVER ->
                bind(octets, at, end, sequence);
            case CMD_ID_UNBIND -> {
                line.write(CMD_ID_UNBIND_RESP, CommandStatus.ESME_ROK, sequence);
                leave(true);
            }
            case CMD_ID_UNBIND_RESP -> leave(false);
            case CMD_ID_ENQUIRE_LINK_RESP -> enquiredAt = 0;
            case CMD_ID_QUERY_SM -> query(octets, at + HEADER, end, sequence);
            case CMD_ID_CANCEL_SM -> cancel(octets, at + HEADER, end, sequence);
            default -> {
                if (u32(octets, at + 4) > 0) { // never answer an unknown answer
                    line.write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDID, sequence);
                }
            }
        }
    }

    private void submit(byte[] octets, int at, int end, int sequence) {
        submits++;
        int unanswered = line.received();
        peakWindow = Math.max(peakWindow, unanswered);
        long now = smsc.now();
        received.add(now);
        smsc.book().received(now, received.inLastSecond(now), unanswered);
        Esme bound = esme;
        if (bound == null || mode == BindMode.RECEIVER) {
            answerSubmit(sequence, CommandStatus.ESME_RINVBNDSTS, 0);
            return;
        }
        bound.traffic.submits++;
        if (door.submit.read(octets, at, end)) {
            door.intake.submit(this, bound, door.submit, sequence);
        } else {
            bound.traffic.refused(CommandStatus.ESME_RINVMSGLEN);
            answerSubmit(sequence, CommandStatus.ESME_RINVMSGLEN, 0);
        }
    }

    private void query(byte[] octets, int at, int end, int sequence) {
        String id = KnownMessages.cString(octets, at, end);
        KnownMessages.Answer answer = maySend()
                ? smsc.known().query(id, KnownMessages.address(octets, at + id.length() + 1, end))
                : new KnownMessages.Answer(CommandStatus.ESME_RINVBNDSTS, "", 0, 0);
        if (answer.status() == CommandStatus.ESME_ROK) {
            OctetBuffer out = line.out();
            int start = out.length();
            out.u32(0).u32(CMD_ID_QUERY_SM_RESP).u32(0).u32(sequence);
            out.add(id.getBytes(StandardCharsets.ISO_8859_1)).u8(0);
            out.add(answer.finalDate().getBytes(StandardCharsets.ISO_8859_1)).u8(0);
            out.u8(answer.messageState()).u8(answer.errorCode());
            out.setU32(start, out.length() - start);
        } else {
            line.write(CMD_ID_QUERY_SM_RESP, answer.status(), sequence);
        }
    }

    private void cancel(byte[] octets, int at, int end, int sequence) {
        int idAt = at + KnownMessages.cString(octets, at, end).length() + 1; // after service_type
        String id = KnownMessages.cString(octets, Math.min(idAt, end), end);
        byte[] source = KnownMessages.address(octets, Math.min(idAt + id.length() + 1, end), end);
        int status = maySend() ? smsc.known().cancel(id, source) : CommandStatus.ESME_RINVBNDSTS;
        line.write(CMD_ID_CANCEL_SM_RESP, status, sequence);
    }

    private boolean maySend() {
        return esme != null && mode != BindMode.RECEIVER;
    }

    private void answered(int sequence, int status) {
        Delivery delivery = outbox.remove(sequence);
        if (delivery == null) {
            return; // of a try that timed out: it is sent again
        }
        if (status == CommandStatus.ESME_ROK) {
            delivery.delivered();
        } else {
            delivery.counts().refused++;
            delivery.failed();
        }
        if (delivery.esme.waiting() > 0) {
            smsc.handOverSoon(delivery.esme);
        }
    }

    private void bind(byte[] octets, int at, int end, int sequence) {
        BaseBind<?> bind = door.pdus.readBind(octets, at, end).orElse(null);
        if (bind == null) {
            line.write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDLEN, sequence);
            leave(false);
            return;
        }
        int status = esme != null ? CommandStatus.ESME_RALYBND : door.check(bind);
        door.pdus.writeBindResp(line.out(), bind, smsc.settings().systemId(), status);
        if (status == CommandStatus.ESME_ROK) {
            mode = RarePdus.mode(bind);
            boundAt = Instant.now();
            enquireFrom = smsc.now();
            Esme mine = smsc.esme(Door.systemId(bind));
            esme = mine;
            mine.bind(this);
            smsc.handOverSoon(mine);
            door.faults.bound(this);
            LOG.info("connection {}: {} bound as {}", number, mine.systemId, Word.of(mode));
        } else {
            LOG.info("connection {}: bind refused with {}", number, CommandStatus.hex(status));
        }
    }

    private void refuseFrame(int pduLength) {
        LOG.info("connection {}: command_length {} is out of range, closing", number, pduLength);
        line.write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDLEN, 0);
        leave(false);
    }

    private static int u32(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 24
                | (octets[at + 1] & 0xFF) << 16
                | (octets[at + 2] & 0xFF) << 8
                | octets[at + 3] & 0xFF;
    }
}
