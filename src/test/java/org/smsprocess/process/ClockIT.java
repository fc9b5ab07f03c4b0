// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.simulator.Record.Comparison;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.Stats;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/**
 * A node under load whose clock jumps, or whose process is paused: leases, rates and timeouts go by a clock that does not jump.
 *
 * <p>{@code -Dsms.pause.seconds=60} for the long pause.
 */
class ClockIT {
    private static final int CONNECTIONS = 2;
    /** Above the load, so that what piles up meanwhile leaves in seconds; far below what would be possible. */
    private static final int RATE = 400;

    private static final int SOME = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration PAUSE = Duration.ofSeconds(Integer.getInteger("sms.pause.seconds", 8));

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    private final Simulator smsc = Simulator.start(SimulatorSettings.parse("""
            sms-process-simulator { port = 0, http-port = none, submit.latency = 10ms, sr { delay = 300ms, jitter = 300ms }
              deliver { timeout = 5s, retry-delay = 500ms }, mo { rate = 10, texts = ["hello"] } }"""));
    private NodeJvm node;
    private SteadyLoad load;

    @BeforeEach
    void empty() {
        DB.execute("truncate message, delivery, delivery_part, delivery_range, slot_lease, inbox");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (load != null) {
            load.close();
        }
        if (node != null) {
            node.close();
        }
        smsc.close();
    }

    @Test
    void jumpsOfAnHourForwardsAndBackHaveNoEffect() throws Exception {
        Path library = library();
        Path shift = folder.resolve("shift");
        Files.writeString(shift, "+0");
        start(Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", shift.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1"));
        long binds = binds();

        for (String jump : new String[] {"+1h", "-1h", "+0"}) {
            long sent = traffic().accepted();
            Files.writeString(shift, jump);
            await().atMost(PATIENCE).until(() -> traffic().accepted() > sent + SOME);
        }

        assertBooks();
        assertThat(binds()).as("nobody bound anew").isEqualTo(binds);
        assertThat(DB.number("select count(*) from message where extract(epoch from sent_at - now()) > 3000"))
                .as("messages with a date of the hour ahead, or the jump was none")
                .isPositive();
        assertThat(DB.number("select coalesce(sum(resends), 0) from message")).isZero();
    }

    @Test
    void afterAPauseLongerThanItsLeasesItGoesOnWithoutHaste() throws Exception {
        start(Map.of());

        node.signal("STOP");
        long end = System.nanoTime() + PAUSE.toNanos();
        await().atMost(PAUSE.plusSeconds(10)).until(() -> System.nanoTime() > end);
        long sent = traffic().accepted();
        node.signal("CONT");

        await().atMost(PATIENCE).until(() -> traffic().accepted() > sent + SOME);
        assertBooks();
    }

    private void start(Map<String, String> environment) throws IOException {
        node = NodeJvm.start(
                folder,
                "node",
                """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  data-dir = "%s"
                  connection.lease { ttl = 5s, renew-period = 1s }
                  accounts.acme {
                    host = "127.0.0.1", port = %d, system-id = acme, child-connections = %d, window = 20
                    reconnect-delay = 500ms, source-number = "12345", in-doubt-wait = 3s, unknown-id-wait = 2s, max-mt-throughput = %d
                  }
                }
                """.formatted(
                                DB.settings().url(),
                                DB.settings().user(),
                                DB.settings().password(),
                                folder.resolve("data"),
                                smsc.smppPort(),
                                CONNECTIONS,
                                RATE / CONNECTIONS),
                environment);
        await().atMost(PATIENCE).until(node::isReady);
        load = new SteadyLoad(node::port);
        await().atMost(PATIENCE).until(() -> bound() == CONNECTIONS && traffic().accepted() > SOME / 2);
    }

    private void assertBooks() throws Exception {
        load.close();
        await().atMost(PATIENCE)
                .until(() -> DB.number("select count(*) from message where status <> 'delivered'") == 0);
        Comparison books = smsc.record().compare(load.accepted());
        assertThat(books.lost()).isZero();
        assertThat(books.duplicates()).isLessThanOrEqualTo(DB.number("select coalesce(sum(resends), 0) from message"));
        assertThat(acme().maxBound()).as("bound at the same time").isLessThanOrEqualTo(CONNECTIONS);
        // as it arrives: a busy machine takes late what was sent in time, but to catch up would be many times the rate
        assertThat(acme().maxAcceptedPerSecond()).as("in any second").isLessThan(2 * RATE);
    }

    private Stats.SystemId acme() {
        return smsc.record().stats().systemIds().get(0);
    }

    private Stats.Traffic traffic() {
        return acme().traffic();
    }

    private int bound() {
        return smsc.record().stats().systemIds().isEmpty() ? 0 : acme().bound();
    }

    private long binds() {
        return acme().binds();
    }

    private static Path library() throws IOException {
        for (String place : new String[] {"/usr/lib", "/usr/lib64", "/usr/local/lib"}) {
            if (Files.isDirectory(Path.of(place))) {
                try (Stream<Path> files =
                        Files.find(Path.of(place), 3, (path, any) -> path.endsWith("faketime/libfaketime.so.1"))) {
                    Path found = files.findFirst().orElse(null);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        assumeThat(false)
                .as("libfaketime is not installed: the jumps are left out")
                .isTrue();
        throw new AssertionError();
    }
}
