// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.log.FinalStatus;

/**
 * One journal row of a correlator: everything that arrived while the row before was being written. Its sections are applied in this
 * order: submitted, statuses, expired.
 *
 * @param ordinal 1 for the first event, then one more each; equals the sequence number, so a hole in the journal shows
 * @param atMillis when it was made, epoch milliseconds
 * @param loggedTo statuses of events up to this ordinal are in the delivery log
 * @param submitted new mappings
 * @param statuses final statuses of mapped MT; each {@code providerId} is there and normalised
 * @param expired what was forgotten, or null
 */
record SrEvent(
        long ordinal,
        long atMillis,
        long loggedTo,
        List<Mapping> submitted,
        List<FinalStatus> statuses,
        @Nullable Expired expired) {

    /**
     * Mappings of {@code 0} to {@code age} epochs (see {@link Packed}) are kept.
     *
     * @param laterAge the same for parts after the first
     */
    record Expired(int age, int laterAge) {}

    /** Entries it changes. */
    int changes() {
        return submitted.size() + statuses.size();
    }
}
