// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.RawSmsc;
import org.smsprocess.spec.ReceivedPdu;

/** What SMSCs do to a bound session: keep-alive, unbind, sequence numbers, PDUs nobody expects. */
class SessionQuirksXIT {
    private LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void s9_enquireLinkThatIsNeverAnsweredDoesNotMatterWhileTrafficFlows() {
        fixture.enquireLinkPeriod = Duration.ofMillis(1500);
        Pair bound = fixture.bind();

        for (int i = 1; i <= 4; i++) {
            assertThat(bound.session().isQuietFor(500)).isTrue(); // not even asked
            bound.session().send(RawPdu.request(0x15 | RawPdu.RESP, i)); // any octet proves life
        }

        assertThat(fixture.listener.isOpen()).isTrue();
    }

    @Test
    void s10_oneEnquireLinkPerPeriodOfSilence() {
        fixture.enquireLinkPeriod = Duration.ofMillis(1000);
        Pair bound = fixture.bind();

        for (int i = 0; i < 2; i++) {
            ReceivedPdu enquireLink = bound.session().read(RawPdu.ENQUIRE_LINK);
            assertThat(enquireLink.octets()).hasSize(16);
            bound.session().send(RawPdu.response(RawPdu.ENQUIRE_LINK, 0, enquireLink.sequenceNumber()));
            assertThat(bound.session().isQuietFor(100)).isTrue();
        }
    }

