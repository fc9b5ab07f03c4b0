// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of one connection, at one moment.
 *
 * @param slot {@code account/thread/child}
 * @param node address of the node that owns the slot
 * @param boundSince null while not bound
 * @param windowUsed SUBMIT_SM without answer
 * @param latencyMillis SUBMIT_SM to SUBMIT_SM_RESP, over the last dozens of answers
 * @param rate SUBMIT_SM a second, over the last seconds
 * @param rateLimit SUBMIT_SM a second allowed now (lower than the account's while the SMSC throttles), 0: unlimited
 * @param submitted SUBMIT_SM written since the slot started
 * @param answered SUBMIT_SM_RESP received since then, whatever their command_status
 * @param received SR and MO received since then
 * @param alerts ALERT_NOTIFICATION received since then
 * @param lastError why it is not bound, or the last reason it lost its bind; null when there was none
 */
public record ConnectionView(
        String account,
        String slot,
        String node,
        State state,
        @Nullable Instant boundSince,
        int windowUsed,
        int windowSize,
        double latencyMillis,
        double rate,
        double rateLimit,
        long submitted,
        long answered,
        long received,
        long alerts,
        @Nullable String lastError) {

    /** Where a connection is in its life. */
    public enum State {
        /** Another node may still hold the slot's lease. */
        AWAITING_LEASE,
        /** TCP connect and BIND under way. */
        BINDING,
        /** Traffic flows. */
        BOUND,
        /** Claims no more; waits for the answers in its window before it unbinds. */
        DRAINING,
        /** Waits before it tries again. */
        WAITING
    }
}
