// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.util.List;

/** Nodes and an SMSC that wait seconds where usual ones wait half a minute. */
final class Brisk {
    static final SoakSettings.Tempo TEMPO = new SoakSettings.Tempo(
            "deliver { timeout = 5s, retry-delay = 500ms }",
            "in-doubt-wait = 3s, mt-expiration = 3s, unknown-id-wait = 2s",
            List.of(
                    "sms-process.part-retry-delay = 1s",
                    "sms-process.sr-reconcile-period = 2s",
                    "sms-process.connection { lease { ttl = 5s, renew-period = 1s }, persist-timeout = 2s }"),
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-Dpekko.cluster.gossip-interval=200ms",
                    "-Dpekko.cluster.leader-actions-interval=200ms",
                    "-Dpekko.cluster.periodic-tasks-initial-delay=200ms"));

    private Brisk() {}
}
