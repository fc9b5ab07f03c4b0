// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.delivery.lookup;

/**
 * Where the accepted messages are, counted from their rows in one snapshot. {@code accepted} comes from what was promised when they were
 * accepted, the others from what the messages say, so a lost message would show.
 *
 * @param inFlight held by a connection and not settled
 * @param inDoubt answer lost, waiting to be sent again
 * @param held answer lost, waiting for an operator
 */
public record DeliveryCounters(
        long accepted,
        long queued,
        long inFlight,
        long sent,
        long verified,
        long delivered,
        long failed,
        long inDoubt,
        long held,
        long cancelled) {}
