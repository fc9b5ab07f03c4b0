// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.bench.Report;

/** The short form of the soak; {@code sms-process soak} is the long one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoakIT {
    private static final Logger LOG = LoggerFactory.getLogger(SoakIT.class);
    /** One whose pauses are short. */
    private static final long SEED = 2325515;

    private static final int RATE = 100;

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();
    private final Report report = new Report(new PrintWriter(said), true);

    @Test
    void nothingIsLostAndEveryDuplicateIsMarkedWhenNodeDatabaseAndConnectionsDie() {
        boolean isClean = soak(List.of(SoakFault.KILL, SoakFault.RESET, SoakFault.PG_KILL, SoakFault.KILL), "resend");

        JsonNode result = report.json();
        assertThat(isClean).as(said.toString()).isTrue();
        assertThat(result.path("accepted").asLong()).as(said.toString()).isPositive();
        assertThat(result.path("lost").asLong()).isZero();
        assertThat(result.path("unmarkedDuplicates").asLong()).isZero();
        assertThat(result.path("kills").asInt()).isEqualTo(3);
    }

    @Test
    void nothingArrivesTwiceWhereMessagesInDoubtAreHeld() {
        boolean isClean = soak(List.of(SoakFault.KILL, SoakFault.RESET, SoakFault.KILL), "hold");

        assertThat(isClean).as(said.toString()).isTrue();
        assertThat(report.json().path("accepted").asLong()).as(said.toString()).isPositive();
        assertThat(report.json().path("duplicates").asLong())
                .as(said.toString())
                .isZero();
    }

    private boolean soak(List<SoakFault> faults, String inDoubt) {
        boolean isClean = new Soak(
                        report,
                        new SoakSettings(
                                Duration.ZERO,
                                SEED,
                                faults,
                                0,
                                inDoubt,
                                RATE,
                                2,
                                20,
                                1,
                                Duration.ZERO,
                                Brisk.TEMPO,
                                folder))
                .run();
        LOG.info("{}", said);
        return isClean;
    }
}
