// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.smsprocess.settings.SettingsSource;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;
import org.smsprocess.store.TestDatabase;

/** MO from the wire to the inbox and back, through a whole node with two connections. */
class MoNodeIT {
    @RegisterExtension
    static final TestDatabase DB = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int UDHI = 0x40;

    private static RawSmsc smsc;
    private static Node node;
    private static RawSession one;
    private static RawSession two;

    private int sequence = 1;

    @BeforeAll
    static void start() {
        smsc = new RawSmsc();
        node = Node.start(settings());
        one = smsc.acceptBind();
        two = smsc.acceptBind();
    }

    @AfterAll
    static void stop() {
        List<Thread> peers = Stream.of(one, two).map(MoNodeIT::unbindWhenAsked).toList();
        node.stop();
        peers.forEach(Thread::interrupt);
        smsc.close();
    }

    @BeforeEach
    void empty() {
        DB.execute("truncate inbox, mo_seen, quarantine");
    }

    @Test
    void anMoIsInTheInboxWhenItIsAcknowledged() {
        deliver(one, "491", "hello there");

        assertThat(inbox()).containsExactly("491 1234 hello there true");
    }

    /** O4: parts over both connections, the last first. */
    @Test
    void partsOnAnyConnectionMakeOneMo() {
        exchange(two, part("492", 3, "three"));
        exchange(one, part("492", 1, "one "));
        exchange(two, part("492", 2, "two "));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inbox()).containsExactly("492 1234 one two three true"));
    }

    /** O13: acknowledged again, on another connection, and stored once. */
    @Test
    void anMoSentAgainIsStoredOnce() {
        deliver(one, "493", "yes");
        deliver(two, "493", "yes");
        deliver(one, "493", "yes");

        assertThat(inbox()).containsExactly("493 1234 yes true");
    }

    /** O11: no receipt, because esm_class and TLVs do not say so. */
    @Test
    void aTypedReceiptIsAnMo() {
        deliver(one, "494", "id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:");

        assertThat(inbox()).containsExactly("494 1234 id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text: true");
    }

    @Test
    void dataSmIsAnMoToo() {
        int number = sequence++;
        one.send(RawPdu.request(RawPdu.DATA_SM, number)
                .cString("service_type", "")
                .octet("source_addr_ton", 1)
                .octet("source_addr_npi", 1)
                .cString("source_addr", "495")
                .octet("dest_addr_ton", 0)
                .octet("dest_addr_npi", 1)
                .cString("destination_addr", "1234")
                .octet("esm_class", 0)
                .octet("registered_delivery", 0)
                .octet("data_coding", 0)
                .tlv("message_payload", 0x0424, "by data sm".getBytes(US_ASCII)));
        ReceivedPdu answer = one.read(RawPdu.DATA_SM | RawPdu.RESP);

        assertThat(answer.sequenceNumber()).isEqualTo(number);
        assertThat(answer.commandStatus()).isZero();
        assertThat(inbox()).containsExactly("495 1234 by data sm true");
    }

    /** mo.reply: confirmed without asking for an SR, through the connections there are; mo.tlvs stay empty. */
    @Test
    void stopIsConfirmedAndQuarantined() {
        one.send(RawPdu.deliverSm(sequence++, "496", "1234", "Stop it"));
        List<ReceivedPdu> seen = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            for (RawSession session : List.of(one, two)) {
                if (!session.isQuietFor(200)) {
                    seen.add(session.read());
                }
            }
            return seen.size() == 2;
        });

        ReceivedPdu reply = seen.stream()
                .filter(pdu -> pdu.commandId() == RawPdu.SUBMIT_SM)
                .findFirst()
                .orElseThrow();
        assertThat(new String(reply.shortMessage(), US_ASCII)).isEqualTo("You are off the list.");
        assertThat(submitField(reply)).isEqualTo("from 7000 to 496 registered_delivery 0");
        assertThat(DB.column("select short_code || ' ' || number from quarantine"))
                .containsExactly("7000 +496");
        RawPdu accepted = RawPdu.submitSmResp(reply.sequenceNumber(), "id-1");
        Stream.of(one, two).forEach(session -> session.send(accepted)); // the other one does not know it and drops it
    }

    private static String submitField(ReceivedPdu submit) {
        submit.shortMessage(); // from the start
        byte[] body = submit.octets();
        List<String> strings = new ArrayList<>();
        int at = 16;
        for (int field = 0; field < 3; field++) {
            int from = at;
            while (body[at] != 0) {
                at++;
            }
            strings.add(new String(body, from, at - from, US_ASCII));
            at += field < 2 ? 3 : 1; // NUL, then ton and npi of the next address
        }
        at += 3; // esm_class, protocol_id, priority_flag
        at += 2; // schedule_delivery_time and validity_period, both empty
        return "from " + strings.get(1) + " to " + strings.get(2) + " registered_delivery " + body[at];
    }

    private void deliver(RawSession session, String from, String text) {
        exchange(session, RawPdu.deliverSm(sequence, from, "1234", text));
    }

    private RawPdu part(String from, int number, String text) {
        byte[] octets = HexFormat.of()
                .parseHex("050003A703%02X".formatted(number) + HexFormat.of().formatHex(text.getBytes(US_ASCII)));
        return RawPdu.deliverSm(sequence, from, "1234", UDHI, octets);
    }

    private void exchange(RawSession session, RawPdu deliver) {
        session.send(deliver);
        ReceivedPdu answer = session.read(RawPdu.DELIVER_SM | RawPdu.RESP);
        assertThat(answer.sequenceNumber()).isEqualTo(sequence);
        assertThat(answer.commandStatus()).isZero();
        sequence++;
    }

    private static List<String> inbox() {
        return DB
                .column("select sender || ' ' || short_code || ' ' || text || ' ' || complete from inbox order by id")
                .stream()
                .map(String::valueOf)
                .toList();
    }

    private static Thread unbindWhenAsked(RawSession session) {
        Thread peer = new Thread(() -> {
            ReceivedPdu unbind = session.read(RawPdu.UNBIND);
            session.send(RawPdu.response(RawPdu.UNBIND, 0, unbind.sequenceNumber()));
        });
        peer.setDaemon(true);
        peer.start();
        return peer;
    }

    private static SettingsSource settings() {
        return SettingsSource.of(NodeConfig.load(ConfigFactory.parseMap(Map.of(
                        "sms-process.datastore.url", DB.settings().url(),
                        "sms-process.datastore.user", DB.settings().user(),
                        "sms-process.datastore.password", DB.settings().password(),
                        "sms-process.datastore.pool-size", 4,
                        "sms-process.accounts.acme.port", smsc.port()))
                .withFallback(ConfigFactory.parseString("""
                        sms-process {
                          http.port = 0
                          accounts.acme {
                            host = "127.0.0.1", child-connections = 2, enquire-link-period = 1h
                            source-number = "7000", short-code = "7000"
                            mo.reply = [ { keyword = stop, reply = "You are off the list.", action = quarantine } ]
                          }
                        }
                        """))));
    }
}
