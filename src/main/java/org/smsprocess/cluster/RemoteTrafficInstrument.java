// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import java.nio.ByteBuffer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.remote.artery.RemoteInstrument;

/** Tells {@link RemoteTraffic} of each message to another node. Named in node.conf; adds nothing to the messages. */
public final class RemoteTrafficInstrument extends RemoteInstrument {
    private static final byte IDENTIFIER = 17; // own choice between 1 and 31

    private final RemoteTraffic traffic;

    /** Called by Pekko. */
    public RemoteTrafficInstrument(ExtendedActorSystem system) {
        this.traffic = system.settings().setup().get(RemoteTraffic.class).orElseGet(RemoteTraffic::new);
    }

    @Override
    public byte identifier() {
        return IDENTIFIER;
    }

    @Override
    public void remoteMessageSent(ActorRef recipient, Object message, ActorRef sender, int size, long nanos) {
        traffic.sent(message, size);
    }

    @Override
    public void remoteWriteMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

    @Override
    public void remoteReadMetadata(ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

    @Override
    public void remoteMessageReceived(ActorRef recipient, Object message, ActorRef sender, int size, long nanos) {}
}
