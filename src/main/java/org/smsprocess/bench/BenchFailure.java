// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import java.io.Serial;

/** A measurement could not be made; the message is for the user. */
public final class BenchFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    BenchFailure(String message) {
        super(message);
    }

    BenchFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
