// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

/**
 * An SR as read from a DELIVER_SM or DATA_SM.
 *
 * @param answerTo what the caller answers by, returned as it is; unique within one batch
 * @param key {@link ProviderKey#of} of the normalised provider id
 * @param providerId normalised
 * @param stat e.g. DELIVRD
 * @param err e.g. 000, or empty
 */
public record StatusReport(
        int answerTo, long key, String providerId, Meaning meaning, String stat, String err, long receivedAtMillis) {

    /** What stat says about the message. */
    public enum Meaning {
        DELIVERED,
        FAILED,
        INTERMEDIATE
    }
}
