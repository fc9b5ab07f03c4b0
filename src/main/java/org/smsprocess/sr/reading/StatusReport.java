// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import java.util.ArrayList;
import java.util.List;

/**
 * An SR as read from a DELIVER_SM or DATA_SM.
 *
 * @param answerTo what the caller answers by, returned as it is; unique within one batch
 * @param key {@link ProviderKey#of} of the normalised provider id
 * @param providerId normalised
 * @param stat e.g. DELIVRD
 * @param err e.g. 000, or empty
 * @param alternatives other ids the SR may mean (TLV and text disagree, or the id format is being learned), best first; usually
 *     empty. The correlators try them after {@code key}; callers route by {@code key} alone
 */
public record StatusReport(
        int answerTo,
        long key,
        String providerId,
        Meaning meaning,
        String stat,
        String err,
        long receivedAtMillis,
        List<Candidate> alternatives) {

    /** An SR that can mean one id only. */
    public StatusReport(
            int answerTo,
            long key,
            String providerId,
            Meaning meaning,
            String stat,
            String err,
            long receivedAtMillis) {
        this(answerTo, key, providerId, meaning, stat, err, receivedAtMillis, List.of());
    }

    public StatusReport withAnswerTo(int other) {
        return new StatusReport(other, key, providerId, meaning, stat, err, receivedAtMillis, alternatives);
    }

    /** Whether it may also be told by the {@link MessageReference} of an MT in doubt. */
    public boolean hasReference() {
        return !alternatives.isEmpty()
                && alternatives.get(alternatives.size() - 1).isReference();
    }

    /** Whether its id can be read in more than one way. */
    public boolean hasOtherIds() {
        return alternatives.size() > (hasReference() ? 1 : 0);
    }

    /** @param key of {@link MessageReference#keyOf(long, String)} */
    public StatusReport orByReference(long key) {
        List<Candidate> more = new ArrayList<>(alternatives);
        more.add(new Candidate(key, ""));
        return new StatusReport(answerTo, this.key, providerId, meaning, stat, err, receivedAtMillis, more);
    }

    /** One more id the SR may mean, normalised, with its {@link ProviderKey}. Without an id: a reference, always the last. */
    public record Candidate(long key, String providerId) {
        public boolean isReference() {
            return providerId.isEmpty();
        }
    }

    /** What stat says about the message. */
    public enum Meaning {
        DELIVERED,
        FAILED,
        INTERMEDIATE
    }
}
