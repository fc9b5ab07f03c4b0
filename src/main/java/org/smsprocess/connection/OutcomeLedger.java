// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongLinkedOpenHashSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.ErrorClass;
import org.smsprocess.connection.preparing.LongMt;
import org.smsprocess.delivery.queue.ClaimedPart;
import org.smsprocess.delivery.queue.QueuedMt;
import org.smsprocess.delivery.queue.Settlement;
import org.smsprocess.message.MtId;
import org.smsprocess.smpp.CommandStatus;
import org.smsprocess.smpp.Submit;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.sr.Mapping;
import org.smsprocess.sr.reading.IdNormaliser;
import org.smsprocess.sr.reading.ProviderKey;
import org.smsprocess.sr.reading.RecipientGuard;

/**
 * Turns outcomes of SUBMIT_SM into settlements of MT and knows which open parts they complete. Confined to one {@link Recorder}; not
 * thread-safe.
 */
final class OutcomeLedger {
    /**
     * One microbatch.
     *
     * @param places in the window that are free again when this batch is durable
     * @param isKnownByMappings the mappings alone tell after a crash what was sent
     * @param doneParts parts whose last settlement is in this batch or was in one before
     */
    record Batch(
            List<Settlement> settlements,
            List<Mapping> mappings,
            List<Long> doneParts,
            int places,
            boolean isKnownByMappings) {
        boolean isEmpty() {
            return settlements.isEmpty() && mappings.isEmpty() && doneParts.isEmpty();
        }

        /** The window waits for its places, or so many parts are done that new ones are needed: a quarter. */
        boolean isAwaited(int maxOpenParts) {
            return !isKnownByMappings || 4 * doneParts.size() >= maxOpenParts;
        }

        /** Whether more can go in the same transaction. */
        boolean takesMore(int batchUpdateSize) {
            return isKnownByMappings && settlements.size() < batchUpdateSize;
        }

        /** Both as one, to be written together: for those known by their mappings, whose places are free already. */
        Batch with(Batch later) {
            return new Batch(
                    both(settlements, later.settlements),
                    both(mappings, later.mappings),
                    both(doneParts, later.doneParts),
                    0,
                    true);
        }

        private static <T> List<T> both(List<T> first, List<T> second) {
            List<T> all = new ArrayList<>(first.size() + second.size());
            all.addAll(first);
            all.addAll(second);
            return all;
        }
    }

    private static final class OpenPart {
        private final long partId;
        private int left;

        OpenPart(ClaimedPart part) {
            partId = part.partId();
            left = part.messages().size();
        }
    }

    /** Long messages in doubt of which a late answer may still come: more than windows hold, and little memory. */
    private static final int MOST_REMEMBERED = 10_000;

    private final ArrayDeque<Settlement> settlements = new ArrayDeque<>();
    private final List<Long> done = new ArrayList<>();
    private final Long2ObjectOpenHashMap<OpenPart> openParts = new Long2ObjectOpenHashMap<>();
    /** Of retry parts only: their messages keep the id of the part they were born in. */
    private final Long2LongOpenHashMap partByMtId = new Long2LongOpenHashMap();

    private final Long2ObjectOpenHashMap<SplitMt> split = new Long2ObjectOpenHashMap<>();
    /** Long MT of which only part 1 has no answer; the oldest are forgotten. */
    private final LongLinkedOpenHashSet onlyFirstInDoubt = new LongLinkedOpenHashSet();

    private final Map<Long, Long> marked = new HashMap<>();
    private List<Mapping> mappings = new ArrayList<>();
    private List<Submit> throttled = new ArrayList<>();
    private List<Submit> dueFirsts = new ArrayList<>();
    private AccountSettings account;
    private IdNormaliser ids;
    private @Nullable String reconnectReason;
    private long accepted;
    private int places;

    OutcomeLedger(AccountSettings account, IdNormaliser ids) {
        this.account = account;
        this.ids = ids;
    }

    void retune(AccountSettings changed, IdNormaliser changedIds) {
        account = changed;
        ids = changedIds;
    }

    void open(ClaimedPart part) {
        if (part.messages().isEmpty()) {
            done.add(part.partId());
            return;
        }
        openParts.put(part.partId(), new OpenPart(part));
        for (QueuedMt mt : part.messages()) {
            if (MtId.partOf(mt.id()) != part.partId()) {
                partByMtId.put(mt.id(), part.partId());
            }
        }
    }

    /** These will be marked {@code submitting} in the database: should they not be written, they have to be put back. */
    void mark(long partId, List<Long> mtIds) {
        mtIds.forEach(mtId -> marked.put(mtId, partId));
    }

