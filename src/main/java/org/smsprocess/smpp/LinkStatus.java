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
 */
public record LinkStatus(
        int windowUsed, int windowSize, int waiting, long submitted, long answered, long received, long malformed) {}
