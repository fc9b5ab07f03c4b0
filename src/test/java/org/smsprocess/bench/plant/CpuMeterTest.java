// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
    /** The system counts in hundredths of a second. */
    private static final long TICKS = Duration.ofMillis(20).toNanos();

    private static final String BUSY = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";

    @Test
    void countsWhatAThreadOfTheProcessUses() {
        CpuMeter meter = CpuMeter.alone(ProcessHandle.current());
        long before = meter.nanos();
        long used = burn(Duration.ofMillis(200));

        assertThat(meter.nanos() - before).isGreaterThanOrEqualTo(used - TICKS);
    }

    @Test
    void creditsAProcessWithItsEndedChildrenOnlyIfAsked() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "only Linux tells");
        CpuMeter alone = CpuMeter.alone(ProcessHandle.current());
        CpuMeter all = CpuMeter.withChildren(ProcessHandle.current());
        long childrenBefore = all.nanos() - alone.nanos();
        Process child = new ProcessBuilder("sh", "-c", BUSY).start();
        long whileItRuns = 0;
        while (child.isAlive()) {
            whileItRuns = Math.max(whileItRuns, CpuMeter.alone(child.toHandle()).nanos());
            Thread.onSpinWait();
        }

        assertThat(child.waitFor()).isZero();
        assertThat(whileItRuns).isPositive();
        assertThat(all.nanos() - alone.nanos() - childrenBefore).isGreaterThanOrEqualTo(whileItRuns - TICKS);
    }

    @Test
    void aProcessThatHasEndedUsesNothing() throws Exception {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();

        assertThat(CpuMeter.alone(child.toHandle()).nanos()).isZero();
    }

    /** @return what this thread has used for it */
    private static long burn(Duration time) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        while (threads.getCurrentThreadCpuTime() - start < time.toNanos()) {
            Thread.onSpinWait();
        }
        return threads.getCurrentThreadCpuTime() - start;
    }
}
