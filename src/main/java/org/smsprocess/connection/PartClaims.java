// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.SlotEpoch;

/**
 * Claims parts for a {@link Session}, one claim at a time, as long as there is room in its hands and in the node's budget, and while there
 * may be something to claim: a claim that finds nothing costs as much as one that finds a message. Confined to the session; not
 * thread-safe, except that any thread may wake it.
 *
 * <pre>
 *   FULL ◄──in hand: much / little──► EAGER ──takes──► ASKED_ALONE ──onWork──► claims, or passes it on
 *     └────────────wake──────────────────┴───wake────► ASKED ────────onWork──► claims if there is room
 * </pre>
 */
final class PartClaims implements ConnectionServices.WorkAnnouncements.Claimer {
    private enum Mood {
        FULL,
        EAGER,
        ASKED,
        ASKED_ALONE,
        ENDED
    }

    private final ActorContext<Session.Command> context;
    private final SlotEpoch slot;
    private final ConnectionServices services;
    private final ActorRef<Recorder.Command> recorder;
    private final AtomicReference<Mood> mood = new AtomicReference<>(Mood.FULL);
    private ConnectionServices.WorkAnnouncements.@Nullable Listening listening;
    private boolean askedSoon;

    PartClaims(
            ActorContext<Session.Command> context,
            SlotEpoch slot,
            ConnectionServices services,
            ActorRef<Recorder.Command> recorder) {
        this.context = context;
        this.slot = slot;
        this.services = services;
        this.recorder = recorder;
    }

    @Override
    public boolean takes() {
        if (mood.compareAndSet(Mood.EAGER, Mood.ASKED_ALONE)) {
            context.getSelf().tell(Session.WorkAppeared.INSTANCE);
            return true;
        }
        return mood.get() == Mood.ASKED_ALONE;
    }

    @Override
    public void wake() {
        if (mood.compareAndSet(Mood.FULL, Mood.ASKED) || mood.compareAndSet(Mood.EAGER, Mood.ASKED)) {
            context.getSelf().tell(Session.WorkAppeared.INSTANCE);
        }
    }

    void start(Sending sending) {
        listening = services.work().listen(slot.account(), this);
        onPoll(sending);
    }

    /** What was meant for this session alone goes to another one. */
    void stop() {
        if (listening != null) {
            listening.close();
            listening = null;
            if (mood.getAndSet(Mood.ENDED) == Mood.ASKED_ALONE) {
                services.work().announce(slot.account());
            }
        }
    }

    Behavior<Session.Command> onWork(Sending sending) {
        askedSoon = false;
        boolean alone = mood.getAndSet(Mood.FULL) == Mood.ASKED_ALONE;
        sending.workAppeared();
        goOn(sending);
        if (alone && !sending.claiming()) {
            services.work().announce(slot.account());
        }
        return Behaviors.same();
    }

    Behavior<Session.Command> onPoll(Sending sending) {
        sending.workAppeared();
        return goOn(sending);
    }

    /** Called whenever there may be room again. */
    Behavior<Session.Command> goOn(Sending sending) {
        boolean eager = sending.isEager();
        mood.compareAndSet(eager ? Mood.FULL : Mood.EAGER, eager ? Mood.EAGER : Mood.FULL);
        int wanted = sending.room();
        if (!sending.claiming() && sending.mayBeMore() && wanted > 0) {
            int budget = services.budget().take(wanted);
            if (budget == 0) {
                askSoon();
                return Behaviors.same();
            }
            sending.claimBegins();
            context.pipeToSelf(
                    services.queue().claim(slot, budget, sending.partRoom()),
                    (claim, failure) -> failure != null
                            ? new Session.ClaimFailed(failure, budget)
                            : new Session.Claimed(claim, budget));
        }
        return Behaviors.same();
    }

    /**
     * What took the budget is mostly the claims of others, which find nothing and give it back at once. Waiting for the next poll would
     * not do: all poll at the same pace, and the same ones would come first each time.
     */
    private void askSoon() {
        mood.compareAndSet(Mood.EAGER, Mood.FULL);
        if (!askedSoon) {
            askedSoon = true;
            Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, 100));
            context.scheduleOnce(pause, context.getSelf(), Session.WorkAppeared.INSTANCE);
        }
    }

    Behavior<Session.Command> onClaimed(Sending sending, Session.Claimed claimed) {
        sending.claimEnds();
        int messages = 0;
        for (ClaimedPart part : claimed.claim().parts()) {
            messages += part.messages().size();
            sending.opened(part);
            recorder.tell(new Recorder.Opened(part));
            sending.pipeline().offer(part);
        }
        balance(claimed.budget(), messages);
        if (!claimed.claim().isAll()) {
            sending.workAppeared();
            goOn(sending);
            services.work().announce(slot.account());
            return Behaviors.same();
        }
        return goOn(sending);
    }

    /** The claim ended after the link did: the parts have to be given back. */
    Behavior<Session.Command> onLate(Sending sending, Session.Claimed claimed) {
        sending.claimEnds();
        int messages = 0;
        for (ClaimedPart part : claimed.claim().parts()) {
            messages += part.messages().size();
            sending.opened(part);
        }
        balance(claimed.budget(), messages);
        return Behaviors.same();
    }

    Behavior<Session.Command> onFailed(Sending sending, Session.ClaimFailed failed) {
        sending.claimEnds();
        services.budget().giveBack(failed.budget());
        context.getLog().debug("{}: no claim: {}", slot.slot(), failed.cause().toString());
        return Behaviors.same(); // PollDue asks again
    }

    private void balance(int budget, int messages) {
        if (messages > budget) {
            services.budget().takeMore(messages - budget);
        } else {
            services.budget().giveBack(budget - messages);
        }
    }
}
