// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.smsprocess.serial.Form;
import org.smsprocess.serial.FormSerializer;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.SrProtocol.WakeUp;

/** Serializer of the correlators' events, snapshots ({@link SrEvents}) and messages ({@link SrMessages}). Bound in reference.conf. */
public final class SrSerializer extends FormSerializer {
    private static final int IDENTIFIER = 7_300_610;

    public SrSerializer(ExtendedActorSystem system) {
        super(IDENTIFIER, system, SrSerializer::forms);
    }

    private static List<Form<?>> forms(ActorRefResolver refs) {
        SrMessages messages = new SrMessages(refs);
        return List.of(
                new Form<>("E", SrEvent.class, SrEvents::write, SrEvents::readEvent),
                new Form<>("N", SrSnapshot.class, SrEvents::write, SrEvents::readSnapshot),
                new Form<>("S", Submitted.class, messages::write, messages::readSubmitted),
                new Form<>("R", Receive.class, messages::write, messages::readReceive),
                new Form<>("P", Probe.class, messages::write, messages::readProbe),
                new Form<>("F", FindKnown.class, messages::write, messages::readFindKnown),
                Form.empty("W", WakeUp.class, WakeUp.INSTANCE),
                new Form<>("D", Persisted.class, messages::write, messages::readPersisted),
                new Form<>("A", Answered.class, messages::write, messages::readAnswered),
                new Form<>("K", Known.class, messages::write, messages::readKnown));
    }
}
