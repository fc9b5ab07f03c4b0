// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

/** How many nodes there are; thread-safe, never blocks. */
public interface ClusterSize {
    /** Nodes that take slots now; at least 1. */
    int taking();

    /** Also those that join or leave: every node that may hold a connection now is counted, on all nodes. At least 1. */
    int all();

    /** A node by itself. */
    ClusterSize ONE = new ClusterSize() {
        @Override
        public int taking() {
            return 1;
        }

        @Override
        public int all() {
            return 1;
        }
    };
}
