// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.BindFailure.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.ReceivedPdu;

/** What SMSCs do until BIND_RESP, one test for each habit known. */
class BindQuirksXIT {
    private static final int BIND = RawPdu.BIND_TRANSCEIVER;

    private final LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(BindMode.class)
    void bindsInEveryMode(BindMode mode) {
        fixture.mode = mode;
        int commandId = switch (mode) {
            case TRANSCEIVER -> RawPdu.BIND_TRANSCEIVER;
            case TRANSMITTER -> RawPdu.BIND_TRANSMITTER;
            case RECEIVER -> RawPdu.BIND_RECEIVER;
        };
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        ReceivedPdu bind = session.read(commandId);
        session.send(RawPdu.response(commandId, 0, bind.sequenceNumber()).cString("system_id", "raw"));

        assertThat(bound).succeedsWithin(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void s1_refusalOf16Or17Octets(int nuls) {
        BindFailure failure = fixture.bindFailure(session -> {
            ReceivedPdu bind = session.read(BIND);
            session.send(RawPdu.response(BIND, 0x0F, bind.sequenceNumber()).octets("system_id", new byte[nuls]));
        });

        assertThat(failure.kind()).isEqualTo(Kind.CREDENTIALS);
        assertThat(failure.commandStatus()).isEqualTo(0x0F);
    }

    @Test
    void s2_bindRespWithoutNul() {
        assertThat(boundBy(RawPdu.response(BIND, 0, 1).octets("system_id", new byte[] {'x', 'y'})))
                .succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void s2_bindRespWithoutBody() {
        assertThat(boundBy(RawPdu.response(BIND, 0, 1))).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void s3_bindRespWithVendorTlvAndBadInterfaceVersion() {
        assertThat(boundBy(RawPdu.response(BIND, 0, 1)
                        .cString("system_id", "x")
                        .tlv("vendor", 0x1401, new byte[] {1, 2, 3})
                        .tlv("sc_interface_version", 0x0210, 9, new byte[] {0x34})))
                .succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void s4_bindAnsweredByGenericNack() {
        BindFailure failure = fixture.bindFailure(session -> {
            ReceivedPdu bind = session.read(BIND);
            session.send(RawPdu.response(0, 0x03, bind.sequenceNumber()));
        });

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.commandStatus()).isEqualTo(0x03);
        assertThat(failure).hasMessageContaining("generic_nack");
    }

    @Test
    void s5_noAnswerToTheBind() {
        fixture.bindTimeout = Duration.ofSeconds(1);
        RawSession[] accepted = new RawSession[1];
        BindFailure failure = fixture.bindFailure(session -> accepted[0] = session);

        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessageContaining("1000 ms").hasMessageContaining("waiting for the answer to the bind");
        assertThat(accepted[0].isClosed()).isTrue();
    }

    @Test
    void s6_enquireLinkBeforeBindRespIsAnswered() {
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        session.read(BIND);
        session.send(RawPdu.request(RawPdu.ENQUIRE_LINK, 77));

        assertThat(session.read(RawPdu.ENQUIRE_LINK | RawPdu.RESP).sequenceNumber())
                .isEqualTo(77);
        session.send(RawPdu.response(BIND, 0, 1));
        assertThat(bound).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void s6_deliverSmBeforeBindRespIsToldAfterTheBind() {
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        session.read(BIND);
        session.send(RawPdu.deliverSm(5, "1", "2", "early"));
        await().during(Duration.ofMillis(50)).until(fixture.listener::hasNoInbound);
        session.send(RawPdu.response(BIND, 0, 1), RawPdu.deliverSm(6, "1", "2", "in time"));

        assertThat(bound).succeedsWithin(Duration.ofSeconds(30));
        assertThat(text(fixture.listener.nextInbound())).isEqualTo("early");
        assertThat(text(fixture.listener.nextInbound())).isEqualTo("in time");
    }

    @Test
    void s6_tooManyDeliverSmBeforeBindRespAreRefused() {
        fixture.maxUnanswered = 1;
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        session.read(BIND);
        session.send(RawPdu.deliverSm(5, "1", "2", "kept"), RawPdu.deliverSm(6, "1", "2", "refused"));

        ReceivedPdu refusal = session.read(RawPdu.DELIVER_SM | RawPdu.RESP);
        assertThat(refusal.sequenceNumber()).isEqualTo(6);
        assertThat(refusal.commandStatus()).isEqualTo(CommandStatus.ESME_RINVBNDSTS);
        assertThat(bound).isNotDone();
    }

    @Test
    @Tag("S7")
    void s7_alreadyBoundIsAKindOfItsOwn() {
        BindFailure failure = fixture.bindFailure(session ->
                session.send(RawPdu.response(BIND, 0x05, session.read(BIND).sequenceNumber())));

        assertThat(failure.kind()).isEqualTo(Kind.ALREADY_BOUND);
    }

    @Test
    void s8_serverThatClosesAtOnceIsUnreachable() {
        BindFailure failure = fixture.bindFailure(RawSession::close);

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no answer to the bind");
    }

    @Test
    void nobodyListensOnThePort() {
        fixture.smsc.close();
        BindFailure failure = LinkFixture.failureOf(bind());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + fixture.smsc.port())
                .hasMessageContaining("refused");
    }

    @Test
    void unknownHost() {
        fixture.host = "no-such-host.invalid";
        BindFailure failure = LinkFixture.failureOf(bind());

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void s26_httpServerIsNotSmpp() {
        BindFailure failure = fixture.bindFailure(session -> {
            session.read(BIND);
            session.sendOctets("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ReceivedPdu nack = session.read(RawPdu.GENERIC_NACK);
            assertThat(nack.sequenceNumber()).isZero();
            assertThat(nack.commandStatus()).isEqualTo(CommandStatus.ESME_RINVCMDLEN);
            assertThat(session.isClosed()).isTrue();
        });

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SMPP);
        assertThat(failure).hasMessageContaining("HTTP");
    }

    @Test
    void s26_tlsServerIsNotSmpp() {
        BindFailure failure = fixture.bindFailure(session -> {
            session.read(BIND);
            session.sendOctets(new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46}); // alert: protocol_version
        });

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SMPP);
        assertThat(failure).hasMessageContaining("TLS");
    }

    @Test
    void unbindInsteadOfAnAnswerIsAnsweredAndEndsTheBind() {
        BindFailure failure = fixture.bindFailure(session -> {
            session.read(BIND);
            session.send(RawPdu.request(RawPdu.UNBIND, 9));
            assertThat(session.read(RawPdu.UNBIND | RawPdu.RESP).sequenceNumber())
                    .isEqualTo(9);
        });

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void bindsNotAtAllWithoutTheRightToWrite() {
        fixture.writableUntilNanos = () -> System.nanoTime() - 1;
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();

        assertThat(LinkFixture.failureOf(bound).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(session.isClosed()).isTrue(); // and not one octet came
    }

    @Test
    void closingTheConnectorEndsABindThatIsUnderWay() {
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        session.read(BIND);
        fixture.connector.close();

        assertThat(LinkFixture.failureOf(bound)).hasMessageContaining("closes");
        assertThat(LinkFixture.failureOf(bind())).hasMessageContaining("closes");
    }

    private CompletableFuture<SmppLink> boundBy(RawPdu answer) {
        CompletableFuture<SmppLink> bound = bind();
        RawSession session = fixture.smsc.accept();
        session.read(BIND);
        session.send(answer);
        return bound;
    }

    private CompletableFuture<SmppLink> bind() {
        return fixture.connector.bind(fixture.settings(), fixture.listener).toCompletableFuture();
    }

    private static String text(Inbound inbound) {
        return new String(inbound.shortMessage(), StandardCharsets.ISO_8859_1);
    }
}
