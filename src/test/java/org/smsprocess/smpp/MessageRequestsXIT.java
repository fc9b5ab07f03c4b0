// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.MessageAnswer.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.ReceivedPdu;

/** CANCEL_SM and QUERY_SM on the wire (SMPP 3.4 §4.8, §4.9). */
class MessageRequestsXIT {
    private static final SmppAddress SOURCE = new SmppAddress(5, 0, "ACME");
    private static final MessageRequest CANCEL =
            new MessageRequest.Cancel("a1b2", SOURCE, new SmppAddress(1, 1, "49170"));
    private static final MessageRequest QUERY = new MessageRequest.Query("a1b2", SOURCE);

    private final LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void cancelSmNamesTheMessageAsTheSmscDidAndAsItWasSent() {
        Pair bound = fixture.bind();

        CompletableFuture<MessageAnswer> answer = bound.link().request(CANCEL).toCompletableFuture();
        ReceivedPdu pdu = bound.session().read(RawPdu.CANCEL_SM);
        bound.session().send(RawPdu.response(RawPdu.CANCEL_SM, 0, pdu.sequenceNumber()));

        // service_type "", message_id, source TON NPI address, destination TON NPI address
        assertThat(body(pdu)).isEqualTo("00" + "6131623200" + "0500" + "41434d4500" + "0101" + "343931373000");
        assertThat(answer.join()).isEqualTo(new MessageAnswer(Kind.ANSWERED, 0, 0, 0));
    }

    @Test
    void querySmBringsTheStateOfTheMessage() {
        Pair bound = fixture.bind();

        CompletableFuture<MessageAnswer> answer = bound.link().request(QUERY).toCompletableFuture();
        ReceivedPdu pdu = bound.session().read(RawPdu.QUERY_SM);
        bound.session()
                .send(RawPdu.response(RawPdu.QUERY_SM, 0, pdu.sequenceNumber())
                        .cString("message_id", "a1b2")
                        .cString("final_date", "261122000100000+")
                        .octet("message_state", 5)
                        .octet("error_code", 42));

        assertThat(body(pdu)).isEqualTo("6131623200" + "0500" + "41434d4500");
        assertThat(answer.join()).isEqualTo(new MessageAnswer(Kind.ANSWERED, 0, 5, 42));
    }

    @Test
    void anAnswerThatIsCutShortIsReadAsFarAsItGoes() {
        Pair bound = fixture.bind();

        assertThat(answered(bound, RawPdu.QUERY_SM, QUERY, "61316232 00 00 02"))
                .isEqualTo(new MessageAnswer(Kind.ANSWERED, 0, 2, 0));
        assertThat(answered(bound, RawPdu.QUERY_SM, QUERY, "6131"))
                .isEqualTo(new MessageAnswer(Kind.ANSWERED, 0, 0, 0));
        assertThat(answered(bound, RawPdu.QUERY_SM, QUERY, "")).isEqualTo(new MessageAnswer(Kind.ANSWERED, 0, 0, 0));
        assertThat(fixture.listener.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x11, 0x0C, 0x400})
    void refusalsAreToldWithTheirStatus(int status) {
        Pair bound = fixture.bind();

        CompletableFuture<MessageAnswer> answer = bound.link().request(CANCEL).toCompletableFuture();
        int sequenceNumber = bound.session().read(RawPdu.CANCEL_SM).sequenceNumber();
        bound.session().send(RawPdu.response(RawPdu.CANCEL_SM, status, sequenceNumber));

        assertThat(answer.join()).isEqualTo(new MessageAnswer(Kind.ANSWERED, status, 0, 0));
    }

    @Test
    void s18_aNackRefusesTheRequestItNamesAndNoOther() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int submitted = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();

        CompletableFuture<MessageAnswer> answer = bound.link().request(QUERY).toCompletableFuture();
        int asked = bound.session().read(RawPdu.QUERY_SM).sequenceNumber();
        bound.session().send(RawPdu.response(0, 0x03, asked), RawPdu.submitSmResp(submitted, "id"));

