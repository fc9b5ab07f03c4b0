// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.pekko.actor.typed.ActorRef;

/** The slots that run on this node; lets a node that leaves end them all and keep others from starting. Thread-safe. */
public final class LiveSlots {
    private final ConcurrentMap<SlotId, ActorRef<Slot.Command>> running = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    /** From now on no slot starts here, and those that run end in good order. */
    public void leave() {
        leaving = true;
        running.values().forEach(slot -> slot.tell(Slot.Stop.INSTANCE));
    }

    public int count() {
        return running.size();
    }

    boolean isLeaving() {
        return leaving;
    }

    void started(SlotId id, ActorRef<Slot.Command> slot) {
        running.put(id, slot);
        if (leaving) {
            slot.tell(Slot.Stop.INSTANCE); // it started while leave() went through the others
        }
    }

    void stopped(SlotId id, ActorRef<Slot.Command> slot) {
        running.remove(id, slot);
    }
}
