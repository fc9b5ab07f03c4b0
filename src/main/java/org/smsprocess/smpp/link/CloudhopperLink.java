// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp.link;

import static com.cloudhopper.smpp.SmppConstants.CMD_ID_DATA_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_DELIVER_SM;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_GENERIC_NACK;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_SUBMIT_SM_RESP;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_UNBIND;
import static com.cloudhopper.smpp.SmppConstants.CMD_ID_UNBIND_RESP;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.LinkListener;
import org.smsprocess.smpp.LinkSettings;
import org.smsprocess.smpp.LinkStatus;
import org.smsprocess.smpp.MessageAnswer;
import org.smsprocess.smpp.MessageRequest;
import org.smsprocess.smpp.SmppLink;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.pdu.ControlPdus;
import org.smsprocess.smpp.pdu.TolerantDecoder;

/**
 * A bound session. Every public method leaves a task on the event loop of the link; from there on one thread does everything, without
 * locks. What was handed over and what could be read is worked off first, then written with one flush and told with one call.
 *
 * <pre>
 * BOUND ──unbind()──► DRAINING ──window free, or drain time over──► UNBINDING ──UNBIND_RESP, or timeout──► CLOSED
 *   └────────────────────┴───UNBIND of the SMSC, close(), connection lost, silence──────┴──────────────────────┘
 * </pre>
 */