    /** These will be submitted, their parts 1 when {@link #takeDueFirsts} says so. */
    void expect(List<LongMt> longMts) {
        longMts.forEach(mt -> split.put(mt.mtId(), new SplitMt(mt)));
    }

    void settle(Settlement settlement) {
        split.remove(settlement.mtId());
        marked.remove(settlement.mtId());
        settlements.add(settlement);
    }

    void add(SubmitOutcome outcome, long nowMillis) {
        SubmitOutcome.Kind kind = outcome.kind();
        places += kind == SubmitOutcome.Kind.NOT_SENT || kind == SubmitOutcome.Kind.LATE_ANSWER ? 0 : 1;
        Submit submit = outcome.submit();
        boolean isAccepted = (kind == SubmitOutcome.Kind.ANSWERED || kind == SubmitOutcome.Kind.LATE_ANSWER)
                && outcome.commandStatus() == CommandStatus.ESME_ROK;
        if (isAccepted) {
            accepted++;
            if (submit.parts() == 1 || submit.part() > 1) {
                map(submit, outcome.providerId());
            }
        } else if (kind == SubmitOutcome.Kind.ANSWERED || kind == SubmitOutcome.Kind.NACKED) {
            ErrorClass errorClass = account.errorClasses().of(outcome.commandStatus());
            if (errorClass == ErrorClass.THROTTLE) {
                throttled.add(submit);
                places--;
                return;
            }
            if (errorClass == ErrorClass.RECONNECT) {
                reconnectReason = "the SMSC answered " + CommandStatus.hex(outcome.commandStatus());
            }
        }
        if (submit.parts() == 1) {
            addWhole(submit, outcome, isAccepted, nowMillis);
        } else {
            addPart(submit, outcome, isAccepted, nowMillis);
        }
    }

    /** Submits to hand to the link again, at a lower rate. */
    List<Submit> takeThrottled() {
        List<Submit> taken = throttled;
        throttled = new ArrayList<>();
        return taken;
    }

    /** Parts 1 of long MT whose other parts were all accepted. */
    List<Submit> takeDueFirsts() {
        List<Submit> taken = dueFirsts;
        dueFirsts = new ArrayList<>();
        return taken;
    }

    @Nullable
    String takeReconnectReason() {
        String reason = reconnectReason;
        reconnectReason = null;
        return reason;
    }

    long acceptedTotal() {
        return accepted;
    }

    boolean hasWork() {
        return !settlements.isEmpty() || !mappings.isEmpty() || !done.isEmpty() || places > 0;
    }

    Batch take(int most) {
        List<Settlement> taken = new ArrayList<>(Math.min(most, settlements.size()));
        while (taken.size() < most && !settlements.isEmpty()) {
            Settlement settlement = settlements.poll();
            taken.add(settlement);
            countDown(settlement);
        }
        boolean isKnownByMappings = mappings.size() == taken.size()
                && mappings.stream().allMatch(mapping -> mapping.part() == 1)
                && taken.stream().allMatch(settlement -> settlement.kind() == Settlement.Kind.SENT);
        Batch batch =
                new Batch(taken, mappings, List.copyOf(done), settlements.isEmpty() ? places : 0, isKnownByMappings);
        places = settlements.isEmpty() ? 0 : places;
        mappings = new ArrayList<>();
        done.clear();
        return batch;
    }

    /** The link has ended: messages of which some parts were written are decided now, and marks that came to nothing are undone. */
    void linkEnded(long nowMillis) {
        throttled.clear();
        dueFirsts.clear();
        for (SplitMt mt : List.copyOf(split.values())) {
            if (mt.hasProgress()) { // the others go back with their part
                settle(mt.decide(partOf(mt.mtId()), nowMillis));
            }
        }
        split.clear();
        List.copyOf(marked.entrySet())
                .forEach(entry -> settle(new Settlement(
                        entry.getKey(),
                        entry.getValue(),
                        Settlement.Kind.REQUEUE,
                        0,
                        null,
                        "not written",
                        0,
                        nowMillis)));
    }

    private void addWhole(Submit submit, SubmitOutcome outcome, boolean isAccepted, long nowMillis) {
        Settlement.Kind kind = kindOf(outcome, isAccepted);
        if (outcome.kind() == SubmitOutcome.Kind.NOT_SENT) {
            return; // still queued: its part goes back
        }
        if (outcome.kind() == SubmitOutcome.Kind.LATE_ANSWER && !isAccepted) {
            return; // the in-doubt policy goes on
        }
        if (kind == Settlement.Kind.IN_DOUBT) {
            Mapping.inDoubt(submit).ifPresent(mappings::add);
        }
        settle(new Settlement(
                submit.mtId(),
                outcome.kind() == SubmitOutcome.Kind.LATE_ANSWER ? 0 : partOf(submit.mtId()),
                kind,
                1,
                outcome.providerId(),
                isAccepted ? null : errorOf(outcome),
                nowMillis - outcome.latencyNanos() / 1_000_000,
                nowMillis));
    }