    @Test
    void s11_enquireLinkIsAnsweredWhileTheHandlerIsBusy() {
        Pair bound = fixture.bind();
        for (int i = 0; i < 100; i++) {
            bound.session().send(RawPdu.deliverSm(i, "1", "2", "nobody answers these"));
        }
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 4711));

        assertThat(bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP).sequenceNumber())
                .isEqualTo(4711);
    }

    @Test
    void s12_halfOpenConnectionIsDroppedAfterTwoPeriods() {
        fixture.enquireLinkPeriod = Duration.ofMillis(500);
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1))); // into the void

        assertThat(fixture.listener.whyClosed()).contains("nothing received for 1000 ms");
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LINK_LOST);
    }

    @Test
    void s13_unbindOfAnIdleSessionEndsItInGoodOrder() {
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.request(RawPdu.UNBIND, 3));

        assertThat(bound.session().read(RawPdu.UNBIND | RawPdu.RESP).sequenceNumber())
                .isEqualTo(3);
        assertThat(fixture.listener.whyClosed()).isEqualTo("the SMSC sent unbind");
        assertThat(bound.session().isClosed()).isTrue();
    }

    @Test
    void s14_deliverSmThenUnbindThenFinLosesNothingThatArrived() {
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.deliverSm(1, "1", "2", "last words"), RawPdu.request(RawPdu.UNBIND, 2));
        bound.session().close();

        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(1);
        assertThat(fixture.listener.whyClosed()).isEqualTo("the SMSC sent unbind");
        assertThat(fixture.listener.order).containsExactly("inbound", "closed");
    }

    @Test
    void s15_unbindThatIsNeverAnsweredEndsAfterItsTimeout() {
        fixture.close();
        fixture = new LinkFixture(new RawSmsc(), LinkFixture.limits(Duration.ofMillis(300)));
        Pair bound = fixture.bind();
        bound.link().unbind(Duration.ofSeconds(1));
        bound.session().read(RawPdu.UNBIND);

        assertThat(fixture.listener.whyClosed()).isEqualTo("no answer to unbind within 300 ms");
        assertThat(bound.session().isClosed()).isTrue();
    }

    @Test
    void s16_answersAndSrDuringUnbindStillCount() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.link().unbind(Duration.ofMillis(50)); // the answer takes longer
        ReceivedPdu unbind = bound.session().read(RawPdu.UNBIND);
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "x"), RawPdu.deliverSm(9, "1", "2", "SR"));

        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.ANSWERED);
        Inbound inbound = fixture.listener.nextInbound();
        bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));
        assertThat(bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP).sequenceNumber())
                .isEqualTo(9);
        bound.session().send(RawPdu.response(RawPdu.UNBIND, 0, unbind.sequenceNumber()));
        assertThat(fixture.listener.whyClosed()).isEqualTo("unbound");
    }

    @Test
    void s17_genericNackWithSequenceZeroFailsTheOnlyOpenRequest() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.response(0, 0x02, 0));

        SubmitOutcome outcome = fixture.listener.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.NACKED);
        assertThat(outcome.commandStatus()).isEqualTo(0x02);
    }

    @Test
    void s17_genericNackWithSequenceZeroGuessesNotAmongSeveral() {
        fixture.answerTimeout = Duration.ofMillis(200);
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1), submit(2)));
        bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.response(0, 0x02, 0));

        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(bound.link().status().unexpected()).isEqualTo(1));
    }

    @Test
    void s18_genericNackWithItsSequenceFailsThatRequest() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1), submit(2)));
        bound.session().read(RawPdu.SUBMIT_SM);
        ReceivedPdu second = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.response(0, 0x0B, second.sequenceNumber()));

        SubmitOutcome outcome = fixture.listener.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.NACKED);
        assertThat(outcome.submit().mtId()).isEqualTo(2);
        assertThat(outcome.commandStatus()).isEqualTo(0x0B);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xFFFFFFFF, 0x80000000, 0x7FFFFFFF, 2, 1})
    void s19_anySequenceNumberOfTheSmscIsEchoed(int sequenceNumber) {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1))); // ours has number 2: separate spaces
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.deliverSm(sequenceNumber, "1", "2", "x"));
        Inbound inbound = fixture.listener.nextInbound();
        bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));

        assertThat(bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP).sequenceNumber())
                .isEqualTo(sequenceNumber);
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "id"));
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.ANSWERED);
    }

    @Test
    void s21_answersOutOfOrderFindTheirRequests() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1), submit(2), submit(3)));
        int first = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        int second = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        int third = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session()
                .send(
                        RawPdu.submitSmResp(third, "c"),
                        RawPdu.submitSmResp(first, "a"),
                        RawPdu.submitSmResp(second, "b"));

        assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("c");
        SubmitOutcome outcome = fixture.listener.nextOutcome();
        assertThat(outcome.submit().mtId()).isEqualTo(1);
        assertThat(outcome.providerId()).isEqualTo("a");
    }

    @Test
    void s22_answerAfterTheTimeoutIsToldAsLate() {
        fixture.answerTimeout = Duration.ofMillis(100);
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.TIMED_OUT);
        bound.session().send(RawPdu.submitSmResp(sequenceNumber, "late"), RawPdu.submitSmResp(sequenceNumber, "later"));

        SubmitOutcome late = fixture.listener.nextOutcome();
        assertThat(late.kind()).isEqualTo(Kind.LATE_ANSWER);
        assertThat(late.providerId()).isEqualTo("late");
        assertThat(late.submit().mtId()).isEqualTo(1);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(bound.link().status().unexpected()).isEqualTo(1));
        assertThat(fixture.listener.hasNoOutcome()).isTrue();
    }

    @Test
    void s22_answerToARequestThatNeverWasIsCounted() {
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.submitSmResp(123456, "x"));

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(bound.link().status().unexpected()).isEqualTo(1));
        assertThat(fixture.listener.hasNoOutcome()).isTrue();
    }

    @Test
    void s23_secondAnswerIsIgnoredAndCounted() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session().send(RawPdu.submitSmResp(sequenceNumber, "a"), RawPdu.submitSmResp(sequenceNumber, "b"));

        assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("a");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(bound.link().status().unexpected()).isEqualTo(1));
        assertThat(fixture.listener.hasNoOutcome()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00000021, 0x00000111, 0x00000004, 0x00000009, 0x12345678})
    void s27_requestWeDoNotServeIsNackedAndTheSessionGoesOn(int commandId) {
        Pair bound = fixture.bind();
        bound.session()
                .send(RawPdu.request(commandId, 55).hex("body", "0102030405"), RawPdu.deliverSm(56, "1", "2", "x"));

        ReceivedPdu nack = bound.session().read(RawPdu.GENERIC_NACK);
        assertThat(nack.sequenceNumber()).isEqualTo(55);
        assertThat(nack.commandStatus()).isEqualTo(CommandStatus.ESME_RINVCMDID);
        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(56);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00000021, 0x00000003, 0x00000103, 0x12345678})
    void s28_responseNobodyAskedForIsNeverNacked(int requestId) {
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.response(requestId, 0, 2).hex("body", "00"));
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 8));

        bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP); // the first thing that comes
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(bound.link().status().unexpected()).isEqualTo(1));
    }

    @Test
    void s29_outbindIsIgnored() {
        Pair bound = fixture.bind();
        bound.session()
                .send(RawPdu.request(RawPdu.OUTBIND, 1)
                        .cString("system_id", "s")
                        .cString("password", "p"));
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 8));

        bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP);
        assertThat(fixture.listener.isOpen()).isTrue();
    }

    @Test
    void s30_dataSmIsTakenAndAnsweredAsSuch() {
        Pair bound = fixture.bind();
        bound.session()
                .send(RawPdu.request(RawPdu.DATA_SM, 31)
                        .cString("service_type", "")
                        .hex("source", "01 01 31 00")
                        .hex("destination", "00 01 32 00")
                        .hex("esm_class, registered_delivery, data_coding", "04 00 00")
                        .tlv("receipted_message_id", 0x001E, new byte[] {'7', 0}));
        Inbound inbound = fixture.listener.nextInbound();
        bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));

        assertThat(inbound.tlv(0x001E)).containsExactly('7', 0);
        assertThat(bound.session().read(RawPdu.DATA_SM | RawPdu.RESP).sequenceNumber())
                .isEqualTo(31);
    }

    @Test
    void d31_theAnswerToAnSrOrMoHoldsASingleNulWhateverItsStatus() {
        Pair bound = fixture.bind();
        for (int status :
                new int[] {CommandStatus.ESME_ROK, CommandStatus.ESME_RINVMSGID, CommandStatus.ESME_RX_T_APPN}) {
            bound.session().send(RawPdu.deliverSm(9, "4917012345", "1234", "hello"));
            Inbound inbound = fixture.listener.nextInbound();
            bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), status)));

            ReceivedPdu answer = bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP);
            assertThat(answer.commandStatus()).isEqualTo(status);
            assertThat(answer.rest()).containsExactly(0);
        }
    }

    @Test
    void s30_alertNotificationHasNoAnswer() {
        Pair bound = fixture.bind();
        bound.session()
                .send(RawPdu.request(RawPdu.ALERT_NOTIFICATION, 1)
                        .hex("source", "01 01 31 00")
                        .hex("esme", "00 01 32 00"));
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 8));

        bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP);
        assertThat(bound.link().status().malformed()).isZero();
    }

    @Test
    void s31_bodyOnHeaderOnlyPdusIsIgnored() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session().send(RawPdu.request(RawPdu.ENQUIRE_LINK, 8).hex("extra", "DEAD"));
        bound.session().read(RawPdu.ENQUIRE_LINK | RawPdu.RESP);
        bound.session().send(RawPdu.response(0, 0x08, sequenceNumber).hex("extra", "BEEF"));
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.NACKED);
        bound.session().send(RawPdu.request(RawPdu.UNBIND, 9).hex("extra", "00"));

        bound.session().read(RawPdu.UNBIND | RawPdu.RESP);
        assertThat(fixture.listener.whyClosed()).isEqualTo("the SMSC sent unbind");
        assertThat(bound.link().status().malformed()).isEqualTo(3);
    }

    @Test
    void s32_s33_theOldestBindIsKickedAndTheOthersGoOn() {
        Pair first = fixture.bind();
        RecordingListener secondListener = new RecordingListener();
        var second = fixture.connector.bind(fixture.settings(), secondListener).toCompletableFuture();
        RawSession secondSession = fixture.smsc.acceptBind();
        assertThat(second).succeedsWithin(Duration.ofSeconds(30));
        first.session().reset();

        assertThat(fixture.listener.whyClosed()).isNotEmpty();
        secondSession.send(RawPdu.deliverSm(1, "1", "2", "SR of the first one's message"));
        assertThat(secondListener.nextInbound().sequenceNumber()).isEqualTo(1);
        assertThat(secondListener.isOpen()).isTrue();
    }

    @Test
    void answersThatArrivedBeforeTheConnectionBrokeAreNotInDoubt() {
        CountDownLatch busy = new CountDownLatch(1);
        fixture.listener.onNextInbound = () -> await(busy);
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int sequenceNumber = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session().send(RawPdu.deliverSm(1, "1", "2", "keeps the event loop busy"));
        fixture.listener.nextInbound();
        bound.session().send(RawPdu.submitSmResp(sequenceNumber, "a"));
        bound.session().reset();
        bound.link().submit(List.of(submit(2))); // its write fails before the answer is read
        busy.countDown();

        SubmitOutcome answered = fixture.listener.nextOutcome();
        assertThat(answered.submit().mtId()).isEqualTo(1);
        assertThat(answered.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LINK_LOST);
        assertThat(fixture.listener.whyClosed()).isNotEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
