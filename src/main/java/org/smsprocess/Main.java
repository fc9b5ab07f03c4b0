// SPDX-License-Identifier: Apache-2.0
package org.smsprocess;

import org.smsprocess.cli.SmsProcessCommand;

/** Entry point of the executable jar. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exitCode = SmsProcessCommand.run(args);
        if (exitCode != 0) {
            System.exit(
                    exitCode); // on success the JVM ends by itself, which also suits a Maven that runs this in its own
        }
    }
}
