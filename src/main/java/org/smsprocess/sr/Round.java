// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.smsprocess.delivery.log.FinalStatus;
import org.smsprocess.sr.Answers.Place;
import org.smsprocess.sr.SrMetrics.Kind;
import org.smsprocess.sr.SrProtocol.Probe;
import org.smsprocess.sr.SrProtocol.Receive;
import org.smsprocess.sr.SrProtocol.Submitted;
import org.smsprocess.sr.WaitingRoom.Waiting;
import org.smsprocess.sr.reading.LearnedForm;
import org.smsprocess.sr.reading.RecipientGuard;
import org.smsprocess.sr.reading.StatusReport;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/**
 * Decides one microbatch: what its event holds, who is answered what once that is durable, and which SR wait. Changes the waiting
 * room and the sample, not the state. Mappings must be added before SR. Not thread-safe.
 */
final class Round {
    /** Epochs after which a match is late: a day. */
    private static final int LATE_AGE = 6;
    /** The part of a reference whose SR has come: another is acknowledged and has no effect. */
    private static final int USED = 2;

    private final SrState state;
    private final Patience patience;
    private final SrSample sample;
    private final long atMillis;

    /** Of this round: {@link Packed} of what it maps or makes final. */
    private final Long2LongOpenHashMap changed = new Long2LongOpenHashMap();

    private final List<Mapping> submitted = new ArrayList<>();
    private final List<FinalStatus> statuses = new ArrayList<>();
    private final List<Waiting> elsewhere = new ArrayList<>();
    private final Answers answers = new Answers();
    private final List<Submitted> confirmed = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    /** @param atMillis the time of the event */
    Round(SrState state, Patience patience, SrSample sample, long atMillis) {
        this.state = state;
        this.patience = patience;
        this.sample = sample;
        this.atMillis = atMillis;
    }

    void add(Submitted command) {
        confirmed.add(command);
        for (Mapping mapping : command.mappings()) {
            boolean later = mapping.part() > 1;
            if (!Packed.fits(mapping.mtId())) {
                count(Kind.IGNORED); // a batch that fails would come again and again
                continue;
            }
            if (mapping.isByReference()) {
                addReference(mapping);
                continue;
            }
            // a batch that is sent again must not undo what became of it
            if (!Packed.isSame(known(mapping.key()), mapping.mtId(), later)) {
                submitted.add(mapping);
                changed.put(mapping.key(), Packed.of(mapping.mtId(), later, atMillis));
                if (!later) {
                    sample.accepted(mapping.key(), patience.nowMillis());
                }
            }
        }
    }

    private void addReference(Mapping mapping) {
        long before = known(mapping.key());
        long after = Packed.withReference(before, mapping.mtId(), atMillis);
        if (after != before) {
            submitted.add(mapping);
            changed.put(mapping.key(), after);
        }
    }

    /** Settles the SR that were waiting for this round's mappings. */
    void settleWaiting() {
        if (patience.room().size() == 0) {
            return;
        }
        for (Mapping mapping : submitted) {
            for (Waiting waiting : patience.room().take(mapping.key())) {
                count(Kind.WAITED);
                settle(waiting.report, waiting.place);
            }
        }
    }

    void add(Receive command) {
        Place place = new Place(command.batch(), command.replyTo());
        count(Kind.RECEIVED, command.reports().size());
        for (StatusReport report : command.reports()) {
            if (report.meaning() == Meaning.INTERMEDIATE) {
                count(Kind.INTERMEDIATE);
                answers.accept(place, report.answerTo());
            } else if (!settle(report, place)) {
                await(report, place);
            }
        }
    }

    void add(Probe command) {
        Place place = new Place(command.batch(), command.replyTo());
        for (StatusReport report : command.reports()) {
            if (!settle(report, place) && !settleByReference(report, place)) {
                answers.unknown(place, report.answerTo());
            }
        }
    }

    private boolean settle(StatusReport report, Place place) {
        if (settle(report, report.key(), report.providerId(), place)) {
            return true;
        }
        for (Candidate candidate : report.alternatives()) {
            if (!candidate.isReference() && settle(report, candidate.key(), candidate.providerId(), place)) {
                return true;
            }
        }
        return false;
    }

