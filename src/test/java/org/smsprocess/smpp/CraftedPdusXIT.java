// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.smpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.smpp.LinkFixture.submit;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.smsprocess.smpp.LinkFixture.Pair;
import org.smsprocess.smpp.SubmitOutcome.Kind;
import org.smsprocess.spec.RawPdu;
import org.smsprocess.spec.ReceivedPdu;

/** Bad PDUs in the middle of good ones, in one segment: the good ones are handled, before and after. */
class CraftedPdusXIT {
    private static final int BAD = 500;

    private final LinkFixture fixture = new LinkFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> survivable() {
        return Stream.of(
                bad("deliver_sm without body", RawPdu.request(RawPdu.DELIVER_SM, BAD)),
                bad(
                        "deliver_sm cut in source_addr",
                        RawPdu.request(RawPdu.DELIVER_SM, BAD).hex("cut", "0001013132")),
                bad(
                        "deliver_sm cut before sm_length",
                        RawPdu.request(RawPdu.DELIVER_SM, BAD).hex("cut", "00 0101 3100 0101 3200 00 00 00")),
                bad("S27 unknown request", RawPdu.request(0x0000FFFF, BAD).hex("body", "010203")),
                bad("S28 unknown response", RawPdu.response(0x0000FFFF, 0, BAD).hex("body", "010203")),
                bad("submit_sm_resp of nobody", RawPdu.submitSmResp(BAD, "x")),
                bad("generic_nack of nobody", RawPdu.response(0, 3, BAD)),
                bad("generic_nack with a body", RawPdu.response(0, 3, BAD).hex("body", "00")),
                bad("unbind_resp out of the blue", RawPdu.response(RawPdu.UNBIND, 0, BAD)),
                bad(
                        "enquire_link_resp with a body",
                        RawPdu.response(RawPdu.ENQUIRE_LINK, 0, BAD).hex("body", "FF")),
                bad("bind_transceiver_resp again", RawPdu.response(RawPdu.BIND_TRANSCEIVER, 0, 1)),
                bad(
                        "alert_notification cut",
                        RawPdu.request(RawPdu.ALERT_NOTIFICATION, BAD).hex("cut", "0101")),
                bad("outbind without body", RawPdu.request(RawPdu.OUTBIND, BAD)),
                bad("data_sm without body", RawPdu.request(RawPdu.DATA_SM, BAD)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("survivable")
    void goodPdusAroundABadOneAreHandled(String name, RawPdu bad) {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1), submit(2)));
        int first = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        int second = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();

        bound.session()
                .send(
                        RawPdu.deliverSm(11, "1", "2", "before"),
                        RawPdu.submitSmResp(first, "a"),
                        bad,
                        RawPdu.submitSmResp(second, "b"),
                        RawPdu.deliverSm(12, "1", "2", "after"));

        assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("a");
        assertThat(fixture.listener.nextOutcome().providerId()).isEqualTo("b");
        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(11);
        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(12);
        assertThat(fixture.listener.isOpen()).isTrue();
    }

    @Test
    void aDeliverSmThatCannotBeUsedIsAnsweredByUs() {
        Pair bound = fixture.bind();
        bound.session().send(RawPdu.request(RawPdu.DELIVER_SM, BAD), RawPdu.request(RawPdu.DATA_SM, BAD + 1));

        ReceivedPdu answer = bound.session().read(RawPdu.DELIVER_SM | RawPdu.RESP);
        assertThat(answer.sequenceNumber()).isEqualTo(BAD);
        assertThat(answer.commandStatus()).isEqualTo(CommandStatus.ESME_RINVCMDLEN);
        assertThat(bound.session().read(RawPdu.DATA_SM | RawPdu.RESP).sequenceNumber())
                .isEqualTo(BAD + 1);
        assertThat(fixture.listener.hasNoInbound()).isTrue();
    }

