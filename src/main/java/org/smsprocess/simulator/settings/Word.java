// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import java.util.Locale;

/** Enum constants as settings and statistics spell them. */
public final class Word {
    private Word() {}

    /** {@code HALF_OPEN} as {@code half-open}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
