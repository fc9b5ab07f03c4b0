// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time that a process has used, user and system. On Linux from /proc, where a process tree includes what its children used that
 * have ended meanwhile (their parent is credited with it); elsewhere from the JDK, without those.
 */
public final class CpuMeter {
    /** Linux counts in hundredths of a second, whatever the kernel's own tick is (USER_HZ). */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final boolean HAS_PROC = Files.isReadable(Path.of("/proc/self/stat"));

    private final ProcessHandle process;
    private final boolean withChildren;

    private CpuMeter(ProcessHandle process, boolean withChildren) {
        this.process = process;
        this.withChildren = withChildren;
    }

    public static CpuMeter alone(ProcessHandle process) {
        return new CpuMeter(process, false);
    }

    static CpuMeter withChildren(ProcessHandle process) {
        return new CpuMeter(process, true);
    }

    /** @return nanoseconds since it started */
    public long nanos() {
        if (!HAS_PROC) {
            return totalCpu(process)
                    + (withChildren
                            ? process.descendants()
                                    .mapToLong(CpuMeter::totalCpu)
                                    .sum()
                            : 0);
        }
        return NANOS_PER_TICK
                * (ticks(process, withChildren)
                        + (withChildren
                                ? process.descendants()
                                        .mapToLong(child -> ticks(child, true))
                                        .sum()
                                : 0));
    }

    private static long totalCpu(ProcessHandle process) {
        Optional<Duration> cpu = process.info().totalCpuDuration();
        return cpu.map(Duration::toNanos).orElse(0L);
    }

    /** proc(5): utime, stime, cutime, cstime are fields 14 to 17; the second one, a name in brackets, may hold blanks. */
    private static long ticks(ProcessHandle process, boolean withEnded) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEnded ? own + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : own;
        } catch (IOException ended) {
            return 0; // its parent is credited with what it used
        }
    }
}