    static Stream<Arguments> usable() {
        byte[] text = "id:1 stat:DELIVRD".getBytes(ISO_8859_1);
        Function<Integer, RawPdu> lying = smLength -> RawPdu.request(RawPdu.DELIVER_SM, BAD)
                .hex("service_type to validity_period", "00 0101 3100 0001 3200 04 00 00 00 00")
                .hex("registered_delivery to sm_default_msg_id", "00 00 00 00")
                .octet("sm_length", smLength)
                .octets("short_message", text);
        return Stream.of(
                bad("D20 sm_length larger than the PDU", lying.apply(254)),
                bad("sm_length smaller than the text", lying.apply(2)),
                bad("D18 one octet behind", RawPdu.deliverSm(BAD, "1", "2", "x").hex("tail", "00")),
                bad(
                        "D18 TLV without value",
                        RawPdu.deliverSm(BAD, "1", "2", "x").hex("tail", "001E0009")),
                bad("D17 unknown TLV", RawPdu.deliverSm(BAD, "1", "2", "x").tlv("vendor", 0x1454, new byte[] {1})),
                bad(
                        "D19 TLV twice",
                        RawPdu.deliverSm(BAD, "1", "2", "x").hex("twice", "042700010204270001 02".replace(" ", ""))),
                bad("address of 60 digits", RawPdu.deliverSm(BAD, "9".repeat(60), "2", "x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usable")
    void aDamagedDeliverSmIsToldAsFarAsItGoes(String name, RawPdu damaged) {
        Pair bound = fixture.bind();
        bound.session().send(damaged, RawPdu.deliverSm(12, "1", "2", "after"));

        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(BAD);
        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(12);
    }

    static Stream<Arguments> fatal() {
        return Stream.of(
                Arguments.of("S25 length 0", new byte[16], "shorter than a PDU header"),
                Arguments.of(
                        "S25 length 15", RawPdu.request(0x15, 1).claiming(15).octets(), "shorter than a PDU header"),
                Arguments.of(
                        "S25 length beyond max-pdu-size",
                        RawPdu.request(0x15, 1).claiming(65537).octets(),
                        "longer than max-pdu-size 65536"),
                Arguments.of(
                        "S25 negative length",
                        RawPdu.request(0x15, 1).claiming(0x80000010).octets(),
                        "longer than max-pdu-size 65536"),
                Arguments.of("S26 HTTP", "HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1), "looks like HTTP"),
                Arguments.of(
                        "S26 TLS hello", new byte[] {0x16, 0x03, 0x01, 0x00, (byte) 0xF4, 0x01}, "looks like TLS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fatal")
    void aLengthThatCannotBeEndsTheSessionWithAReason(String name, byte[] octets, String reason) {
        Pair bound = fixture.bind();
        bound.link().submit(List.of(submit(1), submit(2)));
        int first = bound.session().read(RawPdu.SUBMIT_SM).sequenceNumber();
        bound.session().read(RawPdu.SUBMIT_SM);
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(RawPdu.submitSmResp(first, "a").octets());
        segment.writeBytes(octets);
        bound.session().sendOctets(segment.toByteArray());

        ReceivedPdu nack = bound.session().read(RawPdu.GENERIC_NACK);
        assertThat(nack.sequenceNumber()).isZero();
        assertThat(nack.commandStatus()).isEqualTo(CommandStatus.ESME_RINVCMDLEN);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.ANSWERED);
        assertThat(fixture.listener.nextOutcome().kind()).isEqualTo(Kind.LINK_LOST);
        assertThat(fixture.listener.whyClosed()).contains(reason);
        assertThat(bound.session().isClosed()).isTrue();
    }

    @Test
    void s24_aSlowDribbleOfOctetsIsPutTogether() {
        Pair bound = fixture.bind();
        byte[] octets = RawPdu.deliverSm(7, "1", "2", "octet by octet").octets();
        for (byte octet : octets) {
            bound.session().sendOctets(new byte[] {octet});
        }

        assertThat(fixture.listener.nextInbound().sequenceNumber()).isEqualTo(7);
    }

    @Test
    void mutatedPdusAmongGoodOnesNeverStallTheSession() {
        Random random = new Random(11);
        Pair bound = fixture.bind();
        for (int round = 1; round <= 300; round++) {
            byte[] octets = RawPdu.deliverSm(BAD, "491711", "2", "id:1 sub:001")
                    .tlv("message_state", 0x0427, new byte[] {2})
                    .octets();
            for (int i = 0; i < 3; i++) {
                octets[16 + random.nextInt(octets.length - 16)] = (byte) random.nextInt(256); // header stays
            }
            bound.session().sendOctets(octets);
            bound.session().send(RawPdu.deliverSm(100_000 + round, "1", "2", "good"));
            Inbound inbound = fixture.listener.nextInbound();
            while (inbound.sequenceNumber() == BAD) {
                inbound = fixture.listener.nextInbound();
            }
            bound.link().answer(List.of(new InboundAnswer(inbound.commandId(), inbound.sequenceNumber(), 0)));
            assertThat(inbound.sequenceNumber()).isEqualTo(100_000 + round);
        }
    }

    private static Arguments bad(String name, RawPdu pdu) {
        return Arguments.of(name, pdu);
    }
}
