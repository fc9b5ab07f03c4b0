// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.IOException;
import java.nio.file.Path;

/** The JDK's {@code jcmd}, for what a JVM does only when asked. */
public final class Jcmd {
    private Jcmd() {}

    /** @throws BenchFailure if it fails, as it does without a JDK */
    public static void run(ProcessHandle jvm, String command) {
        String program = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(program, Long.toString(jvm.pid()), command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchFailure("jcmd " + command + " ended with " + code);
            }
        } catch (IOException failed) {
            throw new BenchFailure(program + " does not run, a JDK is needed: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted", interrupted);
        }
    }
}
