// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import static org.smsprocess.mo.MoFixtures.NOON;
import static org.smsprocess.mo.MoFixtures.deliver;
import static org.smsprocess.mo.MoFixtures.moPart;
import static org.smsprocess.mo.MoFixtures.octets;
import static org.smsprocess.mo.MoFixtures.part;
import static org.smsprocess.mo.MoFixtures.segment;

import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.smsprocess.mo.parts.MoEvent;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.smpp.Tlv;

/** One object for each manifest of {@link MoSerializer}. Never changed once released: the samples of old versions are compared with them. */
public final class MoSamples {
    private MoSamples() {}

    /** @param replyTo an address of another node */
    public static Map<String, Object> all(ActorRefResolver refs, String replyTo) {
        Reassembly state = new Reassembly();
        state.apply(
                new MoEvent.PartsReceived(NOON, List.of(segment(part(5, 2, 1, "Hi")))),
                new Reassembly.Bounds(10, 10, 1000));
        return Map.of(
                "P1",
                new MoEvent.PartsReceived(
                        NOON,
                        List.of(segment(
                                deliver(0x40, 0, octets("05 00 03 05 02 01 48 69"), new Tlv(0x1400, octets("7f")))))),
                "C1",
                new MoEvent.Closed(NOON, List.of(1L, 300L)),
                "S1",
                new MoEvent.Stored(NOON, List.of(1L, 300L)),
                "N1",
                state,
                "R1",
                new MoProtocol.Receive(9, List.of(moPart(-3, part(5, 2, 1, "Hi"))), refs.resolveActorRef(replyTo)),
                "A1",
                new MoProtocol.Answered(9, List.of(1, -2)),
                "W1",
                MoProtocol.WakeUp.WAKE_UP);
    }
}
