// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.parts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.smsprocess.serial.CompactReader;
import org.smsprocess.serial.CompactWriter;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

/**
 * Octets of what is journaled, snapshotted and sent between nodes; see {@link CompactWriter} for the elements. Each manifest is a
 * version of one form: a changed form gets a new manifest, and the old one stays readable.
 *
 * <pre>
 *   address  = ton npi number          tlv  = tag value       concat = 0 | width reference total number
 *   segment  = address address data_coding concat udh octets malformed tlvs received
 *   inbound  = command_id sequence_number address address esm_class data_coding short_message tlvs
 *   part     = answer-to inbound received
 *   group    = id total last-at segments
 *   state    = events next-group open ready ([fingerprint journaled-at] …)
 * </pre>
 */
public final class MoCodec {
    private MoCodec() {}

    public static void writeSegment(CompactWriter out, Segment segment) {
        writeAddress(out, segment.source());
        writeAddress(out, segment.destination());
        out.number(segment.dataCoding());
        Concat concat = segment.concat();
        if (concat == null) {
            out.number(0);
        } else {
            out.number(concat.width())
                    .number(concat.reference())
                    .number(concat.total())
                    .number(concat.number());
        }
        out.octets(segment.udh()).octets(segment.octets()).number(segment.isMalformed() ? 1 : 0);
        out.list(segment.tlvs(), MoCodec::writeTlv).number(segment.receivedAtMillis());
    }

    public static Segment readSegment(CompactReader in) {
        SmppAddress source = readAddress(in);
        SmppAddress destination = readAddress(in);
        int dataCoding = in.smallNumber();
        return new Segment(
                source,
                destination,
                dataCoding,
                readConcat(in),
                in.octets(),
                in.octets(),
                in.smallNumber() == 1,
                in.list(MoCodec::readTlv),
                in.number());
    }

    private static @Nullable Concat readConcat(CompactReader in) {
        int width = in.smallNumber();
        if (width == 0) {
            return null;
        }
        return new Concat(in.smallNumber(), width, in.smallNumber(), in.smallNumber());
    }

    public static void writePart(CompactWriter out, MoPart part) {
        out.number(part.answerTo());
        writeInbound(out, part.inbound());
        out.number(part.receivedAtMillis());
    }

    public static MoPart readPart(CompactReader in) {
        int answerTo = in.smallNumber();
        Inbound inbound = readInbound(in);
        return new MoPart(answerTo, inbound, in.number());
    }

    private static void writeInbound(CompactWriter out, Inbound inbound) {
        out.number(inbound.commandId()).number(inbound.sequenceNumber() & 0xFFFFFFFFL);
        writeAddress(out, inbound.source());
        writeAddress(out, inbound.destination());
        out.number(inbound.esmClass()).number(inbound.dataCoding()).octets(inbound.shortMessage());
        out.list(inbound.tlvs(), MoCodec::writeTlv);
    }

    private static Inbound readInbound(CompactReader in) {
        return new Inbound(
                in.smallNumber(),
                (int) in.number(), // written without its sign
                readAddress(in),
                readAddress(in),
                in.smallNumber(),
                in.smallNumber(),
                in.octets(),
                in.list(MoCodec::readTlv));
    }

    public static void writeState(CompactWriter out, Reassembly state) {
        out.number(state.events()).number(state.nextGroup());
        out.list(state.open(), MoCodec::writeGroup).list(state.ready(), MoCodec::writeGroup);
        out.list(state.seen().entrySet(), (to, seen) -> to.fixed(seen.getKey()).number(seen.getValue()));
    }

    public static Reassembly readState(CompactReader in) {
        long events = in.number();
        long nextGroup = in.number();
        List<Group> open = in.list(MoCodec::readGroup);
        List<Group> ready = in.list(MoCodec::readGroup);
        Map<Long, Long> seen = new LinkedHashMap<>();
        in.list(from -> seen.put(from.fixed(), from.number()));
        return new Reassembly(events, nextGroup, open, ready, seen);
    }

    private static void writeGroup(CompactWriter out, Group group) {
        out.number(group.id()).number(group.total()).number(group.lastAtMillis());
        out.list(group.parts(), MoCodec::writeSegment);
    }

    private static Group readGroup(CompactReader in) {
        Group group = new Group(in.number(), in.smallNumber());
        long lastAtMillis = in.number();
        for (Segment part : in.list(MoCodec::readSegment)) {
            Concat concat = part.concat();
            if (concat != null) {
                group.put(concat.number(), part, lastAtMillis);
            }
        }
        return group;
    }

    private static void writeAddress(CompactWriter out, SmppAddress address) {
        out.number(address.ton()).number(address.npi()).text(address.number());
    }

    private static SmppAddress readAddress(CompactReader in) {
        return new SmppAddress(in.smallNumber(), in.smallNumber(), in.text());
    }

    private static void writeTlv(CompactWriter out, Tlv tlv) {
        out.number(tlv.tag()).octets(tlv.value());
    }

    private static Tlv readTlv(CompactReader in) {
        return new Tlv(in.smallNumber(), in.octets());
    }
}
