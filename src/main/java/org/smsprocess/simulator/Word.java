// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.util.Locale;

/** Enum constants as settings and statistics spell them. */
final class Word {
    private Word() {}

    /** {@code HALF_OPEN} as {@code half-open}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
