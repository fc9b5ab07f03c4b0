// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.smsprocess.bench.Report;

/** What struck when, what it cost, and which duplicates it made. Confined to one thread. */
final class SoakStrikes {
    private static final class Strike {
        private final SoakFault fault;
        /** SUBMIT_SM that may have been in flight where it struck. */
        private final int windows;

        private final Instant until;

        private int duplicates;

        Strike(SoakFault fault, int windows, Instant until) {
            this.fault = fault;
            this.windows = windows;
            this.until = until;
        }

        boolean isKill() {
            return fault == SoakFault.KILL || fault == SoakFault.PG_KILL;
        }
    }

    private final NavigableMap<Instant, Strike> strikes = new TreeMap<>();
    private final Map<SoakFault, Double> longest = new EnumMap<>(SoakFault.class);

    /** It lasted until now. */
    void struck(SoakFault fault, Instant from, int windows) {
        strikes.put(from, new Strike(fault, windows, fault == SoakFault.KILL ? from : Instant.now()));
    }

    void recovered(SoakFault fault, double seconds) {
        longest.merge(fault, seconds, Math::max);
    }

    double longestRecovery() {
        return longest.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** Its answer was lost in what struck then, or next. */
    void duplicated(Instant firstArrival, int copies) {
        Map.Entry<Instant, Strike> last = strikes.floorEntry(firstArrival);
        Map.Entry<Instant, Strike> next = strikes.ceilingEntry(firstArrival);
        if (last != null && last.getValue().until.isAfter(firstArrival)) {
            last.getValue().duplicates += copies;
        } else if (next != null) {
            next.getValue().duplicates += copies;
        }
    }

    /** Duplicates of the kill -9 that made most. */
    int mostOfOneKill() {
        return strikes.values().stream()
                .filter(Strike::isKill)
                .mapToInt(strike -> strike.duplicates)
                .max()
                .orElse(0);
    }

    /** How many kill -9 made more duplicates than the windows they cut held. */
    long killsBeyondWindows() {
        return strikes.values().stream()
                .filter(strike -> strike.isKill() && strike.duplicates > strike.windows)
                .count();
    }

    void print(Report report) {
        Report.Table table =
                report.table("fault", "times", "longest recovery, s", "most duplicates of one", "in windows of");
        for (SoakFault fault : SoakFault.values()) {
            long times = strikes.values().stream()
                    .filter(strike -> strike.fault == fault)
                    .count();
            if (times > 0) {
                Strike worst = strikes.values().stream()
                        .filter(strike -> strike.fault == fault)
                        .reduce((one, other) -> other.duplicates > one.duplicates ? other : one)
                        .orElseThrow();
                table.row(
                        fault.word(),
                        Long.toString(times),
                        longest.containsKey(fault) ? Report.tenths(longest.get(fault)) : "-",
                        Report.whole(worst.duplicates),
                        Report.whole(worst.windows));
            }
        }
        table.print();
    }
}
