// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.spec.ServedSmsc;
import org.smsprocess.store.TestDatabase;

/** Requests about messages that were sent, to an SMSC that answers none. */
class RequestSettingsIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @TempDir
    Path directory;

    @Test
    @Observes({"requests.max-parts", "requests.cancel-tries"})
    void soManyPartsAreHeldAndSoManyCancelSmTried() {
        try (ServedSmsc smsc = new ServedSmsc();
                FileNode node = new FileNode(
                        DB,
                        directory,
                        "requests { period = 100ms, lease = 1s, max-parts = 1, cancel-tries = 2 }",
                        account("asking", smsc.port(), "query-sm { enabled = true, after = 1s, max-rate = 0.01 }")
                                + account("cancelling", smsc.port(), "cancel-sm = true, mt-expiration = 600ms"))) {
            await().atMost(PATIENCE).until(() -> smsc.bound() == 2);
            long id = node.submit("cancelling", "hello", "");
            node.messageWith(id, "sent");
            assertThat(node.post("/api/v1/messages/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            for (int i = 0; i < 3; i++) {
                node.messageWith(node.submit("asking", "hello " + i, ""), "sent");
            }

            await().atMost(PATIENCE)
                    .until(() -> node.message(id).path("cancellation").asText().equals("no answer to cancel_sm"));
            assertThat(DB.number("select tries from cancel_request")).isEqualTo(2);
            // whoever has a part keeps its lease half over; the others are due and nobody takes them
            await().atMost(PATIENCE).until(() -> due() == 2);
            await().during(Duration.ofMillis(700)).until(() -> due() == 2);
        }
    }

    private static long due() {
        return DB.number("select count(*) from query_watch where due_at < now()");
    }

    private static String account(String name, int port, String lines) {
        return name + " { host = 127.0.0.1, port = " + port + ", source-number = \"1234\", " + lines + " }\n";
    }
}