final class CloudhopperLink implements SmppLink, LinkChannel.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(CloudhopperLink.class);

    private enum Phase {
        BOUND,
        DRAINING,
        UNBINDING,
        CLOSED
    }

    private final LinkSettings settings;
    private final WireLimits limits;
    private final Channel channel;
    private final LinkListener listener;
    private final LinkOutput output;
    private final LinkTasks tasks;
    private final LinkCounters counters;
    private final HouseKeeping houseKeeping;
    private final SubmitFlow submits;
    private final InboundFlow inbound;
    private final MessageRequests requests;
    private final EnquireLinkTimer enquireLink;
    private final Alarm enquireAlarm;
    private final Alarm answerAlarm;
    private final Alarm rateAlarm;
    private final Alarm leaseAlarm;
    private final Alarm unbindAlarm;
    private Phase phase = Phase.BOUND;
    private boolean workScheduled;
    private volatile LinkStatus status;

    CloudhopperLink(
            LinkSettings settings,
            WireLimits limits,
            Channel channel,
            LinkListener listener,
            LinkOutput output,
            LinkCounters counters,
            HouseKeeping houseKeeping,
            int lastSequenceNumber) {
        this.settings = settings;
        this.limits = limits;
        this.channel = channel;
        this.listener = listener;
        this.output = output;
        this.counters = counters;
        this.houseKeeping = houseKeeping;
        this.tasks = new LinkTasks(settings.name(), channel.eventLoop(), reason -> end(reason, System.nanoTime()));
        TolerantDecoder decoder = new TolerantDecoder();
        this.submits = new SubmitFlow(settings, limits, decoder, output, counters, lastSequenceNumber);
        this.inbound = new InboundFlow(settings.maxUnanswered(), decoder, output, counters);
        this.requests = new MessageRequests(settings, limits, submits.window(), output, counters, tasks);
        this.enquireLink = new EnquireLinkTimer(settings.enquireLinkPeriod().toNanos(), System.nanoTime());
        this.enquireAlarm = tasks.alarm(this::onEnquireDue);
        this.answerAlarm = tasks.alarm(this::onAnswerDue);
        this.rateAlarm = tasks.alarm(this::work);
        this.leaseAlarm = tasks.alarm(this::work);
        this.unbindAlarm = tasks.alarm(this::onUnbindDue);
        this.status = counters.status(submits.window(), 0, 0);
    }

    /** To be called once, on the event loop, right after the bind. */
    void start(long nowNanos) {
        enquireAlarm.within(enquireLink.nanosUntilNext(nowNanos), nowNanos);
    }

    @Override
    public CompletionStage<Void> submit(List<Submit> batch) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        if (batch.isEmpty()) {
            written.complete(null);
            return written;
        }
        if (!tasks.run(nowNanos -> onBatch(batch, written))) { // the connector was closed, and every link before it
            refuse(batch, written);
        }
        return written;
    }

    @Override
    public void holdPlaces() {
        tasks.run(nowNanos -> submits.holdPlaces());
    }

    @Override
    public void confirm(int outcomes) {
        tasks.run(nowNanos -> {
            submits.confirm(outcomes);
            scheduleWork();
        });
    }

    @Override
    public CompletionStage<MessageAnswer> request(MessageRequest request) {
        CompletableFuture<MessageAnswer> answer = new CompletableFuture<>();
        boolean isOpen = tasks.run(nowNanos -> {
            requests.add(request, answer, phase == Phase.BOUND, nowNanos);
            scheduleWork();
        });
        if (!isOpen) {
            answer.complete(MessageAnswer.without(MessageAnswer.Kind.NOT_SENT));
        }
        return answer;
    }

    @Override
    public void answer(List<InboundAnswer> answers) {
        tasks.run(nowNanos -> {
            inbound.answer(answers);
            scheduleWork();
        });
    }

    @Override
    public void limitRate(double perSecond) {
        tasks.run(nowNanos -> {
            submits.limitRate(perSecond, nowNanos);
            rateAlarm.cancel();
            work(nowNanos);
        });
    }

    @Override
    public void trace(boolean pdus, boolean texts) {
        output.trace().show(pdus, texts);
    }

    @Override
    public void limitWindow(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("window " + size + " is out of range (1 and more)");
        }
        tasks.run(nowNanos -> {
            submits.window().resize(size);
            work(nowNanos);
        });
    }

    @Override
    public void unbind(Duration drain) {
        tasks.run(nowNanos -> {
            if (phase == Phase.BOUND) {
                phase = Phase.DRAINING;
                submits.refuseWaiting();
                unbindAlarm.within(drain.toNanos(), nowNanos);
                work(nowNanos);
            }
        });
    }

    @Override
    public void close(String reason) {
        tasks.run(nowNanos -> end(reason, nowNanos));
    }

    @Override
    public LinkStatus status() {
        return status;
    }

    @Override
    public boolean onPdu(int commandId, byte[] octets, int offset, int length, long nowNanos) {
        switch (commandId) {
            case CMD_ID_SUBMIT_SM_RESP -> submits.onSubmitResp(octets, offset, length, nowNanos);
            case CMD_ID_DELIVER_SM, CMD_ID_DATA_SM -> inbound.onPdu(commandId, octets, offset, length);
            case CMD_ID_GENERIC_NACK -> {
                houseKeeping.noBody(octets, offset, length);
                if (!requests.takes(commandId, octets, offset, length)) {
                    submits.onGenericNack(octets, offset, length, nowNanos);
                }
            }
            case CMD_ID_UNBIND -> {
                houseKeeping.onUnbind(octets, offset, length);
                end("the SMSC sent unbind", nowNanos);
            }
            case CMD_ID_UNBIND_RESP -> {
                if (phase == Phase.UNBINDING) {
                    end("unbound", nowNanos);
                } else {
                    counters.unexpected(octets, offset, length);
                }
            }
            default -> {
                if (!requests.takes(commandId, octets, offset, length)) {
                    houseKeeping.onPdu(commandId, octets, offset, length);
                }
            }
        }
        return phase != Phase.CLOSED;
    }

    @Override
    public void onReadComplete(long nowNanos) {
        enquireLink.heard(nowNanos);
        work(nowNanos);
    }

    @Override
    public void onWritable(long nowNanos) {
        work(nowNanos);
    }

    @Override
    public void onBrokenStream(String reason) {
        houseKeeping.onBrokenStream();
        end(reason, System.nanoTime());
    }

    @Override
    public void onGone(String reason, @Nullable Throwable cause) {
        if (phase != Phase.CLOSED && cause != null) { // more than a closed connection: TLS, or a bug in a listener
            LOG.warn("{}: connection lost", settings.name(), cause);
        }
        end(reason, System.nanoTime());
    }

    private void onBatch(List<Submit> batch, CompletableFuture<Void> written) {
        if (phase == Phase.BOUND) {
            submits.add(batch, written);
            scheduleWork();
        } else {
            refuse(batch, written);
        }
    }

    private void refuse(List<Submit> batch, CompletableFuture<Void> written) {
        listener.onOutcomes(batch.stream().map(SubmitFlow::notSent).toList());
        written.complete(null);
    }

    /** Works after the tasks that are already queued, so that what they bring is written together. */
    private void scheduleWork() {
        if (!workScheduled) {
            workScheduled = true;
            tasks.run(nowNanos -> {
                workScheduled = false;
                work(nowNanos);
            });
        }
    }

    /** Writes what may be written, tells what there is to tell, and sees to the alarms. */
    private void work(long nowNanos) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (phase == Phase.BOUND && !inbound.isFull()) {
            switch (submits.write(nowNanos)) {
                case RATE -> rateAlarm.within(submits.nanosUntilPermit(nowNanos), nowNanos);
                case LEASE -> leaseAlarm.within(limits.leaseCheckPeriod().toNanos(), nowNanos);
                case SOCKET, IDLE -> {}
            }
        }
        if (phase == Phase.DRAINING && submits.isSettled()) {
            sendUnbind(nowNanos);
        }
        if (!output.flush()) {
            leaseAlarm.within(limits.leaseCheckPeriod().toNanos(), nowNanos);
        }
        submits.completeWritten();
        tell();
        if (submits.window().open() > 0 && !answerAlarm.isArmed()) {
            onAnswerDue(nowNanos);
        }
        if (output.isOverfull()) {
            end("the SMSC does not read: over " + limits.maxUnwritten() + " octets cannot be written", nowNanos);
        } else {
            readOrNot(nowNanos);
            publishStatus();
        }
    }

    private void tell() {
        List<SubmitOutcome> outcomes = submits.takeOutcomes();
        if (!outcomes.isEmpty()) {
            listener.onOutcomes(outcomes);
        }
        List<Inbound> arrived = inbound.takeArrived();
        if (!arrived.isEmpty()) {
            listener.onInbound(arrived);
        }
    }

    /** See {@link InboundFlow} for when reading stops. */
    private void readOrNot(long nowNanos) {
        boolean read =
                !(inbound.isFull() && phase == Phase.BOUND && submits.window().open() == 0);
        if (channel.config().isAutoRead() != read) {
            channel.config().setAutoRead(read);
            enquireLink.heard(nowNanos);
        }
    }

    private void sendUnbind(long nowNanos) {
        phase = Phase.UNBINDING;
        output.control(ControlPdus.unbind(submits.window().nextSequenceNumber()));
        unbindAlarm.cancel();
        unbindAlarm.within(limits.unbindTimeout().toNanos(), nowNanos);
    }

    private void onUnbindDue(long nowNanos) {
        if (phase == Phase.DRAINING) {
            sendUnbind(nowNanos);
            work(nowNanos);
        } else {
            end("no answer to unbind within " + limits.unbindTimeout().toMillis() + " ms", nowNanos);
        }
    }

    private void onAnswerDue(long nowNanos) {
        long nextNanos = submits.expire(nowNanos);
        if (nextNanos >= 0) {
            // a little late is fine and saves looking for each single one
            answerAlarm.within(Math.max(nextNanos, settings.answerTimeout().toNanos() / 100), nowNanos);
        }
        if (submits.hasOutcomes()) {
            work(nowNanos);
        }
    }

    private void onEnquireDue(long nowNanos) {
        if (!channel.config().isAutoRead()) {
            enquireLink.heard(nowNanos); // unread is not silent
        }
        switch (enquireLink.due(nowNanos)) {
            case NOTHING -> {}
            case ENQUIRE -> {
                output.control(ControlPdus.enquireLink(submits.window().nextSequenceNumber()));
                work(nowNanos);
            }
            case DROP -> end(enquireLink.silence(), nowNanos);
        }
        if (phase != Phase.CLOSED) {
            enquireAlarm.within(enquireLink.nanosUntilNext(nowNanos), nowNanos);
        }
    }

    private void end(String reason, long nowNanos) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        List.of(enquireAlarm, answerAlarm, rateAlarm, leaseAlarm, unbindAlarm).forEach(Alarm::cancel);
        output.flush();
        channel.close();
        submits.loseOpen(nowNanos);
        requests.lose();
        submits.refuseWaiting();
        submits.completeWritten();
        publishStatus();
        LOG.debug("{}: closed: {}", settings.name(), reason);
        tell();
        listener.onClosed(reason);
    }

    private void publishStatus() {
        status = counters.status(submits.window(), submits.waiting(), output.writes());
    }
}
