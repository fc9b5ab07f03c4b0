// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.smsprocess.serial.CompactReader;
import org.smsprocess.serial.CompactWriter;
import org.smsprocess.sr.SrProtocol.Answered;
import org.smsprocess.sr.SrProtocol.FindKnown;
import org.smsprocess.sr.SrProtocol.Known;
import org.smsprocess.sr.SrProtocol.Persisted;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/**
 * The messages as they cross nodes, schema version 1. All begin with octet 1 and signed batch, and end with the text of replyTo, if
 * they have one.
 *
 * <pre>
 * Submitted  number of mappings: { fixed key, signed mtId, number part }
 * Receive, Probe
 *            number of reports: { signed answerTo, fixed key, text providerId, octet meaning (0 delivered, 1 failed,
 *            2 intermediate), text stat, text err, signed receivedAtMillis, number of alternatives: { fixed key, text providerId } }
 * FindKnown, Known
 *            number of ids: { signed difference to the one before }
 * Persisted  nothing
 * Answered   number accepted: { signed answerTo }, number unknown: { signed answerTo }, number learned
 * </pre>
 */
final class SrMessages {
    private static final int VERSION = 1;

    private final ActorRefResolver refs;

    SrMessages(ActorRefResolver refs) {
        this.refs = refs;
    }

    private static CompactWriter begin(long batch, int expectedLength) {
        return new CompactWriter(expectedLength).octet(VERSION).signed(batch);
    }

    private byte[] end(CompactWriter out, ActorRef<?> replyTo) {
        return out.text(refs.toSerializationFormat(replyTo)).toOctets();
    }

    private static CompactReader begin(byte[] octets) {
        CompactReader in = new CompactReader(octets);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalStateException("version " + version + " of a message of SR correlators is not known (1)");
        }
        return in;
    }

    private <T> ActorRef<T> replyTo(CompactReader in) {
        return refs.resolveActorRef(in.text());
    }

    byte[] write(Submitted message) {
        CompactWriter out = begin(message.batch(), 100 + message.mappings().size() * 16);
        return end(out.list(message.mappings(), SrMessages::writeMapping), message.replyTo());
    }

    Submitted readSubmitted(byte[] octets) {
        CompactReader in = begin(octets);
        return new Submitted(in.signed(), in.list(10, SrMessages::readMapping), replyTo(in));
    }

    private static void writeMapping(CompactWriter out, Mapping mapping) {
        out.fixed(mapping.key()).signed(mapping.mtId()).number(mapping.part());
    }

    private static Mapping readMapping(CompactReader in) {
        return new Mapping(in.fixed(), in.signed(), in.smallNumber());
    }

    byte[] write(SrProtocol.Receive message) {
        return write(message.batch(), message.reports(), message.replyTo());
    }

    SrProtocol.Receive readReceive(byte[] octets) {
        CompactReader in = begin(octets);
        return new SrProtocol.Receive(in.signed(), readReports(in), replyTo(in));
    }

    byte[] write(SrProtocol.Probe message) {
        return write(message.batch(), message.reports(), message.replyTo());
    }

    SrProtocol.Probe readProbe(byte[] octets) {
        CompactReader in = begin(octets);
        return new SrProtocol.Probe(in.signed(), readReports(in), replyTo(in));
    }

    private byte[] write(long batch, List<StatusReport> reports, ActorRef<Answered> replyTo) {
        CompactWriter out = begin(batch, 100 + reports.size() * 50);
        return end(out.list(reports, SrMessages::writeReport), replyTo);
    }

    private static List<StatusReport> readReports(CompactReader in) {
        return in.list(15, SrMessages::readReport);
    }

    private static void writeReport(CompactWriter out, StatusReport report) {
        out.signed(report.answerTo()).fixed(report.key()).text(report.providerId());
        out.octet(code(report.meaning())).text(report.stat()).text(report.err()).signed(report.receivedAtMillis());
        out.list(report.alternatives(), SrMessages::writeCandidate);
    }

    private static StatusReport readReport(CompactReader in) {
        return new StatusReport(
                (int) in.signed(),
                in.fixed(),
                in.text(),
                meaning(in.octet()),
                in.text(),
                in.text(),
                in.signed(),
                in.list(9, SrMessages::readCandidate));
    }

    private static void writeCandidate(CompactWriter out, Candidate candidate) {
        out.fixed(candidate.key()).text(candidate.providerId());
    }

    private static Candidate readCandidate(CompactReader in) {
        return new Candidate(in.fixed(), in.text());
    }

    private static int code(Meaning meaning) {
        return switch (meaning) {
            case DELIVERED -> 0;
            case FAILED -> 1;
            case INTERMEDIATE -> 2;
        };
    }

    private static Meaning meaning(int code) {
        return switch (code) {
            case 0 -> Meaning.DELIVERED;
            case 1 -> Meaning.FAILED;
            case 2 -> Meaning.INTERMEDIATE;
            default -> throw new IllegalStateException("meaning " + code + " of an SR is not known (0 to 2)");
        };
    }

    byte[] write(FindKnown message) {
        return end(writeIds(begin(message.batch(), 100), message.ranges()), message.replyTo());
    }

    FindKnown readFindKnown(byte[] octets) {
        CompactReader in = begin(octets);
        return new FindKnown(in.signed(), readIds(in), replyTo(in));
    }

    byte[] write(Known message) {
        return writeIds(begin(message.batch(), 100), message.mtIds()).toOctets();
    }

    Known readKnown(byte[] octets) {
        CompactReader in = begin(octets);
        return new Known(in.signed(), readIds(in));
    }

    byte[] write(Persisted message) {
        return begin(message.batch(), 12).toOctets();
    }

    Persisted readPersisted(byte[] octets) {
        return new Persisted(begin(octets).signed());
    }

    byte[] write(Answered message) {
        CompactWriter out = begin(message.batch(), 100 + message.accepted().size() * 2);
        writeNumbers(out, message.accepted());
        writeNumbers(out, message.unknown());
        return out.number(message.learned()).toOctets();
    }

    Answered readAnswered(byte[] octets) {
        CompactReader in = begin(octets);
        return new Answered(in.signed(), readNumbers(in), readNumbers(in), in.smallNumber());
    }

    private static void writeNumbers(CompactWriter out, List<Integer> numbers) {
        out.list(numbers, (to, number) -> to.signed(number));
    }

    private static List<Integer> readNumbers(CompactReader in) {
        return in.list(from -> (int) from.signed());
    }

    private static CompactWriter writeIds(CompactWriter out, List<Long> ids) {
        out.number(ids.size());
        long previous = 0;
        for (long id : ids) {
            out.signed(id - previous);
            previous = id;
        }
        return out;
    }

    private static List<Long> readIds(CompactReader in) {
        int count = in.count(1);
        List<Long> ids = new ArrayList<>(count);
        long previous = 0;
        for (int i = 0; i < count; i++) {
            previous += in.signed();
            ids.add(previous);
        }
        return ids;
    }
}
