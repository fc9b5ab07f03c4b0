// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.Serial;

/** A measurement could not be made; the message is for the user. */
public final class BenchFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isWrongUse;

    public BenchFailure(String message) {
        super(message);
        isWrongUse = false;
    }

    public BenchFailure(String message, Throwable cause) {
        super(message, cause);
        isWrongUse = false;
    }

    private BenchFailure(String option, String value, String range) {
        super(option + " " + value + " is out of range (" + range + ")");
        isWrongUse = true;
    }

    /** @throws BenchFailure if the value of an option is out of its range, both ends of which are allowed */
    public static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new BenchFailure(option, Long.toString(value), least + " to " + most);
        }
    }

    /** Whether it was asked for in a way that makes no sense, and nothing was tried. */
    public boolean isWrongUse() {
        return isWrongUse;
    }
}