        assertThat(asked).isNotEqualTo(submitted);
        assertThat(answer.join()).isEqualTo(new MessageAnswer(Kind.ANSWERED, 0x03, 0, 0));
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(SubmitOutcome.Kind.ANSWERED);
    }

    @Test
    void s17_aNackWithoutNumberIsTakenOnlyWhenOneRequestIsOpen() {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        int submitted = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        CompletableFuture<MessageAnswer> answer = bound.link().request(QUERY).toCompletableFuture();
        bound.session().read(RawPdu.QUERY_SM);

        bound.session().send(RawPdu.response(0, 0x02, 0));
        await().until(() -> bound.link().status().unexpected() == 1);
        assertThat(answer).isNotDone();
        assertThat(bound.link().status().windowUsed()).isEqualTo(1);

        bound.session().send(RawPdu.submitSmResp(submitted, "id"));
        fixture.listener.nextOutcome();
        bound.session().send(RawPdu.response(0, 0x02, 0));
        assertThat(answer.join()).isEqualTo(new MessageAnswer(Kind.ANSWERED, 0x02, 0, 0));
    }

    @Test
    @Tag("mt-expiration")
    void withoutAnswerInTimeItIsLostAndALateAnswerIsOnlyCounted() {
        fixture.answerTimeout = Duration.ofMillis(100);
        Pair bound = fixture.bind();

        CompletableFuture<MessageAnswer> answer = bound.link().request(QUERY).toCompletableFuture();
        int sequenceNumber = bound.session().read(RawPdu.QUERY_SM).sequenceNumber();

        assertThat(answer.join().kind()).isEqualTo(Kind.LOST);
        bound.session().send(RawPdu.response(RawPdu.QUERY_SM, 0, sequenceNumber).hex("body", "00 00 02 00"));
        await().until(() -> bound.link().status().unexpected() == 1);
    }

    @Test
    void whatIsOpenWhenTheLinkEndsIsLostAndAfterItNothingIsSent() {
        Pair bound = fixture.bind();
        CompletableFuture<MessageAnswer> open = bound.link().request(CANCEL).toCompletableFuture();
        bound.session().read(RawPdu.CANCEL_SM);

        bound.session().close();

        assertThat(open.join().kind()).isEqualTo(Kind.LOST);
        assertThat(bound.link().request(CANCEL).toCompletableFuture().join().kind())
                .isEqualTo(Kind.NOT_SENT);
        fixture.connector.close();
        assertThat(bound.link().request(CANCEL).toCompletableFuture().join().kind())
                .isEqualTo(Kind.NOT_SENT);
    }

    @Test
    @Tag("sms-process.smpp.max-open-requests")
    void atMostSoManyAreOpenAndTheyTakeNoPlaceInTheWindow() {
        fixture.window = 1;
        Pair bound = fixture.bind();
        for (int i = 0; i < 100; i++) { // LinkFixture.LIMITS
            bound.link().request(QUERY);
        }

        assertThat(bound.link().request(QUERY).toCompletableFuture().join().kind())
                .isEqualTo(Kind.NOT_SENT);
        for (int i = 0; i < 100; i++) {
            bound.session().read(RawPdu.QUERY_SM);
        }
        bound.link().submit(List.of(submit(1)));
        bound.session().read(RawPdu.SUBMIT_SM);
    }

    @Test
    void s30_alertNotificationIsCountedAndNeverAnswered() {
        Pair bound = fixture.bind();

        bound.session()
                .send(RawPdu.request(RawPdu.ALERT_NOTIFICATION, 77)
                        .octet("source_addr_ton", 1)
                        .octet("source_addr_npi", 1)
                        .cString("source_addr", "4917012345")
                        .octet("esme_addr_ton", 0)
                        .octet("esme_addr_npi", 1)
                        .cString("esme_addr", "1234")
                        .tlv("ms_availability_status", 0x0422, new byte[] {0}));

        await().until(() -> bound.link().status().alerts() == 1);
        assertThat(bound.session().isQuietFor(50)).isTrue();
        assertThat(bound.link().status().malformed()).isZero();
        assertThat(bound.link().status().unexpected()).isZero();
    }

    private static MessageAnswer answered(Pair bound, int commandId, MessageRequest request, String body) {
        CompletableFuture<MessageAnswer> answer = bound.link().request(request).toCompletableFuture();
        int sequenceNumber = bound.session().read(commandId).sequenceNumber();
        bound.session().send(RawPdu.response(commandId, 0, sequenceNumber).hex("body", body));
        return answer.join();
    }

    private static String body(ReceivedPdu pdu) {
        return HexFormat.of().formatHex(pdu.octets(), 16, pdu.octets().length);
    }
}
