// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.smsprocess.Observes;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.connection.preparing.Prepared;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.InboundAnswer;
import org.smsprocess.smpp.SubmitOutcome;
import org.smsprocess.smpp.WireLimits;
import org.smsprocess.smpp.link.CloudhopperConnector;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;
import org.smsprocess.spec.TestCertificate;

/** What the connection settings of an account make of its binds, seen from the SMSC. */
class LinksXIT {
    private static final Config CONFIG = ConfigFactory.load();

    private final CloudhopperConnector connector = new CloudhopperConnector(WireLimits.from(CONFIG));
    private final RecordedHearing hearing = new RecordedHearing();
    private final CompletableFuture<Void> givenUp = new CompletableFuture<>();
    private ConnectionLimits limits = ConnectionLimits.from(CONFIG);
    private final RawSmsc smsc = new RawSmsc();
    private final RawSmsc other = new RawSmsc();

    @AfterEach
    void close() {
        connector.close();
        smsc.close();
        other.close();
    }

    @Test
    @Observes({"port", "system-id", "password", "system-type", "bind-ton", "bind-npi", "address-range"})
    void aTransceiverBindsOnceWithTheFieldsOfTheAccount() {
        CompletableFuture<Links> binding = bind(
                "port = " + smsc.port(),
                "system-id = acme",
                "password = secret",
                "system-type = VMA",
                "bind-ton = 5",
                "bind-npi = 9",
                "address-range = \"^336\"");
        RawSession session = smsc.accept();
        ReceivedPdu bind = session.read(RawPdu.BIND_TRANSCEIVER);
        answer(session, bind);

        assertThat(List.of(bind.cString(), bind.cString(), bind.cString())).containsExactly("acme", "secret", "VMA");
        assertThat(List.of(bind.octet(), bind.octet(), bind.octet())).containsExactly(0x34, 5, 9);
        assertThat(bind.cString()).isEqualTo("^336");
        Links links = binding.join();
        assertThat(links.sending()).isSameAs(links.receiving());
        links.close("done");
        assertThat(hearing.closed()).isEqualTo("done");
    }

    @Test
    @Observes({"mode", "receiver.port", "receiver.system-id", "receiver.password", "receiver.system-type"})
    void thePairHasAReceiverWithParametersOfItsOwn() {
        Pair pair = pair("system-type = TX", "receiver { system-id = acme-rx, password = hush, system-type = RX }");

        ReceivedPdu rx = pair.receiverBind;
        ReceivedPdu tx = pair.transmitterBind;
        assertThat(List.of(rx.cString(), rx.cString(), rx.cString())).containsExactly("acme-rx", "hush", "RX");
        assertThat(List.of(tx.cString(), tx.cString(), tx.cString())).containsExactly("acme", "secret", "TX");
        pair.links.close("done");
        assertThat(hearing.closed()).isNotNull();
    }

