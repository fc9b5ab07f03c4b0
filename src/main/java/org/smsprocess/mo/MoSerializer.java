// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.smsprocess.smpp.Inbound;

/** Serializer of the handlers' messages, events and state; the forms are in {@link MoCodec}. Bound in reference.conf. */
public final class MoSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 7_300_620;

    private static final String PARTS_RECEIVED = "P1";
    private static final String CLOSED = "C1";
    private static final String STORED = "S1";
    private static final String STATE = "N1";
    private static final String RECEIVE = "R1";
    private static final String ANSWERED = "A1";
    private static final String WAKE_UP = "W1";

    private final ExtendedActorSystem system;

    public MoSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object object) {
        if (object instanceof MoEvent.PartsReceived) {
            return PARTS_RECEIVED;
        } else if (object instanceof MoEvent.Closed) {
            return CLOSED;
        } else if (object instanceof MoEvent.Stored) {
            return STORED;
        } else if (object instanceof Reassembly) {
            return STATE;
        } else if (object instanceof MoProtocol.Receive) {
            return RECEIVE;
        } else if (object instanceof MoProtocol.Answered) {
            return ANSWERED;
        } else if (object instanceof MoProtocol.WakeUp) {
            return WAKE_UP;
        }
        throw new IllegalArgumentException("not an object of the MO handlers: " + object.getClass());
    }

    @Override
    public byte[] toBinary(Object object) {
        OctetOutput out = new OctetOutput();
        if (object instanceof MoEvent.PartsReceived received) {
            out.number(received.atMillis()).list(received.parts(), MoCodec::writeSegment);
        } else if (object instanceof MoEvent.Closed closed) {
            out.number(closed.atMillis()).list(closed.groups(), OctetOutput::number);
        } else if (object instanceof MoEvent.Stored stored) {
            out.number(stored.atMillis()).list(stored.groups(), OctetOutput::number);
        } else if (object instanceof Reassembly state) {
            MoCodec.writeState(out, state);
        } else if (object instanceof MoProtocol.Receive receive) {
            out.number(receive.batch()).list(receive.parts(), MoSerializer::writePart);
            out.text(refs().toSerializationFormat(receive.replyTo()));
        } else if (object instanceof MoProtocol.Answered answered) {
            out.number(answered.batch()).list(answered.accepted(), (to, answerTo) -> to.number(answerTo));
        }
        return out.toOctets();
    }

    @Override
    public Object fromBinary(byte[] octets, String manifest) throws NotSerializableException {
        OctetInput in = new OctetInput(octets);
        return switch (manifest) {
            case PARTS_RECEIVED -> new MoEvent.PartsReceived(in.number(), in.list(MoCodec::readSegment));
            case CLOSED -> new MoEvent.Closed(in.number(), in.list(OctetInput::number));
            case STORED -> new MoEvent.Stored(in.number(), in.list(OctetInput::number));
            case STATE -> MoCodec.readState(in);
            case RECEIVE ->
                new MoProtocol.Receive(in.number(), in.list(MoSerializer::readPart), refs().resolveActorRef(in.text()));
            case ANSWERED -> new MoProtocol.Answered(in.number(), in.list(OctetInput::smallNumber));
            case WAKE_UP -> MoProtocol.WakeUp.WAKE_UP;
            default -> throw new NotSerializableException("manifest " + manifest + " is not known to this version");
        };
    }

    private static void writePart(OctetOutput out, MoPart part) {
        out.number(part.answerTo());
        MoCodec.writeInbound(out, part.inbound());
        out.number(part.receivedAtMillis());
    }

    private static MoPart readPart(OctetInput in) {
        int answerTo = in.smallNumber();
        Inbound inbound = MoCodec.readInbound(in);
        return new MoPart(answerTo, inbound, in.number());
    }

    private ActorRefResolver refs() {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }
}
