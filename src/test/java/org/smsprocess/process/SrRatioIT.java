// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.spec.SubmittedSm;
import org.smsprocess.store.TestDatabase;

/** An SMSC that gives this node no SR, since it gives them to another session of the login, or has them switched off. */
class SrRatioIT {
    private static final int MESSAGES = 12;

    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    @Test
    @Tag("S32")
    @Tag("M23")
    @Observes({"sr.ratio-alarm.min-share", "sr.ratio-alarm.maturity", "sr.ratio-alarm.min-messages"})
    void s32_m23_oneLineWhenSrStayAwayAndOneWhenTheyComeAgain() {
        try (CapturedLog log = new CapturedLog("org.smsprocess.sr.SrRatio");
                ServedSmsc smsc = new ServedSmsc();
                ServedSmsc other = new ServedSmsc();
                FileNode node = new FileNode(
                        DB,
                        directory,
                        "sr { check-period = 50ms, wake-period = 1s }",
                        account("acme", smsc, "min-share = 0.5") + account("easy", other, "min-share = 0"))) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 1 && other.bound() == 1);
            for (int i = 0; i < MESSAGES; i++) {
                node.submit("acme", "hello", "");
                node.submit("easy", "hello", "");
            }

            await().atMost(PATIENCE)
                    .until(() -> metric(node, "sms_sr_ratio_alarm", "acme").equals("1.0"));
            assertThat(metric(node, "sms_sr_ratio", "acme")).isEqualTo("0.0");
            assertThat(node.get("/api/v1/accounts/acme").body()).contains("\"reported\":0,\"alarm\":true");
            await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(() -> log.lines.size() == 1);
            assertThat(log.lines.get(0))
                    .startsWith("acme: SR came for 0 of ")
                    .contains("less than sr.ratio-alarm.min-share = 0.5", "the same login is bound elsewhere too");

            smsc.submitted.clear();
            await().atMost(PATIENCE).until(() -> {
                deliver(node, smsc);
                return metric(node, "sms_sr_ratio_alarm", "acme").equals("0.0");
            });
            await().atMost(PATIENCE).until(() -> log.lines.size() == 2);
            assertThat(log.lines.get(1)).startsWith("acme: SR come again, for ");
            assertThat(node.get("/api/v1/accounts/acme").body()).contains("\"alarm\":false");

            // it has none for its messages to this day
            assertThat(other.submitted).hasSize(MESSAGES);
            assertThat(metric(node, "sms_sr_ratio_alarm", "easy")).isEqualTo("0.0");
            assertThat(log.lines).allMatch(line -> line.startsWith("acme: "));
        }
    }

    private static void deliver(FileNode node, ServedSmsc smsc) {
        node.submit("acme", "hello again", "");
        SubmittedSm submit = smsc.take();
        smsc.sendSr("33600000001", "id:" + submit.id() + " stat:DELIVRD err:000");
    }

    private static String account(String name, ServedSmsc smsc, String share) {
        return """
                %s {
                  host = 127.0.0.1, port = %d
                  sr.ratio-alarm { %s, maturity = 2s, period = 30s, min-messages = 10 }
                }
                """.formatted(name, smsc.port(), share);
    }

    private static String metric(FileNode node, String name, String account) {
        String begin = name + "{account=\"" + account + "\"} ";
        List<String> lines = node.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(begin))
                .toList();
        return lines.isEmpty() ? "" : lines.get(0).substring(begin.length());
    }
}
