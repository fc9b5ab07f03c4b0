// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/** Serializer of the correlators' events, snapshots ({@link SrEvents}) and messages ({@link SrMessages}). Bound in reference.conf. */
public final class SrSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 7_300_610;

    private static final String EVENT = "E";
    private static final String SNAPSHOT = "N";
    private static final String SUBMITTED = "S";
    private static final String RECEIVE = "R";
    private static final String PROBE = "P";
    private static final String FIND_KNOWN = "F";
    private static final String WAKE_UP = "W";
    private static final String PERSISTED = "D";
    private static final String ANSWERED = "A";
    private static final String KNOWN = "K";

    private final ExtendedActorSystem system;
    private volatile @Nullable SrMessages messages;

    public SrSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object object) {
        if (object instanceof SrEvent) {
            return EVENT;
        } else if (object instanceof SrSnapshot) {
            return SNAPSHOT;
        } else if (object instanceof SrProtocol.Submitted) {
            return SUBMITTED;
        } else if (object instanceof SrProtocol.Receive) {
            return RECEIVE;
        } else if (object instanceof SrProtocol.Probe) {
            return PROBE;
        } else if (object instanceof SrProtocol.FindKnown) {
            return FIND_KNOWN;
        } else if (object instanceof SrProtocol.WakeUp) {
            return WAKE_UP;
        } else if (object instanceof SrProtocol.Persisted) {
            return PERSISTED;
        } else if (object instanceof SrProtocol.Answered) {
            return ANSWERED;
        } else if (object instanceof SrProtocol.Known) {
            return KNOWN;
        }
        throw new IllegalArgumentException("not an object of the SR correlators: " + object.getClass());
    }

    @Override
    public byte[] toBinary(Object object) {
        if (object instanceof SrEvent event) {
            return SrEvents.write(event);
        } else if (object instanceof SrSnapshot snapshot) {
            return SrEvents.write(snapshot);
        } else if (object instanceof SrProtocol.Submitted submitted) {
            return messages().write(submitted);
        } else if (object instanceof SrProtocol.Receive receive) {
            return messages().write(receive);
        } else if (object instanceof SrProtocol.Probe probe) {
            return messages().write(probe);
        } else if (object instanceof SrProtocol.FindKnown findKnown) {
            return messages().write(findKnown);
        } else if (object instanceof SrProtocol.WakeUp) {
            return new byte[0];
        } else if (object instanceof SrProtocol.Persisted persisted) {
            return messages().write(persisted);
        } else if (object instanceof SrProtocol.Answered answered) {
            return messages().write(answered);
        } else if (object instanceof SrProtocol.Known known) {
            return messages().write(known);
        }
        throw new IllegalArgumentException("not an object of the SR correlators: " + object.getClass());
    }

    @Override
    public Object fromBinary(byte[] octets, String manifest) throws NotSerializableException {
        return switch (manifest) {
            case EVENT -> SrEvents.readEvent(octets);
            case SNAPSHOT -> SrEvents.readSnapshot(octets);
            case SUBMITTED -> messages().readSubmitted(octets);
            case RECEIVE -> messages().readReceive(octets);
            case PROBE -> messages().readProbe(octets);
            case FIND_KNOWN -> messages().readFindKnown(octets);
            case WAKE_UP -> SrProtocol.WakeUp.INSTANCE;
            case PERSISTED -> messages().readPersisted(octets);
            case ANSWERED -> messages().readAnswered(octets);
            case KNOWN -> messages().readKnown(octets);
            default -> throw new NotSerializableException("manifest " + manifest + " is not known to this version");
        };
    }

    /** Not in the constructor: the system is not complete when serializers are made. */
    private SrMessages messages() {
        SrMessages made = messages;
        if (made == null) {
            made = new SrMessages(ActorRefResolver.get(Adapter.toTyped(system)));
            messages = made;
        }
        return made;
    }
}
