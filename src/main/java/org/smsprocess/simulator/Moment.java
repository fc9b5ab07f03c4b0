// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code YYMMDDhhmm} in UTC, as SR carry it (SMPP 3.4 appendix B); remembers the last, as most SR share a minute. */
final class Moment {
    static final int LENGTH = 10;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private int minute = -1;
    private byte[] octets = new byte[0];

    byte[] octets(int epochMinute) {
        if (epochMinute != minute) {
            minute = epochMinute;
            octets = FORMAT.format(Instant.ofEpochSecond(epochMinute * 60L)).getBytes(StandardCharsets.ISO_8859_1);
        }
        return octets;
    }
}
