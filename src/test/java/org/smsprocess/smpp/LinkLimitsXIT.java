// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;

/** Rate, lease, unanswered inbound PDUs and an SMSC that does not read, as they show on the wire. */
class LinkLimitsXIT {
    private LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    /** That no second holds more is shown by RatePacerTest, on a clock that is not held up by other programs. */
    @Test
    void theRateIsKeptOverSeconds() {
        fixture.rate = 200;
        fixture.window = 1000;
        Pair bound = fixture.bind();
        long start = System.nanoTime();
        bound.link().submit(submits(600));

        for (int i = 0; i < 600; i++) {
            bound.session().read(RawPdu.SUBMIT_SM);
        }

        assertThat(System.nanoTime() - start).isBetween(2_500_000_000L, 60_000_000_000L); // 3 s, and a busy machine
    }

    @Test
    void aRateTakesEffectAtOnce() {
        fixture.rate = 1;
        fixture.window = 1000;
        Pair bound = fixture.bind();
        bound.link().submit(submits(500));
        bound.session().read(RawPdu.SUBMIT_SM);
        bound.link().limitRate(0);

        long start = System.nanoTime();
        for (int i = 1; i < 500; i++) {
            bound.session().read(RawPdu.SUBMIT_SM);
        }
        assertThat(System.nanoTime() - start).isLessThan(60_000_000_000L); // at the rate before it takes 500 s
    }

