// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.ReceivedPdu;

/** What SMSCs do to a SUBMIT_SM. */
class SubmitQuirksXIT {
    private static final int SUBMIT_SM = RawPdu.SUBMIT_SM;

    private final LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void m1_errorWithoutBody() {
        SubmitOutcome outcome = outcomeOf(RawPdu.response(SUBMIT_SM, 0x45, 2));

        assertThat(outcome.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(outcome.commandStatus()).isEqualTo(0x45);
        assertThat(outcome.providerId()).isNull();
    }

    @Test
    void m2_errorWithBody() {
        SubmitOutcome outcome = outcomeOf(RawPdu.response(SUBMIT_SM, 0x0B, 2).cString("message_id", "id"));

        assertThat(outcome.commandStatus()).isEqualTo(0x0B);
        assertThat(outcome.providerId()).isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00"})
    void m3_acceptedWithoutMessageId(String body) {
        SubmitOutcome outcome = outcomeOf(RawPdu.response(SUBMIT_SM, 0, 2).hex("message_id", body));

        assertThat(outcome.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(outcome.commandStatus()).isZero();
        assertThat(outcome.providerId()).isNull();
    }

    @Test
    void m4_messageIdWithoutNulAndOf200Octets() {
        String longId = "a1".repeat(100);
        SubmitOutcome outcome =
                outcomeOf(RawPdu.response(SUBMIT_SM, 0, 2).octets("message_id, no NUL", longId.getBytes()));

        assertThat(outcome.providerId()).isEqualTo(longId);
    }

    @Test
    void m5_tlvsInTheAnswerBecomeItsWords() {
        SubmitOutcome outcome = outcomeOf(RawPdu.response(SUBMIT_SM, 0x0B, 2)
                .cString("message_id", "")
                .tlv("additional_status_info_text", 0x001D, "no such number".getBytes())
                .tlv("vendor", 0x1400, new byte[3]));

        assertThat(outcome.statusText()).isEqualTo("no such number");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x22, 0x5A, 0x94, 0x400, 0xFFFFFFFF})
    void m6_unknownAndVendorStatusArePassedOnAsTheyAre(int commandStatus) {
        assertThat(outcomeOf(RawPdu.response(SUBMIT_SM, commandStatus, 2)).commandStatus())
                .isEqualTo(commandStatus);
    }

    @Test
    void m9_theWindowCanBeNarrowedAndWidenedWhileItIsOpen() {
        fixture.window = 3;
        Pair bound = fixture.bind();
        bound.link().submit(submits(10));
        List<Integer> open = new ArrayList<>(read(bound.session(), 3));

        bound.link().limitWindow(1);
        await().until(() -> bound.link().status().windowSize() == 1);
        bound.session().send(RawPdu.response(SUBMIT_SM, 0x58, open.remove(0))); // over your window
        bound.session().send(RawPdu.response(SUBMIT_SM, 0x58, open.remove(0)));
        assertThat(bound.session().isQuietFor(50)).isTrue();
        assertThat(bound.link().status().windowUsed()).isEqualTo(1);
        bound.link().limitWindow(5);

        read(bound.session(), 4);
        assertThat(bound.session().isQuietFor(50)).isTrue();
    }

    @Test
    void m11_answersThatTakeLongShowAsLatencyAndTheWindowHoldsTheRate() {
        fixture.window = 2;
        Pair bound = fixture.bind();
        bound.link().submit(submits(6));
        for (int turn = 0; turn < 3; turn++) {
            List<Integer> open = read(bound.session(), 2);
            assertThat(bound.session().isQuietFor(100)).isTrue(); // the SMSC takes its time, and no third one comes
            open.forEach(sequenceNumber -> bound.session().send(RawPdu.submitSmResp(sequenceNumber, "id")));
        }
        for (int i = 0; i < 6; i++) {
            assertThat(fixture.listener.nextOutcome().latencyNanos()).isGreaterThan(90_000_000);
        }

        assertThat(bound.link().status().latencyMillis()).isBetween(90.0, 10_000.0);
    }

    @Test
    void m12_noAnswerForSomeFreesTheirPlaces() {
        fixture.window = 2;
        fixture.answerTimeout = Duration.ofMillis(100);
        Pair bound = fixture.bind();
        bound.link().submit(submits(4));
        read(bound.session(), 4); // two of them only because the first two timed out

        Set<Long> timedOut = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            SubmitOutcome outcome = fixture.listener.nextOutcome();
            assertThat(outcome.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(outcome.latencyNanos()).isGreaterThanOrEqualTo(100_000_000);
            timedOut.add(outcome.submit().mtId());
        }
        assertThat(timedOut).hasSize(4);
        assertThat(fixture.listener.isOpen()).isTrue(); // the link lives on
    }

    @Test
    void everySubmitGetsExactlyOneOutcomeWhateverTheSmscDoes() {
        fixture.window = 50;
        fixture.answerTimeout = Duration.ofMillis(150);
        Pair bound = fixture.bind();
        Random random = new Random(5);
        int total = 2000;
        bound.link().submit(submits(total));
        for (int i = 0; i < 1500; i++) {
            ReceivedPdu request = bound.session().read(SUBMIT_SM);
            int sequenceNumber = request.sequenceNumber();
            switch (random.nextInt(20)) {
                case 0 -> bound.session().send(RawPdu.response(0, 8, sequenceNumber));
                case 1 ->
                    bound.session()
                            .send(RawPdu.submitSmResp(sequenceNumber, "a"), RawPdu.submitSmResp(sequenceNumber, "a"));
                case 2 -> {} // no answer
                case 3 -> bound.session().send(RawPdu.submitSmResp(sequenceNumber + 100_000, "other"));
                default -> bound.session().send(RawPdu.submitSmResp(sequenceNumber, "a"));
            }
        }
        bound.session().reset();
        fixture.listener.whyClosed();

        Set<Long> ids = new HashSet<>();
        while (ids.size() < total) {
            SubmitOutcome outcome = fixture.listener.nextOutcome();
            if (outcome.kind() != Kind.LATE_ANSWER) { // of one that timed out while this test stood still
                assertThat(ids.add(outcome.submit().mtId())).isTrue();
            }
        }
        while (!fixture.listener.hasNoOutcome()) {
            assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LATE_ANSWER);
        }
    }

    @Test
    void whatIsHandedOverAfterTheEndComesBackNotSent() {
        Pair bound = fixture.bind();
        bound.link().close("over");
        fixture.listener.whyClosed();

        var written = bound.link().submit(List.of(submit(1))).toCompletableFuture();
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
        fixture.connector.close();
        bound.link().submit(List.of(submit(2)));
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.NOT_SENT);
    }

    private SubmitOutcome outcomeOf(RawPdu answer) {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1)));
        assertThat(bound.session().read(SUBMIT_SM).sequenceNumber()).isEqualTo(2);
        bound.session().send(answer);
        return fixture.listener.nextOutcome();
    }

    private static List<Submit> submits(int count) {
        List<Submit> submits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            submits.add(submit(i));
        }
        return submits;
    }

    private static List<Integer> read(RawSession session, int count) {
        List<Integer> sequenceNumbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequenceNumbers.add(session.read(SUBMIT_SM).sequenceNumber());
        }
        return sequenceNumbers;
    }
}
