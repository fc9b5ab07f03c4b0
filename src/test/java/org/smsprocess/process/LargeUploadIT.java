// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.smsprocess.simulator.Simulator;
import org.smsprocess.simulator.settings.SimulatorSettings;
import org.smsprocess.store.TestDatabase;

/**
 * A list of recipients goes through a node with little heap, from the file to the last SR. {@code -Dlarge.recipients=2000000} is a
 * longer form, of over 200 MB.
 */
class LargeUploadIT {
    private static final Logger LOG = LoggerFactory.getLogger(LargeUploadIT.class);
    private static final int RECIPIENTS = Integer.getInteger("large.recipients", 200_000);
    private static final String HEAP = "128m";
    private static final Duration PATIENCE = Duration.ofSeconds(60 + RECIPIENTS / 500);

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path folder;

    @Test
    void everyRecipientIsSentAndReportedAndTheHeapSuffices() throws Exception {
        Path list = list();
        try (Simulator smsc = Simulator.start(SimulatorSettings.parse(
                        "sms-process-simulator { port = 0, http-port = none, sr { delay = 0s, jitter = 0s } }"));
                NodeJvm node = NodeJvm.start(folder, "small", settings(smsc), Map.of(), HEAP)) {
            await().atMost(PATIENCE).until(node::isReady);
            long begin = System.nanoTime();
            assertThat(node.post(
                            "/api/v1/deliveries",
                            "{\"account\":\"acme\",\"template\":\"Dear {{name}}, your code is {{code}}.\"}"))
                    .isEqualTo(201);
            String path = "/api/v1/deliveries/" + DB.number("select max(id) from delivery");

            String answer = node.upload(path + "/recipients", "text/csv", list);
            LOG.info("{} recipients are stored after {} s", RECIPIENTS, seconds(begin));
            assertThat(answer).contains("\"accepted\":" + RECIPIENTS, "\"refused\":0");
            assertThat(DB.number("select count(*) from message")).isEqualTo(RECIPIENTS);

            assertThat(node.post(path + "/start", "")).isEqualTo(200);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> node.hasEnded() || count("delivered") == RECIPIENTS);
            LOG.info("{} messages are delivered after {} s, with -Xmx{}", RECIPIENTS, seconds(begin), HEAP);

            assertThat(node.hasEnded()).as(node.log()).isFalse();
            assertThat(count("delivered")).isEqualTo(RECIPIENTS);
            await().atMost(PATIENCE).until(() -> DB.number("select count(*) from delivery_part") == 0);
            assertThat(DB.number("select count(distinct recipient) from message where provider_message_id is not null"))
                    .isEqualTo(RECIPIENTS);
            assertThat(smsc.record().stats().systemIds())
                    .singleElement()
                    .satisfies(
                            account -> assertThat(account.traffic().submits()).isEqualTo(RECIPIENTS));
            assertThat(node.log()).doesNotContain("OutOfMemoryError");
        }
    }

    private Path list() throws IOException {
        Path file = folder.resolve("people.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("to,name,code,street,city\n");
            for (int i = 0; i < RECIPIENTS; i++) {
                out.write(
                        "+336%08d,Ann %d,%d,\"%d, rue des Capucines, au fond de la cour à gauche\",Saint-Rémy-de-Provence\n"
                                .formatted(i, i, i * 7, i));
            }
        }
        return file;
    }

    private static String settings(Simulator smsc) {
        return """
                sms-process {
                  datastore { url = "%s", user = "%s", password = "%s", pool-size = 4 }
                  accounts.acme {
                    host = "127.0.0.1", port = %d, source-number = "12345", child-connections = 2, window = 500
                  }
                }
                """.formatted(
                        DB.settings().url(), DB.settings().user(), DB.settings().password(), smsc.smppPort());
    }

    private static long count(String status) {
        return DB.number("select count(*) from message where status = ?::message_status", status);
    }

    private static double seconds(long sinceNanos) {
        return Math.round((System.nanoTime() - sinceNanos) / 1e7) / 100.0;
    }
}
