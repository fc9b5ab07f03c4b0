// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/** The SMSC has taken messages and its answers are lost: their SR, which bring back our references, settle them. */
class LostAnswersIT {
    private static final int MESSAGES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    private final Simulator smsc = Simulator.start(SimulatorSettings.parse("""
            sms-process-simulator { port = 0, http-port = none, sr { delay = 1s, jitter = 0s, echo-reference = true }
              deliver.retry-delay = 1s }"""));
    private final List<NodeJvm> nodes = new ArrayList<>();

    @BeforeEach
    void empty() {
        DB.execute("truncate message, delivery, delivery_part, delivery_range, held_message, slot_lease");
    }

    @AfterEach
    void end() throws InterruptedException {
        for (NodeJvm node : nodes) {
            node.close();
        }
        smsc.close();
    }

    @Test
    void messagesHeldAfterTheSessionWasCutAreDeliveredAndNotSentAgain() throws Exception {
        NodeJvm node = start("hold");
        smsc.fault("{ kind = hold-answers, duration = 5s }");
        assertThat(node.post("/api/v1/messages", messages())).isEqualTo(202);
        awaitTaken();

        smsc.fault("{ kind = reset }");

        await().atMost(PATIENCE).until(() -> count("delivered") == MESSAGES);
        assertThat(smsc.record().stats().messages().distinct()).isEqualTo(MESSAGES);
        assertThat(smsc.record().stats().messages().duplicates()).isZero();
        assertThat(DB.number("select count(*) from message where provider_message_id is null"))
                .isZero();
    }

    @Test
    void messagesHeldAfterACrashAreDeliveredAndNotSentAgain() throws Exception {
        crash("hold");

        await().atMost(PATIENCE).until(() -> count("delivered") == MESSAGES);
        assertThat(smsc.record().stats().messages().duplicates()).isZero();
        assertThat(DB.number("select count(*) from held_message h join message m on m.id = h.mt_id"
                        + " where m.status = 'held'"))
                .isZero();
    }

    @Test
    void messagesSentAgainAfterACrashAreCountedAndNoReportIsRefused() throws Exception {
        crash("resend");

        await().atMost(PATIENCE).until(() -> count("delivered") == MESSAGES);
        await().atMost(PATIENCE)
                .until(() ->
                        smsc.record().stats().systemIds().get(0).traffic().sr().pending() == 0);
        long duplicates = smsc.record().stats().messages().duplicates();
        assertThat(DB.number("select sum(resends) from message")).isGreaterThanOrEqualTo(duplicates);
        assertThat(smsc.record().stats().systemIds().get(0).traffic().sr().refused())
                .isZero();
    }

    private void crash(String inDoubt) throws Exception {
        NodeJvm node = start(inDoubt);
        smsc.fault("{ kind = hold-answers, duration = 20s }");
        assertThat(node.post("/api/v1/messages", messages())).isEqualTo(202);
        awaitTaken();
        node.kill();
        smsc.clearFaults();
        start(inDoubt);
    }

    private void awaitTaken() {
        await().atMost(PATIENCE).until(() -> smsc.record().stats().messages().distinct() == MESSAGES);
    }

    private NodeJvm start(String inDoubt) throws IOException {
        NodeJvm node = NodeJvm.start(folder, "node" + nodes.size(), """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  data-dir = "%s"
                  connection.lease { ttl = 4s, renew-period = 1s }
                  accounts.acme {
                    host = "127.0.0.1", port = %d, system-id = acme, child-connections = 2, window = 20
                    reconnect-delay = 500ms, source-number = "12345", in-doubt = %s, in-doubt-wait = 3s
                    sr.user-message-reference = true
                  }
                }
                """.formatted(
                        DB.settings().url(),
                        DB.settings().user(),
                        DB.settings().password(),
                        folder.resolve("node" + nodes.size()),
                        smsc.smppPort(),
                        inDoubt));
        nodes.add(node);
        await().atMost(PATIENCE).until(node::isReady);
        return node;
    }

    private long count(String status) {
        return DB.number("select count(*) from message where status = ?::message_status", status);
    }

    private static String messages() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            rows.add("{\"to\":\"+346%08d\",\"text\":\"lost %d\"}".formatted(i, i));
        }
        return "{\"account\":\"acme\",\"messages\":[" + String.join(",", rows) + "]}";
    }
}
