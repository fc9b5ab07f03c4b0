// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator.settings;

import org.smsprocess.settings.Section;

/**
 * How message_id looks in submit_sm_resp and in SR.
 *
 * @param first number of the first id, 0: a random one, so that two runs do not give the same ids
 */
public record MessageIdSettings(Format format, long first) {

    /** Smallest and largest number behind an id: always ten decimal digits. */
    public static final long SMALLEST = 1_000_000_000L;

    public static final long LARGEST = 9_999_999_999L;

    /** The number 1234567890 in each form: answer, then SR. */
    public enum Format {
        /** {@code 1234567890}, the same in SR. */
        DECIMAL,
        /** {@code 499602d2}, the same in SR. */
        HEX,
        /** {@code 499602D2}, in SR {@code 499602d2}. */
        HEX_UPPER_THEN_LOWER,
        /** {@code 499602d2}, in SR {@code 1234567890}. */
        HEX_THEN_DECIMAL,
        /** {@code 1234567890}, in SR {@code 499602d2}. */
        DECIMAL_THEN_HEX,
        /** {@code 00000000001234567890}, in SR {@code 1234567890}. */
        PADDED,
        /** A UUID of 36 characters, the same in SR. */
        UUID
    }

    static MessageIdSettings from(Section section) {
        long first = Math.round(section.decimal("first", 0, LARGEST));
        if (first != 0 && first < SMALLEST) {
            section.problem("first", "must be 0 or have ten digits");
        }
        return new MessageIdSettings(section.choice("format", Format.class), first);
    }
}