    /** The SR of an MT in doubt. The event says so by a mapping that makes the reference one whose SR has come. */
    private boolean settleByReference(StatusReport report, Place place) {
        if (!report.hasReference()) {
            return false;
        }
        long key = report.alternatives().get(report.alternatives().size() - 1).key();
        long packed = known(key);
        if (Packed.isReference(packed)) {
            long mtId = Packed.mtId(packed);
            statuses.add(finalStatus(report, mtId, report.providerId()));
            submitted.add(new Mapping(key, mtId, USED));
            changed.put(key, Packed.of(mtId, true, atMillis));
            count(Kind.MATCHED);
            count(Kind.BY_REFERENCE);
        } else if (packed == 0 || Packed.isAmbiguous(packed)) {
            return false;
        } else {
            count(Kind.DUPLICATE);
        }
        answers.accept(place, report.answerTo());
        return true;
    }

    private static FinalStatus finalStatus(StatusReport report, long mtId, String providerId) {
        boolean delivered = report.meaning() == Meaning.DELIVERED;
        return new FinalStatus(mtId, delivered, providerId, report.stat(), report.err(), report.receivedAtMillis());
    }

    private boolean settle(StatusReport report, long key, String providerId, Place place) {
        long packed = known(key);
        if (packed == 0) {
            return false;
        }
        boolean delivered = report.meaning() == Meaning.DELIVERED;
        if (Packed.isLaterPart(packed)) {
            count(Kind.LATER_PART);
        } else if (Packed.isFinal(packed)) {
            count(Kind.DUPLICATE);
            count(Kind.CONTRADICTORY, Packed.isDelivered(packed) == delivered ? 0 : 1);
        } else {
            statuses.add(finalStatus(report, Packed.mtId(packed), providerId));
            changed.put(key, Packed.asFinal(packed, delivered));
            sample.reported(key);
            count(Kind.MATCHED);
            int age = Packed.age(packed, atMillis);
            count(Kind.LATE, age >= LATE_AGE && age <= Packed.MAX_AGE ? 1 : 0);
        }
        answers.accept(place, report.answerTo());
        if (report.hasOtherIds()) {
            answers.learned(
                    place,
                    LearnedForm.formOf(RecipientGuard.plain(report.providerId()), RecipientGuard.plain(providerId)));
        }
        return true;
    }

    private void await(StatusReport report, Place place) {
        boolean knownAsUnknown = patience.unknownIds().contains(report.key()) && !report.hasOtherIds();
        boolean isHopeless = knownAsUnknown || patience.isOver();
        if (report.providerId().isEmpty()
                || isHopeless && !report.hasReference()
                || patience.room().isFull()) {
            giveUp(report, place);
        } else if (isHopeless) {
            elsewhere.add(patience.admitBriefly(report, place));
        } else {
            Waiting waiting = patience.admit(report, place);
            if (report.hasOtherIds()) {
                elsewhere.add(waiting);
            }
        }
    }

    /** Answers SR that have waited long enough. */
    void giveUpOverdue() {
        for (Waiting waiting : patience.takeOverdue()) {
            giveUp(waiting.report, waiting.place);
        }
    }

    private void giveUp(StatusReport report, Place place) {
        if (patience.unknownIds().isAcceptedNow(report.key(), patience.acknowledgeCount())) {
            answers.accept(place, report.answerTo());
        } else {
            answers.unknown(place, report.answerTo());
        }
        count(Kind.UNMATCHED);
    }

    private long known(long key) {
        long now = changed.get(key);
        return now == 0 ? state.get(key) : now;
    }

    boolean hasEvent() {
        return !submitted.isEmpty() || !statuses.isEmpty();
    }

    SrEvent event() {
        return new SrEvent(
                state.ordinal() + 1, atMillis, state.unlogged().loggedTo(state.ordinal()), submitted, statuses, null);
    }

    List<FinalStatus> statuses() {
        return statuses;
    }

    /** Waiting SR about which other correlators must be asked. */
    List<Waiting> elsewhere() {
        return elsewhere;
    }

    Map<Kind, Integer> counts() {
        return counts;
    }

    /** Only when the event is durable, or there is none. */
    void answer() {
        confirmed.forEach(command -> command.replyTo().tell(new SrProtocol.Persisted(command.batch())));
        answers.send();
    }

    private void count(Kind kind) {
        count(kind, 1);
    }

    private void count(Kind kind, int number) {
        if (number > 0) {
            counts.merge(kind, number, Integer::sum);
        }
    }
}