    @Test
    void nothingIsWrittenPastTheLeaseUntilItIsExtended() {
        AtomicLong until = new AtomicLong(System.nanoTime() + 60_000_000_000L);
        fixture.writableUntilNanos = until::get;
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.deliverSm(1, "1", "2", "x"));
        Inbound inbound = fixture.listener.nextInbound();
        until.set(System.nanoTime());
        var written = bound.link().submit(submits(3)).toCompletableFuture();
        bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 5));

        assertThat(bound.session().isQuietFor(200)).isTrue();
        assertThat(written).isNotDone();
        await().until(() -> bound.link().status().waiting() == 3);

        until.set(System.nanoTime() + 60_000_000_000L);
        List<Integer> commands = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            commands.add(bound.session().read().commandId());
        }
        assertThat(commands)
                .containsOnlyOnce(RawPdu.DELIVER_SM | RawPdu.RESP)
                .containsOnlyOnce(RawPdu.ENQUIRE_LINK | RawPdu.RESP)
                .contains(RawPdu.SUBMIT_SM);
    }

    @Test
    void whatWaitsPastTheLeaseComesBackNotSentWhenTheLinkIsClosed() {
        AtomicLong until = new AtomicLong(System.nanoTime() + 60_000_000_000L);
        fixture.writableUntilNanos = until::get;
        Pair bound = fixture.bind();
        until.set(System.nanoTime());
        bound.link().submit(submits(1));
        bound.link().close("the lease was lost");

        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(bound.session().isClosed()).isTrue();
    }

    @Test
    void stopsReadingWhenTooManyAreUnansweredAndGoesOnAfterwards() {
        fixture.maxUnanswered = 10;
        Pair bound = fixture.bind();
        for (int i = 0; i < 10; i++) {
            bound.session().send(RawPdu.deliverSm(i, "1", "2", "x"));
            fixture.listener.nextInbound();
        }
        bound.session().send(RawPdu.deliverSm(10, "1", "2", "beyond"));

        await().during(Duration.ofMillis(100)).until(fixture.listener::hasNoInbound);
        bound.link().answer(List.of(new InboundAnswer(Inbound.DELIVER_SM, 0, 0)));
        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(10);
    }

    @Test
    void readsOnWhileASubmitIsOpenSoThatItsAnswerCanArrive() {
        fixture.maxUnanswered = 2;
        Pair bound = fixture.bind();
        bound.link().submit(submits(1));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        for (int i = 0; i < 3; i++) {
            bound.session().send(RawPdu.deliverSm(i, "1", "2", "SR before its SUBMIT_SM_RESP"));
            fixture.listener.nextInbound();
        }
        bound.link().submit(List.of(submit(2)));
        assertThat(bound.session().isQuietFor(50)).isTrue(); // full: nothing new is begun
        bound.session().send(RawPdu.deliverSm(3, "1", "2", "SR"), RawPdu.deliverSm(4, "1", "2", "twice the limit"));
        ReceivedPdu later = bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP);
        assertThat(later.sequenceNumber()).isEqualTo(4);
        assertThat(later.commandStatus()).isEqualTo(CommandStatus.ESME_RX_T_APPN);
        bound.session().send(RawPdu.submitSmResp(sequenceNumber, "a"));

        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.ANSWERED);
        List<Integer> commands = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            bound.link().answer(List.of(new InboundAnswer(Inbound.DELIVER_SM, i, 0)));
            commands.add(bound.session().read().commandId());
        }
        commands.add(bound.session().read().commandId());
        assertThat(commands).containsOnlyOnce(RawPdu.SUBMIT_SM); // and on it goes
    }

    @Test
    void s9_unreadIsNotSilent() {
        fixture.maxUnanswered = 1;
        fixture.enquireLinkPeriod = Duration.ofMillis(400);
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.deliverSm(1, "1", "2", "x"));
        fixture.listener.nextInbound();

        await().during(Duration.ofMillis(1200)).until(fixture.listener::isOpen);
    }

    @Test
    void anSmscThatDoesNotReadItsAnswersIsDropped() {
        fixture.close();
        WireLimits small = new WireLimits(
                1, 1 << 16, 1 << 16, 1 << 17, 1 << 18, 10, 100, Duration.ofSeconds(1), Duration.ofMillis(20));
        fixture = new LinkFixture(new RawSmsc(), small);
        Pair bound = fixture.bind();
        byte[] flood = flood();
        Thread flooder = new Thread(() -> {
            try {
                while (true) {
                    bound.session().sendOctets(flood);
                }
            } catch (UncheckedIOException dropped) {
                // as it should be
            }
        });
        flooder.start();

        assertThat(fixture.listener.whyClosed()).contains("does not read");
    }

    @Test
    void thousandsInBothDirectionsArriveOnceAndInOrder() {
        fixture.window = 100;
        Pair bound = fixture.bind();
        int total = 5_000;
        bound.link().submit(submits(total));
        int requests = 0;
        int answers = 0;
        while (requests < total || answers < total) {
            ReceivedPdu pdu = bound.session().read();
            if (pdu.commandId() == RawPdu.SUBMIT_SM) {
                RawPdu answer = RawPdu.submitSmResp(pdu.sequenceNumber(), "m" + requests);
                bound.session().send(answer, RawPdu.deliverSm(requests, "1", "2", "SR"));
                SubmitOutcome outcome = fixture.listener.nextOutcome();
                assertThat(outcome.submit().mtId()).isEqualTo(requests);
                assertThat(outcome.providerId()).isEqualTo("m" + requests);
                Inbound inbound = fixture.listener.nextInbound();
                assertThat(inbound.sequenceNumber()).isEqualTo(requests);
                bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));
                requests++;
            } else {
                assertThat(pdu.commandId()).isEqualTo(RawPdu.DELIVER_SM | RawPdu.RESP);
                assertThat(pdu.sequenceNumber()).isEqualTo(answers++);
            }
        }

        LinkStatus status = bound.link().status();
        assertThat(status.answered()).isEqualTo(total);
        assertThat(status.received()).isEqualTo(total);
        assertThat(status.malformed() + status.unexpected()).isZero();
    }

    private static byte[] flood() {
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            flood.writeBytes(RawPdu.request(RawPdu.ENQUIRE_LINK, i).octets());
        }
        return flood.toByteArray();
    }

    private static List<Submit> submits(int count) {
        List<Submit> submits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            submits.add(submit(i));
        }
        return submits;
    }
}
