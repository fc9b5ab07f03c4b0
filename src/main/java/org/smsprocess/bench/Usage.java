// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import org.jspecify.annotations.Nullable;
import org.smsprocess.bench.plant.CpuMeter;

/**
 * What everyone has used up to a moment: CPU in nanoseconds, WAL in octets.
 *
 * @param postgres NaN if the database runs elsewhere
 */
record Usage(double node, double postgres, double simulator, double driver, double walOctets) {
    private static final String WAL = "select pg_current_wal_lsn() - '0/0'::pg_lsn";

    static Usage now(Installation installation) {
        @Nullable CpuMeter postgres = installation.postgres().cpu();
        return new Usage(
                installation.node().cpu().nanos(),
                postgres == null ? Double.NaN : postgres.nanos(),
                installation.simulator().cpu().nanos(),
                CpuMeter.alone(ProcessHandle.current()).nanos(),
                installation.postgres().numbers(WAL)[0]);
    }

    /** CPU in µs and octets of WAL since {@code before}, for each of so many messages. */
    Usage since(Usage before, long messages) {
        return new Usage(
                (node - before.node) / 1e3 / messages,
                (postgres - before.postgres) / 1e3 / messages,
                (simulator - before.simulator) / 1e3 / messages,
                (driver - before.driver) / 1e3 / messages,
                (walOctets - before.walOctets) / messages);
    }
}
