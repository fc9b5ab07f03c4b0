// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.bench.GcLog.Collection;

class GcLogTest {
    @TempDir
    private Path folder;

    private GcLog log = new GcLog(Path.of("none"));

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("gc.log");
        Files.writeString(file, """
                [0.011s][info][gc] Using G1
                [0.512s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 23M->5M(256M) 6.123ms
                [0.950s][info][gc] GC(1) Pause Young (Concurrent Start) (Metadata GC Threshold) 40M->9M(256M) 8.001ms
                [0.951s][info][gc] GC(2) Concurrent Mark Cycle
                [0.970s][info][gc] GC(2) Pause Remark 11M->10M(256M) 2.5ms
                [0.971s][info][gc] GC(2) Concurrent Mark Cycle 19.9ms
                [1.500s][info][gc] GC(3) Pause Full (Diagnostic Command) 110M->8M(256M) 15.2ms
                """);
        log = new GcLog(file);
    }

    @Test
    void readsEachPause() {
        assertThat(log.collections())
                .containsExactly(
                        new Collection(23, 5, false),
                        new Collection(40, 9, false),
                        new Collection(11, 10, false),
                        new Collection(110, 8, true));
        assertThat(log.most()).isEqualTo(10);
        assertThat(log.median()).isEqualTo(9);
    }

    @Test
    void countsAsAllocatedWhatCameBetweenTwoPauses() {
        assertThat(GcLog.allocated(log.collections())).isEqualTo(35 + 2 + 100);
        assertThat(GcLog.allocated(log.collections().subList(0, 1))).isZero();
    }

    @Test
    void hasNothingToTellBeforeTheJvmWrites() {
        GcLog early = new GcLog(folder.resolve("later.log"));

        assertThat(early.collections()).isEmpty();
        assertThat(early.most()).isZero();
        assertThat(early.median()).isZero();
    }
}
