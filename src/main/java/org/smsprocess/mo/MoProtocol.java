// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.mo.parts.MoPart;

/** The messages of the sharded, event-sourced MO handlers; entity id {@code account/bucket}, bucket by sender. */
public final class MoProtocol {
    private MoProtocol() {}

    /** What a handler takes. */
    public sealed interface Command permits Receive, WakeUp, MoHandler.Internal {}

    /** MO to take; one or more {@link Answered} follow, together naming each answerTo at most once. */
    public record Receive(long batch, List<MoPart> parts, ActorRef<Answered> replyTo) implements Command {}

    /** Starts a handler that no MO reaches, so that parts which wait in it for others do not wait for ever. */
    public enum WakeUp implements Command {
        WAKE_UP
    }

    /** @param accepted answerTo of those that are durable: answer OK. Those never named are left to the SMSC to send again. */
    public record Answered(long batch, List<Integer> accepted) {}
}
