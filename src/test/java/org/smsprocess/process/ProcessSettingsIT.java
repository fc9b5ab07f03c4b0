// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;

/** Settings of the process, each seen from outside of a node that was started with them. */
class ProcessSettingsIT extends OwnNodesFixture {
    @Test
    @Observes({
        "sending-threads",
        "verify-mode",
        "log-per-message",
        "log-statistics",
        "log-statistics-period",
        "prepare-threads"
    })
    void aRehearsalSendsNothingAndLogsEverything() {
        try (CapturedLog messages = new CapturedLog("org.smsprocess.message");
                CapturedLog statistics = new CapturedLog("org.smsprocess.statistics");
                FileNode node = node("""
                        sending-threads = 2, verify-mode = true, prepare-threads = 2
                        log-per-message = true, log-statistics = true, log-statistics-period = 1s
                        """, "child-connections = 2")) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 4);
            long id = 0;
            for (int i = 0; i < 10; i++) {
                id = node.submit("acme", "hello", "");
            }

            node.messageWith(id, "verified");
            assertThat(smsc.submitted).isEmpty();
            String mt = "MT " + id;
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(messages.lines)
                            .anyMatch(line -> line.contains(mt + " to +33600000001: claimed"))
                            .anyMatch(line -> line.contains(mt + " part 1 of 1: prepared"))
                            .anyMatch(line -> line.contains(mt + ": VERIFIED")));
            assertThat(messages.lines).noneMatch(line -> line.contains("hello"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(statistics.lines)
                            .anyMatch(line -> line.startsWith("acme: 4 of 4 bound, window ")));
            await().atMost(PATIENCE).until(() -> threads("prepare-") == 2); // those of an earlier node have ended
        }
    }

    @Test
    @Observes({"sending-threads", "verify-mode", "log-per-message", "log-statistics"})
    void withoutThemItSendsAndIsQuiet() {
        try (CapturedLog messages = new CapturedLog("org.smsprocess.message");
                CapturedLog statistics = new CapturedLog("org.smsprocess.statistics");
                FileNode node = node("log-statistics-period = 1s", "")) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            node.messageWith(node.submit("acme", "hello", ""), "sent");

            assertThat(smsc.submitted).hasSize(1);
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> statistics.lines.isEmpty() && messages.lines.isEmpty());
        }
    }

    @ParameterizedTest
    @Observes({"max-waiting-messages", "connection.drain-timeout"})
    @CsvSource({"10, 10", "1000, 60"})
    void noMoreMessagesAreInMemoryThanAllowed(int most, int inFlight) {
        smsc.silent(true);
        try (FileNode node = node(
                "part-size = 5, connection.drain-timeout = 10ms, max-waiting-messages = " + most, "window = 100")) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                rows.add("{\"to\":\"+3360000%04d\",\"text\":\"hello\"}".formatted(i));
            }
            node.post("/api/v1/messages", "{\"account\":\"acme\",\"messages\":[" + String.join(",", rows) + "]}");

            await().atMost(PATIENCE).until(() -> smsc.submitted.size() == inFlight);
            await().during(Duration.ofMillis(500)).until(() -> smsc.submitted.size() == inFlight);

            node.reload(account("window = 100, enabled = false"));
            await().atMost(Duration.ofSeconds(9)).until(() -> smsc.unbinds.get() == 1); // by default ten later
        }
    }

    @Test
    @Observes({"part-retry-count", "part-retry-delay"})
    void aRefusedMessageIsTriedSoOftenAndAfterSoLong() {
        smsc.answer(0x08);
        try (FileNode node = node("part-retry-count = 3, part-retry-delay = 700ms, poll-period = 50ms", "")) {
            long began = System.nanoTime();
            long id = node.submit("acme", "hello", "");

            String error = node.messageWith(id, "failed").path("error").asText();
            assertThat(error).isEqualTo("gave up after 3 attempts: Generic refused: 0x00000008");
            assertThat(smsc.submitted).hasSize(3);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1400));
        }
    }

    /** What becomes due by time alone is announced by nobody. */
    @ParameterizedTest
    @Observes("poll-period")
    @CsvSource({"100ms, 1", "1m, 0"})
    void workThatNobodyAnnouncesIsSeenAtTheNextLook(String period, int seen) {
        try (FileNode node = node("poll-period = " + period, "")) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            node.submit("acme", "hello", ",\"sendAt\":\"" + Instant.now().plusMillis(1500) + "\"");

            await().during(Duration.ofMillis(seen == 1 ? 0 : 3500))
                    .atMost(PATIENCE)
                    .until(() -> smsc.submitted.size() == seen);
        }
    }

    @ParameterizedTest
    @Observes("config-refresh")
    @CsvSource({"200ms, 777", "1h, 1234"})
    void changedFilesAreSeenAtTheNextRefresh(String period, String source) {
        try (FileNode node = node("config-refresh = " + period, "")) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1);
            node.write(account("source-number = 777"));

            await().during(Duration.ofMillis(source.equals("777") ? 0 : 1000))
                    .atMost(PATIENCE)
                    .until(() -> {
                        node.submit("acme", "hello", "");
                        return smsc.take().field("source_addr").equals(source);
                    });
        }
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith(prefix))
                .count();
    }
}
