// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

/**
 * What {@code bench life} is asked to do.
 *
 * @param warmUp messages sent before, not counted
 * @param batch messages of a POST
 * @param clients keep-alive HTTP connections
 */
public record LifeSettings(BenchSetup bench, int messages, int warmUp, int batch, int clients) {
    private static final String SIMULATOR = "sr { delay = 0s, jitter = 0s }";

    Installation.Setup setup() {
        return bench.with(SIMULATOR);
    }
}
