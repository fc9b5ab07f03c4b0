// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.cli.SmsProcessCommand;

/** What an operator puts into quarantine, by HTTP and by command, as the SMSC sees it. */
class QuarantineNodeIT extends NodeFixture {
    private static final String NUMBER = "+33600000001";

    @BeforeAll
    static void startNode() {
        start("mo.buckets = 4", """
                acme {
                  host = 127.0.0.1, port = %d, system-id = esme, password = secret
                  source-number = "7000", short-code = "7000"
                }
                """.formatted(smsc.port()));
    }

    @BeforeEach
    void empty() {
        DB.execute("truncate quarantine");
    }

    @Test
    @Observes("short-code")
    void nothingIsSentToANumberInQuarantineUntilItIsRemoved() {
        node.messageWith(node.submit("acme", NUMBER, "before", ""), "sent");
        HttpResponse<String> added = node.post(
                "/api/v1/quarantine", "{\"entries\":[{\"shortCode\":\"7000\",\"number\":\"33 600 000 001\"}]}");
        assertThat(added.body()).isEqualTo("{\"added\":1}");

        long refused = node.submit("acme", NUMBER, "refused", "");
        long other = node.submit("acme", "+33600000002", "other", "");
        assertThat(node.messageWith(refused, "failed").path("error").asText())
                .isEqualTo("quarantined: +33600000001 may not be written to from 7000");
        node.messageWith(other, "sent");

        assertThat(node.delete("/api/v1/quarantine?shortCode=7000&number=%2B33600000001")
                        .body())
                .isEqualTo("{\"removed\":1}");
        node.messageWith(node.submit("acme", NUMBER, "after", ""), "sent");
        assertThat(node.message(refused).path("status").asText()).isEqualTo("failed");
        assertThat(smsc.submitted.stream().map(submit -> submit.field("destination_addr")))
                .containsExactly("33600000001", "33600000002", "33600000001");
    }

    @Test
    void theCommandsDoTheSame() {
        String url = "http://127.0.0.1:" + node.port();

        assertThat(SmsProcessCommand.run(
                        "quarantine",
                        "add",
                        "--url",
                        url,
                        "--short-code",
                        "7000",
                        "--reason",
                        "letter",
                        NUMBER,
                        "491234"))
                .isZero();
        node.messageWith(node.submit("acme", NUMBER, "refused", ""), "failed");
        assertThat(SmsProcessCommand.run("quarantine", "list", "--url", url, "--number", NUMBER, "--limit", "5"))
                .isZero();
        assertThat(SmsProcessCommand.run("quarantine", "remove", "--url", url, "--short-code", "7000", NUMBER))
                .isZero();

        assertThat(DB.column("select number || ' ' || reason from quarantine")).containsExactly("491234 letter");
        assertThat(SmsProcessCommand.run("quarantine", "add", "--url", url, "--short-code", "1", NUMBER))
                .isEqualTo(1);
    }

    /** Parts of one MO would go to different handlers. */
    @Test
    @Observes("mo.buckets")
    void aNodeWithAnotherNumberOfMoHandlersDoesNotStart(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> new FileNode(DB, elsewhere, "mo.buckets = 8", ""))
                .hasStackTraceContaining("sms-process.mo.buckets = 8, but this database has been used with 4");
    }
}
