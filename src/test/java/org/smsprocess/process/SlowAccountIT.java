// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.store.TestDatabase;

/**
 * Two accounts on one node with one thread that prepares: an SMSC that answers when the test says so, one at a time, its window full
 * all the while, and one that answers at once. Nothing of the second waits for an answer of the first.
 */
class SlowAccountIT {
    private static final int WINDOW = 3;
    private static final int SLOW = 12;
    private static final int FAST = 1_500;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    @Test
    @Tag("M11")
    void m11_theOthersGoOnWhileOneWaitsForItsSmsc() {
        try (RawSmsc slow = new RawSmsc();
                ServedSmsc fast = new ServedSmsc();
                FileNode node = new FileNode(
                        DB,
                        directory,
                        "prepare-threads = 1",
                        account("slow", slow.port(), "window = " + WINDOW)
                                + account("fast", fast.port(), "window = 50"));
                RawSession session = slow.acceptBind()) {
            await().atMost(PATIENCE).until(() -> fast.bound() == 1);
            submit(node, "slow", SLOW);
            Deque<ReceivedPdu> unanswered = new ArrayDeque<>();
            for (int i = 0; i < WINDOW; i++) {
                unanswered.add(session.read(RawPdu.SUBMIT_SM));
            }

            submit(node, "fast", FAST);
            await().atMost(PATIENCE).until(() -> sent("fast") == FAST);
            assertThat(session.isQuietFor(200)).as("the window is full").isTrue();
            assertThat(sent("slow")).isZero();

            // now as slowly as can be: between two of its answers, ten messages of the other account come and go
            for (int answered = 1; answered <= SLOW; answered++) {
                ReceivedPdu next = unanswered.remove();
                session.send(RawPdu.submitSmResp(next.sequenceNumber(), "slow-" + answered));
                if (answered + WINDOW <= SLOW) {
                    unanswered.add(session.read(RawPdu.SUBMIT_SM));
                }
                submit(node, "fast", 10);
                int all = FAST + 10 * answered;
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> sent("fast") == all);
                assertThat(sent("slow")).isLessThanOrEqualTo(answered);
            }

            await().atMost(PATIENCE).until(() -> sent("slow") == SLOW);
            assertThat(fast.submitted).hasSize(FAST + 10 * SLOW);
            assertThat(DB.number("select count(*) from message")).isEqualTo(FAST + 11 * SLOW);
        }
    }

    private static void submit(FileNode node, String account, int messages) {
        String rows = IntStream.range(0, messages)
                .mapToObj("{\"to\":\"+3360%06d\",\"text\":\"hello\"}"::formatted)
                .collect(Collectors.joining(","));
        String body = "{\"account\":\"%s\",\"messages\":[%s]}".formatted(account, rows);
        assertThat(node.post("/api/v1/messages", body).statusCode()).isEqualTo(202);
    }

    private static long sent(String account) {
        return DB.number("select count(*) from message where account = '" + account + "' and status = 'sent'");
    }

    private static String account(String name, int port, String lines) {
        return "%s { host = 127.0.0.1, port = %d, enquire-link-period = 10m, %s }\n".formatted(name, port, lines);
    }
}