    private void addPart(Submit submit, SubmitOutcome outcome, boolean isAccepted, long nowMillis) {
        if (outcome.kind() == SubmitOutcome.Kind.LATE_ANSWER) {
            if (isAccepted && submit.part() == 1 && onlyFirstInDoubt.remove(submit.mtId())) {
                map(submit, outcome.providerId());
                settle(lateAcceptance(submit, outcome, nowMillis));
            }
            return; // any other part tells nothing about the whole
        }
        SplitMt mt = Objects.requireNonNull(split.get(submit.mtId()), () -> "MT " + submit.mtId() + " is not expected");
        Settlement.Kind kind = kindOf(outcome, isAccepted);
        mt.add(
                submit.part(),
                kind,
                outcome.providerId(),
                isAccepted ? null : errorOf(outcome),
                nowMillis - outcome.latencyNanos() / 1_000_000);
        Submit first = mt.dueFirst();
        if (first != null) {
            dueFirsts.add(first);
        } else if (mt.isComplete()) {
            if (submit.part() == 1) {
                firstSettled(submit, kind, outcome.providerId());
            }
            settle(mt.decide(partOf(submit.mtId()), nowMillis));
        }
    }

    /** The other parts were accepted, so what becomes of part 1 becomes of the whole. */
    private void firstSettled(Submit first, Settlement.Kind kind, @Nullable String providerId) {
        if (kind == Settlement.Kind.SENT) {
            map(first, providerId);
        } else if (kind == Settlement.Kind.IN_DOUBT) {
            Mapping.inDoubt(first).ifPresent(mappings::add);
            remember(first.mtId());
        }
    }

    private void remember(long mtId) {
        onlyFirstInDoubt.add(mtId);
        if (onlyFirstInDoubt.size() > MOST_REMEMBERED) {
            onlyFirstInDoubt.removeFirstLong();
        }
    }

    private static Settlement lateAcceptance(Submit submit, SubmitOutcome outcome, long nowMillis) {
        return new Settlement(
                submit.mtId(),
                0,
                Settlement.Kind.SENT,
                submit.parts(),
                outcome.providerId(),
                null,
                nowMillis - outcome.latencyNanos() / 1_000_000,
                nowMillis);
    }

    private Settlement.Kind kindOf(SubmitOutcome outcome, boolean isAccepted) {
        if (isAccepted) {
            return Settlement.Kind.SENT;
        }
        return switch (outcome.kind()) {
            case TIMED_OUT, LINK_LOST -> Settlement.Kind.IN_DOUBT;
            case NOT_SENT -> Settlement.Kind.REQUEUE;
            case ANSWERED, NACKED, LATE_ANSWER ->
                switch (account.errorClasses().of(outcome.commandStatus())) {
                    case FAIL -> Settlement.Kind.FAILED;
                    case RETRY -> Settlement.Kind.RETRY;
                    case RECONNECT, THROTTLE -> Settlement.Kind.REQUEUE;
                };
        };
    }

    private String errorOf(SubmitOutcome outcome) {
        return switch (outcome.kind()) {
            case TIMED_OUT -> "in doubt: no answer from " + account.smscName() + " in time";
            case LINK_LOST -> "in doubt: session with " + account.smscName() + " lost before the answer";
            default -> account.smscName() + " refused: " + CommandStatus.hex(outcome.commandStatus());
        };
    }

    private void map(Submit submit, @Nullable String providerId) {
        boolean isExpected = submit.registeredDelivery() != 0 || account.sr().unasked();
        if (isExpected && providerId != null && !providerId.isEmpty()) {
            String id = RecipientGuard.guarded(
                    ids.normaliseMt(providerId),
                    submit.destination().number(),
                    account.sr().matchRecipient());
            mappings.add(new Mapping(ProviderKey.of(id), submit.mtId(), submit.part()));
        }
    }

    private long partOf(long mtId) {
        long partId = partByMtId.get(mtId); // 0: not there
        return partId != 0 ? partId : MtId.partOf(mtId);
    }

    private void countDown(Settlement settlement) {
        OpenPart part = openParts.get(settlement.partId());
        if (part != null && --part.left == 0) {
            openParts.remove(part.partId);
            done.add(part.partId);
        }
        partByMtId.remove(settlement.mtId());
    }
}
