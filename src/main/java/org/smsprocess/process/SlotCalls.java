// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.smsprocess.connection.SlotId;
import org.smsprocess.message.CborSerializable;

/**
 * A slot runs where sharding puts it once somebody calls it. When one ends here because it moves, this asks a node that stays to call it:
 * sharding keeps the call until the slot is free, so its next holder starts at once and not with the next slot-check-period.
 */
final class SlotCalls extends AbstractBehavior<SlotCalls.Command> {
    private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "slot-calls");

    /** What it takes. */
    sealed interface Command {}

    /** A slot of this node drains and unbinds, to run elsewhere. */
    record HandedOver(SlotId slot) implements Command {}

    /** From another node. */
    record Call(String slot) implements Command, CborSerializable {}

    /** This node ends: others no longer ask it. */
    enum Leave implements Command {
        INSTANCE
    }

    private record Staying(Receptionist.Listing nodes) implements Command {}

    static Behavior<Command> create() {
        return Behaviors.setup(SlotCalls::new);
    }

    private List<ActorRef<Command>> others = List.of();

    private SlotCalls(ActorContext<Command> context) {
        super(context);
        ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
        receptionist.tell(Receptionist.register(KEY, context.getSelf()));
        receptionist.tell(
                Receptionist.subscribe(KEY, context.messageAdapter(Receptionist.Listing.class, Staying::new)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(HandedOver.class, this::onHandedOver)
                .onMessage(Call.class, this::onCall)
                .onMessage(Staying.class, this::onStaying)
                .onMessage(Leave.class, leave -> onLeave())
                .build();
    }

    private Behavior<Command> onHandedOver(HandedOver handedOver) {
        if (!others.isEmpty()) {
            others.get(ThreadLocalRandom.current().nextInt(others.size()))
                    .tell(new Call(handedOver.slot().toString()));
        }
        return this;
    }

    private Behavior<Command> onCall(Call call) {
        SlotSharding.call(getContext().getSystem(), SlotId.parse(call.slot()));
        return this;
    }

    private Behavior<Command> onStaying(Staying staying) {
        others = new ArrayList<>(staying.nodes().getServiceInstances(KEY));
        others.remove(getContext().getSelf());
        return this;
    }

    private Behavior<Command> onLeave() {
        getContext()
                .getSystem()
                .receptionist()
                .tell(Receptionist.deregister(KEY, getContext().getSelf()));
        return this;
    }
}
