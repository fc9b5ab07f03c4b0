// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.IOException;

/** Signals that {@link ProcessHandle} cannot send. */
public enum Signal {
    STOP,
    CONT,
    QUIT;

    public void to(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new BenchFailure("kill does not run", failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }
}
