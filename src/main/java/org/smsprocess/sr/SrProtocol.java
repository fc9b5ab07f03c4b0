// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.sr.reading.SrReader;
import org.smsprocess.sr.reading.StatusReport;

/** The messages of the sharded, event-sourced correlators; entity id {@code account/bucket}. All work is in batches. */
public final class SrProtocol {
    private SrProtocol() {}

    /** What a correlator takes. */
    public sealed interface Command permits Submitted, Receive, FindKnown, Probe, WakeUp, SrCorrelator.Internal {}

    /** Remember these; {@link Persisted} after they are durable. */
    public record Submitted(long batch, List<Mapping> mappings, ActorRef<Persisted> replyTo) implements Command {}

    /** SRs to correlate; one or more {@link Answered} follow, together naming each answerTo once. */
    public record Receive(long batch, List<StatusReport> reports, ActorRef<Answered> replyTo) implements Command {}

    /** Which MT of these id ranges (first and last, inclusive, alternating) have a mapping? For recovery after a crash. */
    public record FindKnown(long batch, List<Long> ranges, ActorRef<Known> replyTo) implements Command {}

    /** Among correlators: as {@link Receive}, about ids that may be in another bucket; nothing waits. */
    record Probe(long batch, List<StatusReport> reports, ActorRef<Answered> replyTo) implements Command {}

    /** Starts a correlator without traffic, so that what it had not yet handed to the delivery log gets there. */
    enum WakeUp implements Command {
        INSTANCE
    }

    public record Persisted(long batch) {}

    /**
     * @param accepted answerTo of SRs that are durable (or need no memory): answer OK
     * @param unknown answerTo of SRs whose id is not known after unknown-id-wait: answer "message id invalid"
     * @param learned for {@link SrReader#learned}; 0: nothing
     */
    public record Answered(long batch, List<Integer> accepted, List<Integer> unknown, int learned) {
        public Answered(long batch, List<Integer> accepted, List<Integer> unknown) {
            this(batch, accepted, unknown, 0);
        }
    }

    public record Known(long batch, List<Long> mtIds) {}
}
