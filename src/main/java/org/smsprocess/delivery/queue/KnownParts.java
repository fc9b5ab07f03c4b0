// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.queue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parts that slots of this node know to be theirs. Thread-safe. */
final class KnownParts {
    private record Held(long epoch, Set<Long> parts) {}

    private final Map<String, Held> bySlot = new HashMap<>();

    synchronized void add(SlotEpoch slot, List<ClaimedPart> parts) {
        Held held = bySlot.get(slot.slot());
        if (held == null || held.epoch() < slot.epoch()) {
            held = new Held(slot.epoch(), new HashSet<>());
            bySlot.put(slot.slot(), held);
        }
        if (held.epoch() == slot.epoch()) {
            for (ClaimedPart part : parts) {
                held.parts().add(part.partId());
            }
        }
    }

    synchronized void remove(SlotEpoch slot, List<Long> parts) {
        Held held = bySlot.get(slot.slot());
        if (held != null && held.epoch() == slot.epoch()) {
            parts.forEach(held.parts()::remove);
        }
    }

    synchronized Set<Long> of(SlotEpoch slot) {
        Held held = bySlot.get(slot.slot());
        return held == null || held.epoch() != slot.epoch() ? Set.of() : Set.copyOf(held.parts());
    }
}
