// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cluster;

import org.apache.pekko.actor.setup.Setup;
import org.smsprocess.store.Leases;

/** Hands the database to {@link PostgresLease}, which Pekko makes by itself. */
public final class LeaseRows extends Setup {
    private final Leases leases;
    private final String owner;

    /** @param owner this incarnation of the process */
    public LeaseRows(Leases leases, String owner) {
        this.leases = leases;
        this.owner = owner;
    }

    Leases leases() {
        return leases;
    }

    String owner() {
        return owner;
    }
}
