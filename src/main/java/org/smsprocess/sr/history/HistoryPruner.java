// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.history;

/** Deletes what newer snapshots made superfluous: all but the two newest snapshots, and the events before the older of the two. */
@FunctionalInterface
public interface HistoryPruner {
    /** Returns at once; a failure is logged by the implementation and made up for by the next call. */
    void prune(String persistenceId);

    /**
     * Plugin id of the snapshot store; empty: the default one. Only who goes by what is stored, not by what was asked for, may name one
     * that answers before it has stored.
     */
    default String snapshotStore() {
        return "";
    }
}
