// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.cli;

/** What the user can mend; its message is all that is shown. */
final class UserError extends RuntimeException {
    private final int exitCode;

    UserError(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
