// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.SubmitOutcome;

/** Passes on what the links of a session tell, from their event loops straight to the actors that handle it. */
record LinkHearing(ActorRef<InboundDesk.Command> desk, ActorRef<Recorder.Command> recorder, Consumer<String> onClosed)
        implements Links.Hearing {
    @Override
    public void outcomes(List<SubmitOutcome> outcomes) {
        recorder.tell(new Recorder.Outcomes(outcomes));
    }

    @Override
    public void inbound(List<Inbound> inbound, Consumer<List<InboundAnswer>> answers) {
        desk.tell(new InboundDesk.Arrived(inbound, answers));
    }

    @Override
    public void closed(String reason) {
        onClosed.accept(reason);
    }
}
