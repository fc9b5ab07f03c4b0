// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;
import org.smsprocess.store.TestDatabase;

/** An SMSC that sends SR as if they were MO, and a person who knows that. */
class ReceiptByTextIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    @Test
    @Tag("D5")
    @Tag("O11")
    @Tag("sr.by-text")
    @Tag("sr.match-recipient")
    void d5_theReceiptSettlesItsMessageAndTheForgedOneIsAnMo() throws Exception {
        try (RawSmsc smsc = new RawSmsc();
                Node node = Node.start(settings(smsc.port()));
                RawSession session = smsc.acceptBind()) {
            submit(node);
            ReceivedPdu submit = session.read(RawPdu.SUBMIT_SM);
            session.send(RawPdu.submitSmResp(submit.sequenceNumber(), "77"));
            await().until(() -> DB.number("select count(*) from message where status = 'sent'") == 1);

            // from somebody else's phone
            session.send(RawPdu.deliverSm(1, "34699999999", "1234", receipt("UNDELIV")));
            assertThat(session.read(RawPdu.DELIVER_SM | RawPdu.RESP).commandStatus())
                    .isZero();
            assertThat(DB.column("select text from inbox")).containsExactly(receipt("UNDELIV"));
            assertThat(DB.number("select count(*) from message where status = 'sent'"))
                    .isEqualTo(1);

            session.send(RawPdu.deliverSm(2, "34600000001", "1234", receipt("DELIVRD")));
            assertThat(session.read(RawPdu.DELIVER_SM | RawPdu.RESP).commandStatus())
                    .isZero();
            await().until(() -> DB.number("select count(*) from message where status = 'delivered'") == 1);
            assertThat(DB.number("select count(*) from inbox")).isEqualTo(1);
            assertThat(DB.column("select provider_message_id from message")).containsExactly("77");
        }
    }

    private static String receipt(String stat) {
        return "id:77 sub:001 dlvrd:001 submit date:2611220000 done date:2611220001 stat:" + stat + " err:000 text:hi";
    }

    private static void submit(Node node) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.httpAddress().getPort() + "/api/v1/messages"))
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"account\":\"acme\",\"messages\":[{\"to\":\"+34600000001\",\"text\":\"hi\"}]}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
    }

    private static SettingsSource settings(int port) {
        return SettingsSource.of(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                        "sms-process.datastore.url", DB.settings().url(),
                        "sms-process.datastore.user", DB.settings().user(),
                        "sms-process.datastore.password", DB.settings().password(),
                        "sms-process.datastore.pool-size", 4))
                .withFallback(ConfigFactory.parseString("""
                        sms-process {
                          http.port = 0
                          accounts.acme {
                            host = "127.0.0.1", port = %d, system-id = acme, unknown-id-wait = 200ms
                            sr { by-text = true, match-recipient = 7 }
                          }
                        }
                        """.formatted(port)))));
    }
}
