// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

/**
 * A picture of one link.
 *
 * @param windowUsed SUBMIT_SM without answer
 * @param waiting SUBMIT_SM handed over and not yet written
 * @param submitted SUBMIT_SM written since bind
 * @param answered SUBMIT_SM_RESP received since bind
 * @param received DELIVER_SM and DATA_SM received since bind
 * @param malformed PDUs that did not follow the specification since bind
 * @param unexpected answers that belong to no open and to no timed-out request since bind, repeated ones among them
 * @param alerts ALERT_NOTIFICATION received since bind
 * @param latencyMillis SUBMIT_SM to SUBMIT_SM_RESP, over the last dozens of answers; 0 before the first
 * @param writes socket writes since bind; many PDUs share one
 */
public record LinkStatus(
        int windowUsed,
        int windowSize,
        int waiting,
        long submitted,
        long answered,
        long received,
        long malformed,
        long unexpected,
        long alerts,
        double latencyMillis,
        long writes) {}
