// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/** One object for each manifest of {@link SrSerializer}. Never changed once released: the samples of old versions are compared with them. */
public final class SrSamples {
    private static final List<StatusReport> REPORTS = List.of(
            new StatusReport(-2, 258, "a1", Meaning.FAILED, "UNDELIV", "021", 1000, List.of(new Candidate(772, "b"))),
            new StatusReport(1, -1, "", Meaning.INTERMEDIATE, "", "", 0));

    private SrSamples() {}

    /** @param replyTo an address of another node */
    public static Map<String, Object> all(ActorRefResolver refs, String replyTo) {
        FinalStatus delivered = new FinalStatus(2560, true, "a1b2", "DELIVRD", "000", 990);
        return Map.of(
                "E",
                new SrEvent(
                        7,
                        1000,
                        5,
                        List.of(new Mapping(258, 2560, 1), new Mapping(-3, 2561, 3)),
                        List.of(delivered, new FinalStatus(2559, false, "7", "UNDELIV", "000", 1000)),
                        new SrEvent.Expired(42, 6)),
                "N",
                new SrSnapshot(
                        9,
                        new long[] {1, 2},
                        new long[] {0x800, 0xfffffffffffff800L},
                        new long[] {1},
                        new long[] {1000},
                        List.of(Map.entry(8L, List.of(delivered)))),
                "S",
                new SrProtocol.Submitted(5, List.of(new Mapping(258, 2560, 1)), refs.resolveActorRef(replyTo)),
                "R",
                new SrProtocol.Receive(-1, REPORTS, refs.resolveActorRef(replyTo)),
                "P",
                new SrProtocol.Probe(0, REPORTS, refs.resolveActorRef(replyTo)),
                "F",
                new SrProtocol.FindKnown(3, List.of(1024L, 2047L, 5120L, 6143L), refs.resolveActorRef(replyTo)),
                "W",
                SrProtocol.WakeUp.INSTANCE,
                "D",
                new SrProtocol.Persisted(7),
                "A",
                new SrProtocol.Answered(7, List.of(0, 1, -1), List.of(300), 2),
                "K",
                new SrProtocol.Known(1, List.of(5L, 3L)));
    }
}
