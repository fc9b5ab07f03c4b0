// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.smsprocess.delivery.ClaimedPart;
import org.smsprocess.delivery.SlotEpoch;

/**
 * Claims parts for a {@link Session}, one claim at a time, as long as there is room in its hands and in the node's budget. Confined to
 * the session; not thread-safe.
 */
final class PartClaims {
    private final ActorContext<Session.Command> context;
    private final SlotEpoch slot;
    private final ConnectionServices services;
    private final ActorRef<Recorder.Command> recorder;
    private final AtomicBoolean told = new AtomicBoolean();
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

    /** Called from any thread; one message at a time is enough. */
    void wake() {
        if (told.compareAndSet(false, true)) {
            context.getSelf().tell(Session.WorkAppeared.INSTANCE);
        }
    }

    /**
     * What took the budget is mostly the claims of others, which find nothing and give it back at once. Waiting for the next poll would
     * not do: all poll at the same pace, and the same ones would come first each time.
     */
    private void askSoon() {
        if (!askedSoon) {
            askedSoon = true;
            Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(20, 100));
            context.scheduleOnce(pause, context.getSelf(), Session.WorkAppeared.INSTANCE);
        }
    }

    Behavior<Session.Command> onWork(Sending sending) {
        told.set(false);
        askedSoon = false;
        return claim(sending);
    }

    Behavior<Session.Command> claim(Sending sending) {
        int wanted = sending.room();
        if (sending.claiming() || wanted == 0) {
            sending.claimLater();
            return Behaviors.same();
        }
        int budget = services.budget().take(wanted);
        if (budget == 0) {
            askSoon();
            return Behaviors.same();
        }
        sending.claimBegins();
        context.pipeToSelf(
                services.queue().claim(slot, budget, sending.partRoom()),
                (parts, failure) -> failure != null
                        ? new Session.ClaimFailed(failure, budget)
                        : new Session.Claimed(parts, budget));
        return Behaviors.same();
    }

    Behavior<Session.Command> onClaimed(Sending sending, Session.Claimed claimed) {
        boolean again = sending.claimEnds();
        int messages = 0;
        for (ClaimedPart part : claimed.parts()) {
            messages += part.messages().size();
            sending.opened(part);
            recorder.tell(new Recorder.Opened(part));
            sending.pipeline().offer(part);
        }
        balance(claimed.budget(), messages);
        return !claimed.parts().isEmpty() || again ? claim(sending) : Behaviors.same();
    }

    /** The claim ended after the link did: the parts have to be given back. */
    Behavior<Session.Command> onLate(Sending sending, Session.Claimed claimed) {
        sending.claimEnds();
        int messages = 0;
        for (ClaimedPart part : claimed.parts()) {
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
