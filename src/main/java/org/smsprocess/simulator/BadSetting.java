// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

/** A setting that the simulator cannot start with; the message names the key, the file and the line. */
public final class BadSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public BadSetting(String message) {
        super(message);
    }
}
