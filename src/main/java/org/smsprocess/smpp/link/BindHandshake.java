// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static com.cloudhopper.smpp.SmppConstants.CMD_ID_BIND_RECEIVER_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_BIND_TRANSCEIVER_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_BIND_TRANSMITTER_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_DATA_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_DELIVER_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_GENERIC_NACK;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_UNBIND;

import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.smsprocess.smpp.BindFailure;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.pdu.ControlPdus;
import org.smsprocess.smpp.pdu.FrameGuard;
import org.smsprocess.smpp.pdu.Octets;

/**
 * From the open connection to BIND_RESP. Takes any BIND_RESP, however mutilated, at its command_status; answers ENQUIRE_LINK already;
 * keeps DELIVER_SM that come too early and hands them to the link it makes. Confined to the event loop.
 */
final class BindHandshake implements LinkChannel.Owner {
    private static final int SEQUENCE_NUMBER = 1;

    private final LinkSettings settings;
    private final WireLimits limits;
    private final LinkListener listener;
    private final SocketChannel channel;
    private final LinkChannel linkChannel;
    private final CompletableFuture<SmppLink> result;
    private final LinkOutput output;
    private final LinkCounters counters;
    private final HouseKeeping houseKeeping;
    private final List<byte[]> early = new ArrayList<>();

    BindHandshake(
            LinkSettings settings,
            WireLimits limits,
            LinkListener listener,
            SocketChannel channel,
            CompletableFuture<SmppLink> result) {
        this.settings = settings;
        this.limits = limits;
        this.listener = listener;
        this.channel = channel;
        this.result = result;
        TraceLog trace = new TraceLog(settings);
        this.output = new LinkOutput(channel, settings.writableUntilNanos(), limits, trace);
        this.counters = new LinkCounters(settings.name());
        this.houseKeeping = new HouseKeeping(settings.name(), output, counters);
        FrameGuard guard = new FrameGuard(limits.readBuffer(), settings.maxPduSize());
        this.linkChannel = new LinkChannel(guard, trace, limits.unbindTimeout(), this);
    }

    /** @param onConnected to be run as soon as the connection is up */
    LinkChannel linkChannel(Runnable onConnected) {
        linkChannel.onConnected(onConnected);
        return linkChannel;
    }

    /** Sends the bind; the connection, and TLS if there is any, is up. */
    void start() {
        output.control(ControlPdus.bind(settings, SEQUENCE_NUMBER));
        if (!output.flush()) {
            fail(new BindFailure(
                    Kind.UNREACHABLE, 0, "the right to use this connection ran out before the bind", null));
        }
    }

    /** Gives up, unless the bind has ended already. */
    void fail(BindFailure failure) {
        if (result.completeExceptionally(failure)) {
            channel.close();
        }
    }

    @Override
    public boolean onPdu(int commandId, byte[] octets, int offset, int length, long nowNanos) {
        switch (commandId) {
            case CMD_ID_BIND_RECEIVER_RESP, CMD_ID_BIND_TRANSMITTER_RESP, CMD_ID_BIND_TRANSCEIVER_RESP -> {
                int commandStatus = Octets.int32(octets, offset + 8);
                if (commandStatus == CommandStatus.ESME_ROK) {
                    bound(nowNanos);
                } else {
                    fail(BindFailures.refused("the SMSC refused the bind", commandStatus));
                }
            }
            case CMD_ID_GENERIC_NACK ->
                fail(BindFailures.refused(
                        "the SMSC answered the bind by generic_nack", Octets.int32(octets, offset + 8)));
            case CMD_ID_DELIVER_SM, CMD_ID_DATA_SM -> keep(commandId, octets, offset, length);
            case CMD_ID_UNBIND -> {
                houseKeeping.onUnbind(octets, offset, length);
                output.flush();
                fail(new BindFailure(
                        Kind.UNREACHABLE, 0, "the SMSC sent unbind instead of an answer to the bind", null));
            }
            default -> houseKeeping.onPdu(commandId, octets, offset, length);
        }
        return !result.isCompletedExceptionally();
    }

    @Override
    public void onReadComplete(long nowNanos) {
        output.flush();
    }

    @Override
    public void onWritable(long nowNanos) {
        // what there is to write before the bind fits into any socket
    }

    @Override
    public void onBrokenStream(String reason) {
        houseKeeping.onBrokenStream();
        output.flush();
        fail(new BindFailure(Kind.NOT_SMPP, 0, "what answers on this port does not speak SMPP: " + reason, null));
    }

    @Override
    public void onGone(String reason, @Nullable Throwable cause) {
        fail(new BindFailure(Kind.UNREACHABLE, 0, "no answer to the bind: " + reason, cause));
    }

    private void keep(int commandId, byte[] octets, int offset, int length) {
        if (early.size() < settings.maxUnanswered()) {
            early.add(Arrays.copyOfRange(octets, offset, offset + length));
        } else {
            output.inboundResp(commandId, Octets.int32(octets, offset + 12), CommandStatus.ESME_RINVBNDSTS);
        }
    }

    private void bound(long nowNanos) {
        if (result.isDone()) {
            return; // too late: the bind has timed out and the channel is closing
        }
        CloudhopperLink link = new CloudhopperLink(
                settings, limits, channel, listener, output, counters, houseKeeping, SEQUENCE_NUMBER);
        linkChannel.handTo(link);
        result.complete(link);
        link.start(nowNanos);
        for (byte[] pdu : early) {
            link.onPdu(Octets.int32(pdu, 4), pdu, 0, pdu.length, nowNanos);
        }
    }
}
