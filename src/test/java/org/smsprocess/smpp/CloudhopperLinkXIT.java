// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.RawSession;
import org.smsprocess.spec.ReceivedPdu;

/** The plain life of a link: bind, submit, outcomes, inbound, answer, unbind, close. */
class CloudhopperLinkXIT {
    private final LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void bindsAsTransceiverWithTheGivenCredentials() {
        var bound = fixture.connector.bind(fixture.settings(), fixture.listener);
        RawSession session = fixture.smsc.accept();
        ReceivedPdu bind = session.read(RawPdu.BIND_TRANSCEIVER);

        assertThat(bind.cString()).isEqualTo("esme");
        assertThat(bind.cString()).isEqualTo("secret12");
        assertThat(bind.cString()).isEmpty(); // system_type
        assertThat(bind.octet()).isEqualTo(0x34); // interface_version
        assertThat(bound.toCompletableFuture()).isNotDone();
    }

    @Test
    void submitsAndTellsTheAnswer() {
        Pair bound = fixture.bind();

        bound.link().submit(List.of(submit(7)));
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "id-7"));

        SubmitOutcome outcome = fixture.listener.nextOutcome();
        assertThat(outcome.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(outcome.providerId()).isEqualTo("id-7");
        assertThat(outcome.submit().mtId()).isEqualTo(7);
        assertThat(outcome.latencyNanos()).isPositive();
        assertThat(new String(request.shortMessage())).isEqualTo("text 7");
    }

    @Test
    void tellsWhatArrivesAndAnswersIt() {
        Pair bound = fixture.bind();

        bound.session().send(RawPdu.deliverSm(99, "49171", "12345", "STOP"));
        Inbound inbound = fixture.listener.nextInbound();
        bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));
        ReceivedPdu answer = bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP);

        assertThat(inbound.source()).isEqualTo(new SmppAddress(1, 1, "49171"));
        assertThat(inbound.destination()).isEqualTo(new SmppAddress(0, 1, "12345"));
        assertThat(new String(inbound.shortMessage())).isEqualTo("STOP");
        assertThat(answer.sequenceNumber()).isEqualTo(99);
        assertThat(answer.rest()).containsExactly(0); // message_id: a single NUL
    }

    @Test
    void keepsTheWindowAndSaysWhenABatchIsWritten() {
        fixture.window = 2;
        Pair bound = fixture.bind();

        var written =
                bound.link().submit(List.of(submit(1), submit(2), submit(3))).toCompletableFuture();
        ReceivedPdu first = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().read(RawPdu.SUBMIT_SM);
        assertThat(bound.session().isQuietFor(50)).isTrue();
        assertThat(written).isNotDone();
        bound.session().send(RawPdu.submitSmResp(first.sequenceNumber(), "a"));
        bound.session().read(RawPdu.SUBMIT_SM);

        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void unbindsAfterTheOpenWindowAndReturnsWhatWasNotWritten() {
        fixture.window = 1;
        Pair bound = fixture.bind();

        bound.link().submit(List.of(submit(1), submit(2)));
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.link().unbind(Duration.ofSeconds(5));
        SubmitOutcome waiting = fixture.listener.nextOutcome();
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "a"));
        SubmitOutcome open = fixture.listener.nextOutcome();
        ReceivedPdu unbind = bound.session().read(RawPdu.UNBIND);
        bound.session().send(RawPdu.response(RawPdu.UNBIND, 0, unbind.sequenceNumber()));

        assertThat(waiting.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(open.kind()).isEqualTo(Kind.ANSWERED);
        assertThat(fixture.listener.whyClosed()).isEqualTo("unbound");
        assertThat(bound.session().isClosed()).isTrue();
    }

    /** A connection that moves stays bound while what it was answered is recorded: others may have to come back for that. */
    @Test
    void unbindsWhenTheLastOutcomeIsDurable() {
        Pair bound = fixture.bind();
        bound.link().holdPlaces();
        bound.link().submit(List.of(submit(1)));
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "a"));
        fixture.listener.nextOutcome();

        bound.link().unbind(Duration.ofSeconds(5));
        assertThat(bound.session().isQuietFor(100)).isTrue();
        bound.link().confirm(1);

        bound.session().read(RawPdu.UNBIND);
    }

    @Test
    void unbindsWhenTheDrainTimeIsOverWhateverIsDurable() {
        Pair bound = fixture.bind();
        bound.link().holdPlaces();
        bound.link().submit(List.of(submit(1)));
        ReceivedPdu request = bound.session().read(RawPdu.SUBMIT_SM);
        bound.session().send(RawPdu.submitSmResp(request.sequenceNumber(), "a"));
        fixture.listener.nextOutcome();

        bound.link().unbind(Duration.ofMillis(50));

        bound.session().read(RawPdu.UNBIND);
    }

    @Test
    void closeLosesWhatIsOpenAndIsToldLast() {
        fixture.window = 1;
        Pair bound = fixture.bind();

        bound.link().submit(List.of(submit(1), submit(2)));
        bound.session().read(RawPdu.SUBMIT_SM);
        bound.link().close("enough");

        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LINK_LOST);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(fixture.listener.whyClosed()).isEqualTo("enough");
        assertThat(fixture.listener.order).endsWith("closed");
    }
}
