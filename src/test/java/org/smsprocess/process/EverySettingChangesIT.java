// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.process.FileNode.PATIENCE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.smsprocess.account.AccountSamples;

/**
 * Every setting of an account is changed while it is bound and sends, and the SMSC watches: those that the settings page calls "at
 * once" unbind nobody, those with a new bind unbind once and bind once. Every message leaves exactly once.
 */
class EverySettingChangesIT extends NodeFixture {
    @BeforeAll
    static void startNode() {
        start("poll-period = 200ms", account(""));
    }

    /** One after the other, each staying changed, so that one bind is enough for all. */
    @Test
    void thoseAtOnceUnbindNobody() {
        StringBuilder lines = new StringBuilder();
        List<Long> ids = new ArrayList<>();
        int before = smsc.unbinds.get();
        for (String key : keys("at once").toList()) {
            if (!key.startsWith("mo.webhook") && !key.startsWith("max-")) {
                lines.append(AccountSamples.otherValues().get(key)).append('\n');
            }
            assertThat(node.reload(account(lines.toString())).statusCode())
                    .as(key)
                    .isEqualTo(200);
            ids.add(node.submit("acme", "hello " + key, ""));
        }

        ids.forEach(id -> node.messageWith(id, "sent"));
        assertThat(smsc.submitted).hasSize(ids.size());
        assertThat(smsc.unbinds.get()).isEqualTo(before);
        smsc.submitted.clear();
    }

    @Test
    void thoseWithANewBindUnbindOnceAndBindAgain() {
        // others lead elsewhere or want files; AccountChangesIT has them
        for (String key : keys("new bind")
                .filter(key -> !key.matches("host|port|receiver\\..*|tls\\..*|mode"))
                .toList()) {
            assertThat(node.reload(account("")).statusCode()).isEqualTo(200);
            settle();
            int unbinds = smsc.unbinds.get();
            int binds = smsc.binds.size();

            assertThat(node.reload(account(AccountSamples.otherValues().get(key)))
                            .statusCode())
                    .as(key)
                    .isEqualTo(200);

            await(key).atMost(PATIENCE).until(() -> smsc.binds.size() > binds && smsc.bound() == 1);
            settle();
            assertThat(smsc.unbinds.get()).as(key).isEqualTo(unbinds + 1);
            assertThat(smsc.binds).as(key).hasSize(binds + 1);
        }
    }

    /** A message that is sent shows that the slot has seen the settings before it and is bound. */
    private static void settle() {
        await().atMost(PATIENCE)
                .until(() ->
                        node.connections().findValuesAsText("state").equals(List.of("bound")) && smsc.bound() == 1);
        await().pollDelay(Duration.ofMillis(200)).until(() -> smsc.bound() == 1);
        node.messageWith(node.submit("acme", "settled", ""), "sent");
    }

    private static Stream<String> keys(String effect) {
        return AccountSamples.otherValues().keySet().stream()
                .filter(key -> AccountSamples.takesEffect(key).equals(effect));
    }

    private static String account(String line) {
        return """
                acme {
                  host = 127.0.0.1, port = %d, system-id = esme, source-number = "1234", reconnect-delay = 100ms
                  %s
                }
                """.formatted(smsc.port(), line);
    }
}
