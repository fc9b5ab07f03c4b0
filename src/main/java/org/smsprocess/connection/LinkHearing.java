// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.SubmitOutcome;

/**
 * Passes on what the links of a session tell, from their event loops straight to the actors that handle it. Without the lease SR and MO are
 * left to the SMSC, which sends them again to the successor: to a node that was frozen for long they are old, and what had been stored of
 * them elsewhere may be forgotten.
 */
record LinkHearing(
        HeldLease lease,
        LongSupplier nanoTime,
        ActorRef<InboundDesk.Command> desk,
        ActorRef<Recorder.Command> recorder,
        ActorRef<Session.Command> session)
        implements Links.Hearing {
    @Override
    public void outcomes(List<SubmitOutcome> outcomes) {
        recorder.tell(new Recorder.Outcomes(outcomes));
    }

    @Override
    public void inbound(List<Inbound> inbound, Consumer<List<InboundAnswer>> answers) {
        if (lease.isValid(nanoTime.getAsLong())) {
            desk.tell(new InboundDesk.Arrived(inbound, answers));
        } else {
            // stays in the link, too, unless the lease comes back
            answers.accept(inbound.stream().map(LinkHearing::refusal).toList());
        }
    }

    @Override
    public void closed(String reason) {
        session.tell(new Session.LinkClosed(reason));
    }

    private static InboundAnswer refusal(Inbound inbound) {
        return new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), CommandStatus.ESME_RX_T_APPN);
    }
}
