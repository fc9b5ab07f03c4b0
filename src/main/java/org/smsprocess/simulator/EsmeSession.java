// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static com.cloudhopper.smpp.SmppConstants.*;

import com.cloudhopper.smpp.pdu.BaseBind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final int MAX_UNFLUSHED = 512 * 1024;

    final SlidingSecond accepted = new SlidingSecond();
    private final SlidingSecond received = new SlidingSecond();
    private final Smsc smsc;
    private final Door door;
    private final Channel channel;
    private final OctetBuffer out = new OctetBuffer(4096);
    private final Outbox outbox;
    private final long number;
    private byte[] carry = NOTHING;
    private @Nullable Esme esme;
    private @Nullable BindMode mode;
    private @Nullable Instant boundAt;
    private boolean flushing;
    private boolean ending;
    private boolean unbinding;
    private boolean frozen;
    private boolean gathering;
    private int unanswered;
    private int answeredSinceFlush;
    private int peakWindow;
    private long submits;

    EsmeSession(Smsc smsc, Door door, Channel channel) {
        this.smsc = smsc;
        this.door = door;
        this.channel = channel;
        outbox = new Outbox(smsc.settings().deliver());
        number = smsc.opened(this);
    }

    long number() {
        return number;
    }

    String systemId() {
        return esme == null ? "" : esme.systemId;
    }

    /** submit_sm without an answer on the wire, the present one included. */
    int unanswered() {
        return unanswered;
    }

    boolean isBound() {
        return esme != null && !ending;
    }

    boolean canReceive() {
        return esme != null && mode != BindMode.TRANSMITTER && !ending && !unbinding;
    }

    /** Whether one more deliver_sm may go out now. */
    boolean hasRoom() {
        return canReceive() && !frozen && !outbox.isFull() && out.length() < MAX_UNFLUSHED && channel.isWritable();
    }

    void deliver(Delivery delivery) {
        delivery.attempts++;
        delivery.sentAt = smsc.now();
        delivery.counts().sent++;
        delivery.write(out, outbox.add(delivery));
        flushSoon();
    }

    void answerSubmit(int sequence, int status, long id) {
        if (status == CommandStatus.ESME_ROK) {
            int start = out.length();
            out.u32(0).u32(CMD_ID_SUBMIT_SM_RESP).u32(0).u32(sequence);
            smsc.ids().writeAnswer(out, id);
            out.u8(0);
            out.setU32(start, out.length() - start);
        } else {
            writeHeader(CMD_ID_SUBMIT_SM_RESP, status, sequence);
        }
        settle();
        flushSoon();
    }

    /** The right answer once more, after {@link #answerSubmit}. */
    void answerAgain(int sequence, long id) {
        answerSubmit(sequence, CommandStatus.ESME_ROK, id);
        answeredSinceFlush--;
    }

    void nackSubmit(int sequence, int status) {
        write(CMD_ID_GENERIC_NACK, status, sequence);
        settle();
    }

    /** One submit_sm is done with, answered or never to be. */
    void settle() {
        answeredSinceFlush++;
        flushSoon();
    }

    void send(byte[] octets) {
        out.add(octets);
        flushSoon();
    }

    /** Closes at once with a TCP reset; what was not yet written is lost. */
    void reset() {
        ending = true;
        out.clear();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** Asks the ESME to leave, and closes after a while if it does not. */
    void unbind() {
        if (isBound() && !unbinding) {
            unbinding = true;
            write(CMD_ID_UNBIND, CommandStatus.ESME_ROK, outbox.next());
            smsc.loop.schedule(() -> channel.close(), UNBIND_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Reads and writes nothing until {@link #resume()}; the connection stays open. */
    void freeze() {
        frozen = true;
        readIfAllowed();
    }

    void resume() {
        frozen = false;
        if (channel.isActive()) {
            cut(carry, carry.length);
            flushSoon();
            readIfAllowed();
        }
    }

    /** Lets more octets gather in the kernel for a moment: many small reads cost more than one large. */
    void gather(boolean on) {
        gathering = on;
        readIfAllowed();
    }

    void flush() {
        flushing = false;
        if (frozen) {
            return; // leaves when it thaws
        }
        unanswered -= answeredSinceFlush;
        answeredSinceFlush = 0;
        if (out.length() > 0 && channel.isActive()) {
            ByteBuf buffer = channel.alloc().directBuffer(out.length());
            buffer.writeBytes(out.octets(), 0, out.length());
            channel.writeAndFlush(buffer, channel.voidPromise());
        }
        out.clear();
        if (ending) {
            channel.close();
        }
    }

    void expire(long now) {
        outbox.expire(now);
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
                mode == null ? "" : Section.word(mode),
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
        while (!ending && !frozen && length - at >= 4) {
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
        carry = at == length || ending ? NOTHING : Arrays.copyOfRange(octets, at, length);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        smsc.gatherAfterRead(this);
        smsc.endBatch();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readIfAllowed();
        if (channel.isWritable() && esme != null) {
            smsc.handOverSoon(esme);
            smsc.loop.execute(smsc::endBatch);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        smsc.refreshTime();
        ending = true;
        smsc.closed(this);
        Esme former = esme;
        if (former != null) {
            former.gone(this);
            outbox.giveBack(former);
            smsc.handOverSoon(former);
            smsc.endBatch();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof java.io.IOException) {
            LOG.debug("connection {} of {} broke: {}", number, systemId(), cause.getMessage());
        } else {
            LOG.warn("connection {} of {} failed", number, systemId(), cause);
        }
        channel.close();
    }

    private void handle(byte[] octets, int at, int end) {
        int status = u32(octets, at + 8);
        int sequence = u32(octets, at + 12);
        switch (u32(octets, at + 4)) {
            case CMD_ID_SUBMIT_SM -> submit(octets, at, end, sequence);
            case CMD_ID_DELIVER_SM_RESP, CMD_ID_DATA_SM_RESP, CMD_ID_GENERIC_NACK -> answered(sequence, status);
            case CMD_ID_ENQUIRE_LINK -> write(CMD_ID_ENQUIRE_LINK_RESP, CommandStatus.ESME_ROK, sequence);
            case CMD_ID_BIND_TRANSCEIVER, CMD_ID_BIND_TRANSMITTER, CMD_ID_BIND_RECEIVER ->
                bind(octets, at, end, sequence);
            case CMD_ID_UNBIND -> {
                write(CMD_ID_UNBIND_RESP, CommandStatus.ESME_ROK, sequence);
                ending = true;
            }
            case CMD_ID_UNBIND_RESP -> {
                ending = true;
                flushSoon();
            }
            default -> {
                if (u32(octets, at + 4) > 0) { // never answer an unknown answer
                    write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDID, sequence);
                }
            }
        }
    }

    private void submit(byte[] octets, int at, int end, int sequence) {
        submits++;
        unanswered++;
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
            write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDLEN, sequence);
            ending = true;
            return;
        }
        int status = esme != null ? CommandStatus.ESME_RALYBND : door.check(bind);
        door.pdus.writeBindResp(out, bind, smsc.settings().systemId(), status);
        flushSoon();
        if (status == CommandStatus.ESME_ROK) {
            mode = RarePdus.mode(bind);
            boundAt = Instant.now();
            Esme mine = smsc.esme(Door.systemId(bind));
            esme = mine;
            mine.bind(this);
            smsc.handOverSoon(mine);
            door.faults.bound(this);
            LOG.info("connection {}: {} bound as {}", number, mine.systemId, Section.word(mode));
        } else {
            LOG.info("connection {}: bind refused with {}", number, CommandStatus.hex(status));
        }
    }

    private void readIfAllowed() {
        // an ESME that does not read its answers is not read either: memory stays bounded
        channel.config().setAutoRead(channel.isWritable() && !frozen && !gathering);
    }

    private void refuseFrame(int pduLength) {
        LOG.info("connection {}: command_length {} is out of range, closing", number, pduLength);
        write(CMD_ID_GENERIC_NACK, CommandStatus.ESME_RINVCMDLEN, 0);
        ending = true;
    }

    private void write(int command, int status, int sequence) {
        writeHeader(command, status, sequence);
        flushSoon();
    }

    private void writeHeader(int command, int status, int sequence) {
        out.u32(HEADER).u32(command).u32(status).u32(sequence);
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            smsc.flushSoon(this);
        }
    }

    private static int u32(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 24
                | (octets[at + 1] & 0xFF) << 16
                | (octets[at + 2] & 0xFF) << 8
                | octets[at + 3] & 0xFF;
    }
}
