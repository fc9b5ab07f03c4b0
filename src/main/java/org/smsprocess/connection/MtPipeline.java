// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings.InDoubtPolicy;
import org.smsprocess.connection.preparing.PreparedPart;
import org.smsprocess.connection.preparing.Preparer;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.delivery.queue.SlotEpoch;
import org.smsprocess.smpp.Submit;

/**
 * The sending stream of one bind: claimed parts → prepared PDUs → link. The link takes the next batch when the last PDU of the one
 * before has been written, so backpressure is its window and rate. The stream ends with the session's actor.
 */
final class MtPipeline {
    /** One part is at the link while the next is being prepared. */
    private static final int AHEAD = 2;

    private final SlotEpoch slot;
    private final Sending sending;
    private final ConnectionServices services;
    private final ActorRef<Recorder.Command> recorder;
    private final BoundedSourceQueue<ClaimedPart> parts;
    private final UniqueKillSwitch killSwitch;
    private final CompletionStage<Done> ended;
    private final MessageLog log;
    private volatile @Nullable Preparer preparer;
    private volatile boolean isShutDown;

    static MtPipeline start(
            ActorContext<?> context,
            SlotEpoch slot,
            Sending sending,
            ConnectionServices services,
            ActorRef<Recorder.Command> recorder) {
        return new MtPipeline(context, slot, sending, services, recorder);
    }

    private MtPipeline(
            ActorContext<?> context,
            SlotEpoch slot,
            Sending sending,
            ConnectionServices services,
            ActorRef<Recorder.Command> recorder) {
        this.slot = slot;
        this.sending = sending;
        this.services = services;
        this.recorder = recorder;
        this.log = MessageLog.of(slot.slot(), services.limits());
        Materializer materializer = Materializer.createMaterializer(Adapter.toClassic(context));
        Pair<Pair<BoundedSourceQueue<ClaimedPart>, UniqueKillSwitch>, CompletionStage<Done>> running =
                Source.<ClaimedPart>queue(services.limits().maxOpenParts())
                        .viaMat(KillSwitches.single(), Keep.both())
                        .mapAsync(AHEAD, this::prepare)
                        .mapAsync(AHEAD, this::hand)
                        .toMat(Sink.ignore(), Keep.both())
                        .run(materializer);
        this.parts = running.first().first();
        this.killSwitch = running.first().second();
        this.ended = running.second();
    }

    /** @throws IllegalStateException if more parts are offered than may be open, which is a bug */
    void offer(ClaimedPart part) {
        QueueOfferResult result = parts.offer(part);
        if (!result.isEnqueued() && !ended.toCompletableFuture().isDone()) {
            throw new IllegalStateException("part " + part.partId() + " does not fit: " + result);
        }
    }

    /** What was not handed to the link yet is dropped; its messages are still queued in the database. */
    void shutdown() {
        isShutDown = true;
        killSwitch.shutdown();
    }

    CompletionStage<Done> ended() {
        return ended;
    }

    private CompletionStage<PreparedPart> prepare(ClaimedPart part) {
        return CompletableFuture.supplyAsync(() -> preparer().prepare(part), services.prepareExecutor());
    }

    private Preparer preparer() {
        Preparer now = preparer;
        if (now == null || now.account() != sending.settings()) {
            now = new Preparer(sending.settings(), services.references(), services.clock());
            preparer = now;
        }
        return now;
    }

    private CompletionStage<Done> hand(PreparedPart part) {
        log.prepared(part);
        if (!part.settled().isEmpty()) {
            recorder.tell(new Recorder.Settled(part.settled()));
        }
        if (services.limits().verifyMode()) {
            recorder.tell(new Recorder.Settled(all(part, part.submits(), Settlement.Kind.VERIFIED, null)));
            return CompletableFuture.completedFuture(Done.done());
        }
        if (part.submits().isEmpty()) {
            return CompletableFuture.completedFuture(Done.done());
        }
        boolean isMarked = sending.settings().throughput().inDoubt() != InDoubtPolicy.RESEND;
        if (!part.longMts().isEmpty()) {
            recorder.tell(new Recorder.Expected(part.longMts()));
        } else if (!isMarked) {
            return submit(part.submits());
        }
        return handByWindow(part, part.submits(), isMarked);
    }

    /**
     * About a window at a time. hold and fail: after a crash only what was marked can have been submitted, so no more is marked than can
     * be in flight soon. Long messages: their parts 1 come between, so few of them are half sent at any time.
     */
    private CompletionStage<Done> handByWindow(PreparedPart part, List<Submit> left, boolean isMarked) {
        if (left.isEmpty() || isShutDown) {
            return CompletableFuture.completedFuture(Done.done());
        }
        int count = wholeMessages(left, sending.settings().throughput().window());
        List<Submit> some = left.subList(0, count);
        List<Submit> rest = left.subList(count, left.size());
        if (!isMarked) {
            return submit(some).thenCompose(done -> handByWindow(part, rest, false));
        }
        List<Long> ids = some.stream().map(Submit::mtId).distinct().toList();
        recorder.tell(new Recorder.Marked(part.partId(), ids));
        return services.queue()
                .submitting(slot, ids.stream().mapToLong(Long::longValue).toArray())
                .handle((done, failure) -> failure)
                .thenCompose(failure -> failure == null
                        ? submit(some).thenCompose(done -> handByWindow(part, rest, true))
                        : requeue(part, left, failure));
    }

    /** At least {@code atLeast}, if there are so many, and all parts of the last message. */
    private static int wholeMessages(List<Submit> submits, int atLeast) {
        int count = Math.min(atLeast, submits.size());
        while (count < submits.size()
                && submits.get(count).mtId() == submits.get(count - 1).mtId()) {
            count++;
        }
        return count;
    }

    private CompletionStage<Done> submit(List<Submit> submits) {
        return sending.links().sending().submit(submits).thenApply(written -> Done.done());
    }

    private CompletionStage<Done> requeue(PreparedPart part, List<Submit> left, Throwable failure) {
        recorder.tell(
                new Recorder.Settled(all(part, left, Settlement.Kind.REQUEUE, "not marked: " + failure.getMessage())));
        return CompletableFuture.completedFuture(Done.done());
    }

    private List<Settlement> all(
            PreparedPart part, List<Submit> submits, Settlement.Kind kind, @Nullable String error) {
        List<Settlement> settlements = new ArrayList<>();
        long now = services.clock().millis();
        long last = 0;
        for (Submit submit : submits) { // the parts of a message follow one another
            if (submit.mtId() != last) {
                last = submit.mtId();
                settlements.add(
                        new Settlement(submit.mtId(), part.partId(), kind, submit.parts(), null, error, 0, now));
            }
        }
        return settlements;
    }
}
