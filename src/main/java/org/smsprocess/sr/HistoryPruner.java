// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr;

/** Deletes what newer snapshots made superfluous: all but the two newest snapshots, and the events before the older of the two. */
@FunctionalInterface
public interface HistoryPruner {
    /** Returns at once; a failure is logged by the implementation and made up for by the next call. */
    void prune(String persistenceId);
}