    @Test
    void thePairSendsOnOneAndReceivesOnTheOther() {
        Pair pair = pair();
        pair.links.sending().submit(List.of(Prepared.text("Hello").only()));
        ReceivedPdu submit = pair.transmitter.read(RawPdu.SUBMIT_SM);
        pair.transmitter.send(RawPdu.submitSmResp(submit.sequenceNumber(), "id-1"));
        pair.receiver.send(RawPdu.deliverSm(7, "33600000001", "12345", "Hi"));

        assertThat(hearing.outcome().providerId()).isEqualTo("id-1");
        Inbound inbound = hearing.inbound();
        assertThat(inbound.source().number()).isEqualTo("33600000001");
        hearing.answer(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0));
        assertThat(pair.receiver.read(RawPdu.RESP | RawPdu.DELIVER_SM).sequenceNumber())
                .isEqualTo(7);
        pair.links.close("done");
    }

    @Test
    void theTransmitterEndsInGoodOrderWhenTheReceiverIsLost() {
        Pair pair = pair();
        pair.links.sending().submit(List.of(Prepared.text("Hello").only()));
        ReceivedPdu submit = pair.transmitter.read(RawPdu.SUBMIT_SM);

        pair.receiver.close();
        pair.transmitter.send(RawPdu.submitSmResp(submit.sequenceNumber(), "id-1"));
        ReceivedPdu unbind = pair.transmitter.read(RawPdu.UNBIND);
        pair.transmitter.send(RawPdu.response(RawPdu.UNBIND, 0, unbind.sequenceNumber()));

        assertThat(hearing.outcome().providerId()).isEqualTo("id-1");
        assertThat(hearing.closed()).startsWith("receiver: ");
    }

    @Test
    void theReceiverEndsWhenTheTransmitterIsLost() {
        Pair pair = pair();

        pair.transmitter.close();
        ReceivedPdu unbind = pair.receiver.read(RawPdu.UNBIND);
        pair.receiver.send(RawPdu.response(RawPdu.UNBIND, 0, unbind.sequenceNumber()));

        assertThat(hearing.closed()).startsWith("transmitter: ");
    }

    @Test
    void aTransmitterThatIsRefusedLeavesNoReceiverBehind() {
        CompletableFuture<Links> binding =
                bind("mode = transmitter-receiver", "port = " + smsc.port(), "receiver.port = " + other.port());
        RawSession receiver = other.accept();
        answer(receiver, receiver.read(RawPdu.BIND_RECEIVER));
        RawSession transmitter = smsc.accept();
        ReceivedPdu bind = transmitter.read(RawPdu.BIND_TRANSMITTER);
        transmitter.send(RawPdu.response(bind.commandId(), 0x0E, bind.sequenceNumber()));

        assertThatThrownBy(binding::join).hasMessageContaining("0x0000000E");
        assertThat(receiver.isClosed()).isTrue();
    }

    @Test
    @Tag("S34")
    @Observes({"tls.enabled", "tls.verification", "tls.trust-store"})
    void tlsIsVerifiedAsTheAccountSaysIt(@TempDir Path directory) throws IOException {
        LocalDate nextYear = LocalDate.now(ZoneOffset.UTC).plusYears(1);
        TestCertificate certificate = TestCertificate.forName("smsc.example.com", nextYear);
        Path trusted = directory.resolve("ca.pem");
        Files.writeString(trusted, certificate.caPem());
        String ca = "trust-store = \"" + trusted + "\"";

        assertThat(overTls(certificate, "verification = full, " + ca)).contains("the certificate is not for 127.0.0.1");
        assertThat(overTls(certificate, "verification = skip-hostname, " + ca)).isEqualTo("bound");
        assertThat(overTls(certificate, "verification = skip-hostname")).contains("not signed by a CA");
        assertThat(overTls(certificate, "verification = skip-certificate")).isEqualTo("bound");
    }

    private String overTls(TestCertificate certificate, String tls) {
        try (RawSmsc secure = new RawSmsc(certificate.server().getServerSocketFactory())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(secure::acceptBind);
            try {
                bind("port = " + secure.port(), "tls { enabled = true, " + tls + " }")
                        .join()
                        .close("done");
                return "bound";
            } catch (RuntimeException refused) {
                return String.valueOf(refused.getMessage());
            } finally {
                served.exceptionally(failure -> null).join();
            }
        }
    }

    private record Pair(
            Links links,
            RawSession transmitter,
            ReceivedPdu transmitterBind,
            RawSession receiver,
            ReceivedPdu receiverBind) {}

    private Pair pair(String... lines) {
        String[] all = Stream.concat(
                        Stream.of(
                                "mode = transmitter-receiver",
                                "port = " + smsc.port(),
                                "system-id = acme",
                                "password = secret",
                                "receiver.port = " + other.port()),
                        Arrays.stream(lines))
                .toArray(String[]::new);
        CompletableFuture<Links> binding = bind(all);
        RawSession receiver = other.accept();
        ReceivedPdu receiverBind = receiver.read(RawPdu.BIND_RECEIVER);
        answer(receiver, receiverBind);
        RawSession transmitter = smsc.accept();
        ReceivedPdu transmitterBind = transmitter.read(RawPdu.BIND_TRANSMITTER);
        answer(transmitter, transmitterBind);
        return new Pair(binding.join(), transmitter, transmitterBind, receiver, receiverBind);
    }

    @Test
    @Observes("connection.max-pdu-size")
    void aLongerPduThanAllowedEndsTheSession() {
        limits("max-pdu-size = 1k");
        RawSession session = bound();

        session.sendOctets(
                ByteBuffer.allocate(8).putInt(2000).putInt(RawPdu.DELIVER_SM).array());

        assertThat(hearing.closed()).contains("2000");
    }

    @Test
    @Observes("connection.max-unanswered")
    void soManySrAndMoMayBeUnanswered() {
        limits("max-unanswered = 2");
        RawSession session = bound();
        for (int i = 1; i <= 2; i++) {
            session.send(RawPdu.deliverSm(i, "1", "2", "x"));
            hearing.inbound();
        }
        session.send(RawPdu.deliverSm(3, "1", "2", "beyond"));
        await().during(Duration.ofMillis(200)).until(hearing.inbound::isEmpty);

        hearing.answer(new InboundAnswer(Inbound.DELIVER_SM, 1, 0));

        assertThat(hearing.inbound().sequenceNumber()).isEqualTo(3);
    }

    private void limits(String line) {
        limits = ConnectionLimits.from(
                ConfigFactory.load(ConfigFactory.parseString("sms-process.connection { " + line + " }")));
    }

    /** Whoever stops an account would wait for bind-timeout, a minute, for an SMSC that says nothing. */
    @Test
    void aBindThatIsGivenUpLeavesNoConnectionBehind() {
        CompletableFuture<Links> binding = bind("port = " + smsc.port(), "bind-timeout = 1h");
        RawSession session = smsc.accept();
        session.read(RawPdu.BIND_TRANSCEIVER);

        givenUp.complete(null);

        assertThat(binding).failsWithin(Duration.ofSeconds(5));
        assertThat(session.isClosed()).isTrue();
    }

    @Test
    void aPairThatIsGivenUpBetweenItsBindsLeavesNeitherBehind() {
        CompletableFuture<Links> binding =
                bind("port = " + smsc.port(), "receiver.port = " + other.port(), "mode = transmitter-receiver");
        RawSession receiver = other.acceptBind();
        RawSession transmitter = smsc.accept();
        transmitter.read(RawPdu.BIND_TRANSMITTER);

        givenUp.complete(null);

        assertThat(binding).failsWithin(Duration.ofSeconds(5));
        assertThat(transmitter.isClosed()).isTrue();
        assertThat(receiver.isClosed()).isTrue();
    }

    private RawSession bound() {
        CompletableFuture<Links> binding = bind("port = " + smsc.port());
        RawSession session = smsc.acceptBind();
        binding.join();
        return session;
    }

    private CompletableFuture<Links> bind(String... lines) {
        LinkPlan plan = new LinkPlan(TestAccounts.account("acme", lines), "acme/0/0", () -> Long.MAX_VALUE, limits);
        return Links.bind(plan, connector, ForkJoinPool.commonPool(), hearing, givenUp)
                .toCompletableFuture();
    }

    private static void answer(RawSession session, ReceivedPdu bind) {
        session.send(RawPdu.response(bind.commandId(), 0, bind.sequenceNumber()).cString("system_id", "raw"));
    }

    /** What the session would hear. */
    private static final class RecordedHearing implements Links.Hearing {
        private final BlockingQueue<SubmitOutcome> outcomes = new LinkedBlockingQueue<>();
        private final BlockingQueue<Inbound> inbound = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private final CompletableFuture<Consumer<List<InboundAnswer>>> answers = new CompletableFuture<>();

        @Override
        public void outcomes(List<SubmitOutcome> told) {
            outcomes.addAll(told);
        }

        @Override
        public void inbound(List<Inbound> told, Consumer<List<InboundAnswer>> way) {
            answers.complete(way);
            inbound.addAll(told);
        }

        @Override
        public void closed(String reason) {
            ends.add(reason);
        }

        SubmitOutcome outcome() {
            return next(outcomes);
        }

        Inbound inbound() {
            return next(inbound);
        }

        String closed() {
            return next(ends);
        }

        void answer(InboundAnswer answer) {
            answers.join().accept(List.of(answer));
        }

        private static <T> T next(BlockingQueue<T> queue) {
            try {
                T next = queue.poll(30, TimeUnit.SECONDS);
                assertThat(next).isNotNull();
                return next;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
