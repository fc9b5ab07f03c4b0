// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.smsprocess.delivery.WireSettings;

/** Times as SMPP writes them (SMPP 3.4 §7.1.1): {@code YYMMDDhhmmsstnnp}. */
final class SmppTime {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuMMddHHmmss'000+'").withZone(ZoneOffset.UTC);

    private SmppTime() {}

    /** validity_period, null for none. */
    static @Nullable String validity(WireSettings settings) {
        Instant until = settings.validUntil();
        Duration period = settings.validFor();
        return until != null ? UTC.format(until) : period == null ? null : relative(period);
    }

    /** @param period less than a hundred days; a month is not the same everywhere, so none is written */
    private static String relative(Duration period) {
        return String.format(
                "0000%02d%02d%02d%02d000R",
                period.toDays(), period.toHoursPart(), period.toMinutesPart(), period.toSecondsPart());
    }
}
