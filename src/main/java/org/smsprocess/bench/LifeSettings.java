// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import org.smsprocess.bench.plant.BenchFailure;

/**
 * What {@code bench life} is asked to do.
 *
 * @param warmUp messages sent before, not counted
 * @param batch messages of a POST
 * @param clients keep-alive HTTP connections
 */
public record LifeSettings(BenchSetup bench, int messages, int warmUp, int batch, int clients) {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";

    /** @throws BenchFailure if a number makes no sense */
    public LifeSettings {
        BenchFailure.check("--messages", messages, 1, 100_000_000);
        BenchFailure.check("--warm-up", warmUp, 0, 100_000_000);
        BenchFailure.check("--batch", batch, 1, 100_000);
        BenchFailure.check("--clients", clients, 1, 1000);
    }

    Installation.Setup setup() {
        return bench.with(SIMULATOR);
    }
}
