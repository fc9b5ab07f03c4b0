// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.smsprocess.mo.MoProtocol.Answered;
import org.smsprocess.mo.MoProtocol.Receive;
import org.smsprocess.mo.MoProtocol.WakeUp;
import org.smsprocess.mo.parts.MoCodec;
import org.smsprocess.mo.parts.MoEvent.Closed;
import org.smsprocess.mo.parts.MoEvent.PartsReceived;
import org.smsprocess.mo.parts.MoEvent.Stored;
import org.smsprocess.mo.parts.Reassembly;
import org.smsprocess.serial.CompactReader;
import org.smsprocess.serial.CompactWriter;
import org.smsprocess.serial.Form;
import org.smsprocess.serial.FormSerializer;

/** Serializer of the handlers' messages, events and state; the parts of them are in {@link MoCodec}. Bound in reference.conf. */
public final class MoSerializer extends FormSerializer {
    private static final int IDENTIFIER = 7_300_620;
    private static final int USUAL_LENGTH = 256;

    public MoSerializer(ExtendedActorSystem system) {
        super(IDENTIFIER, system, MoSerializer::forms);
    }

    private static List<Form<?>> forms(ActorRefResolver refs) {
        return List.of(
                form(
                        "P1",
                        PartsReceived.class,
                        (out, event) -> out.number(event.atMillis()).list(event.parts(), MoCodec::writeSegment),
                        in -> new PartsReceived(in.number(), in.list(MoCodec::readSegment))),
                form(
                        "C1",
                        Closed.class,
                        (out, event) -> out.number(event.atMillis()).list(event.groups(), CompactWriter::number),
                        in -> new Closed(in.number(), in.list(CompactReader::number))),
                form(
                        "S1",
                        Stored.class,
                        (out, event) -> out.number(event.atMillis()).list(event.groups(), CompactWriter::number),
                        in -> new Stored(in.number(), in.list(CompactReader::number))),
                form("N1", Reassembly.class, MoCodec::writeState, MoCodec::readState),
                form(
                        "R1",
                        Receive.class,
                        (out, receive) -> out.number(receive.batch())
                                .list(receive.parts(), MoCodec::writePart)
                                .text(refs.toSerializationFormat(receive.replyTo())),
                        in -> new Receive(in.number(), in.list(MoCodec::readPart), refs.resolveActorRef(in.text()))),
                form(
                        "A1",
                        Answered.class,
                        (out, answered) -> out.number(answered.batch())
                                .list(answered.accepted(), (to, answerTo) -> to.number(answerTo)),
                        in -> new Answered(in.number(), in.list(CompactReader::smallNumber))),
                Form.empty("W1", WakeUp.class, WakeUp.WAKE_UP));
    }

    private static <T> Form<T> form(
            String manifest, Class<T> type, BiConsumer<CompactWriter, T> write, Function<CompactReader, T> read) {
        return new Form<>(
                manifest,
                type,
                object -> {
                    CompactWriter out = new CompactWriter(USUAL_LENGTH);
                    write.accept(out, object);
                    return out.toOctets();
                },
                octets -> read.apply(new CompactReader(octets)));
    }
}
