// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import java.util.function.ToDoubleFunction;
import org.smsprocess.account.AccountSettings;
import org.smsprocess.account.BindSettings.ConnectionScope;

/**
 * How many connections an account has over the cluster, and which part of {@code max-account-throughput} each may use. Whole messages a
 * second are dealt out: were each to get the same fraction, several could send their next one in the same second.
 */
final class AccountShare {
    /** Of a connection that may not send. */
    static final double NOTHING = 0;

    private AccountShare() {}

    /** @return connections of the account per sending thread, over {@code nodes} nodes */
    static int children(AccountSettings account, int nodes) {
        int most = account.bind().maxNodes();
        int holding = most == 0 ? nodes : Math.min(most, nodes);
        return account.bind().childConnections()
                * (account.bind().connectionScope() == ConnectionScope.NODE ? holding : 1);
    }

    /** The share of one connection as the cluster is at the moment of asking. */
    static ToDoubleFunction<AccountSettings> of(SlotId slot, int sendingThreads, ClusterSize cluster) {
        return account -> of(account, slot, sendingThreads, cluster.all());
    }

    /**
     * The shares of all connections together are {@code max-account-throughput}.
     *
     * @return MT a second of one connection, {@link #NOTHING}, or infinity where there is no limit
     */
    static double of(AccountSettings account, SlotId slot, int sendingThreads, int nodes) {
        double total = account.throughput().maxAccountThroughput();
        if (total == 0) {
            return Double.POSITIVE_INFINITY;
        }
        int slots = sendingThreads * children(account, nodes);
        int index = slot.child() * sendingThreads + slot.thread();
        if (index >= slots) {
            return NOTHING; // no longer wanted, about to end
        }
        long whole = (long) total;
        double share = whole / slots + (index < whole % slots ? 1 : 0);
        return index == 0 ? share + (total - whole) : share;
    }
}
