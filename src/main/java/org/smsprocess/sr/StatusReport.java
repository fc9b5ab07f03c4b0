// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

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

    StatusReport withAnswerTo(int other) {
        return new StatusReport(other, key, providerId, meaning, stat, err, receivedAtMillis, alternatives);
    }

    /** One more id the SR may mean, normalised, with its {@link ProviderKey}. */
    public record Candidate(long key, String providerId) {}

    /** What stat says about the message. */
    public enum Meaning {
        DELIVERED,
        FAILED,
        INTERMEDIATE
    }
}
