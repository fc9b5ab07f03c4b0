// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.sr.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.sr.reading.ReadingFixtures.deliverSm;
import static org.smsprocess.sr.reading.ReadingFixtures.inbound;
import static org.smsprocess.sr.reading.ReadingFixtures.reader;
import static org.smsprocess.sr.reading.ReadingFixtures.settings;
import static org.smsprocess.sr.reading.ReadingFixtures.tlv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;
import org.smsprocess.sr.reading.StatusReport.Candidate;
import org.smsprocess.sr.reading.StatusReport.Meaning;

/** Receipts as real SMSCs write them; D-numbers are those of the field notes (section 4.3). */
class SrReaderTest {
    private static final int RECEIPTED_MESSAGE_ID = 0x001E;
    private static final int MESSAGE_STATE = 0x0427;
    private static final int MESSAGE_PAYLOAD = 0x0424;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            spec | id:0123456789 sub:001 dlvrd:001 submit date:2611220845 done date:2611220846 stat:DELIVRD err:000 text:Hello | 0123456789 | DELIVRD | 000 | DELIVERED
            spec | id:0123456789 sub:001 dlvrd:000 submit date:2611220845 done date:2611220846 stat:UNDELIV err:021 text: | 0123456789 | UNDELIV | 021 | FAILED
            D2 | id:0416342074 sub:001 dlvrd:001 submit date:2611220845 done date:2611220846 stat:EXPIRED err:001 text:a | 0416342074 | EXPIRED | 001 | FAILED
            D9 | id:73 submit date:2611220845 done date:2611220846 stat:DELIVRD err:000 text:no sub, no dlvrd | 73 | DELIVRD | 000 | DELIVERED
            D9 | id:73 sub:null dlvrd:... submit date:null done date:13 stat:DELIVRD err:000 | 73 | DELIVRD | 000 | DELIVERED
            D10 | stat:REJECTD err:00b id:abc123 done date:2611220846 sub:001 | abc123 | REJECTD | 00b | FAILED
            D10 | id:12 sub:001 dlvrd:001 text:Hello stat:DELIVRD err:000 | 12 | DELIVRD | 000 | DELIVERED
            D11 | ID:A1 STAT:DELIVRD ERR:000 TEXT:id:9 stat:EXPIRED | A1 | DELIVRD | 000 | DELIVERED
            D11 | id:A1 sub:001 dlvrd:001 stat:DELETED err:004 Text:\u00e9\u00ff\u0080 | A1 | DELETED | 004 | FAILED
            D11 | id:A1 stat:DELIVRD err:000 | A1 | DELIVRD | 000 | DELIVERED
            D12 | id:1 stat:DELIVRD err:0 text:x | 1 | DELIVRD | 0 | DELIVERED
            D12 | id:1 stat:UNDELIV err:0000 text:x | 1 | UNDELIV | 0000 | FAILED
            D12 | id:1 stat:UNDELIV err:21b text:x | 1 | UNDELIV | 21b | FAILED
            D12 | id:1 stat:UNDELIV err:null text:x | 1 | UNDELIV | null | FAILED
            D12 | id:1 stat:UNDELIV err:12345678 text:x | 1 | UNDELIV | 12345678 | FAILED
            D12 | id:1 stat:UNDELIV err: text:x | 1 | UNDELIV | "" | FAILED
            D12 | id:1 stat:UNDELIV err:054 | 1 | UNDELIV | 054 | FAILED
            D13 | id:5 submit date:20261122084500 done date:261122084610 stat:DELIVRD err:000 | 5 | DELIVRD | 000 | DELIVERED
            D13 | id:5 submit date:000000000000 done date:202611220846 stat:DELIVRD err:000 | 5 | DELIVRD | 000 | DELIVERED
            D14 | id:5 stat:FAILED err:001 | 5 | FAILED | 001 | INTERMEDIATE
            D14 | id:5 stat:BADSTAT err:001 | 5 | BADSTAT | 001 | INTERMEDIATE
            D14 | id:5 stat:DND_REJECTED err:001 | 5 | DND_REJECTED | 001 | INTERMEDIATE
            D14 | id:5 stat:BUFFRED err:000 | 5 | BUFFRED | 000 | INTERMEDIATE
            D14 | id:5 stat:BUFFERD err:000 | 5 | BUFFERD | 000 | INTERMEDIATE
            D14 | id:5 stat:ACKED err:000 | 5 | ACKED | 000 | INTERMEDIATE
            D14 | id:5 stat:ENROUTE err:000 | 5 | ENROUTE | 000 | INTERMEDIATE
            D14 | id:5 stat:0 err:000 | 5 | 0 | 000 | INTERMEDIATE
            D21 | id:5 sub:001 dlvrd:000 stat:ACCEPTD err:000 text: | 5 | ACCEPTD | 000 | INTERMEDIATE
            D29 | id:5 sub:001 dlvrd:001 stat:DELIVRD err:000 text:id:666 stat:UNDELIV err:666 | 5 | DELIVRD | 000 | DELIVERED
            D29 | id:5 stat:DELIVRD text:err:666 | 5 | DELIVRD | "" | DELIVERED
            D30 | id:5 sub:003 dlvrd:002 stat:DELIVRD err:000 text: | 5 | DELIVRD | 000 | DELIVERED
            """)
    void readsTheTextOf(String quirk, String text, String id, String stat, String err, Meaning meaning) {
        StatusReport report = read(deliverSm(0x04, text));

        assertThat(report.providerId()).isEqualTo(id);
        assertThat(report.key()).isEqualTo(ProviderKey.of(id));
        assertThat(report.stat()).isEqualTo(stat);
        assertThat(report.err()).isEqualTo(err);
        assertThat(report.meaning()).isEqualTo(meaning);
        assertThat(report.alternatives()).isEmpty();
        assertThat(report.answerTo()).isEqualTo(7);
        assertThat(report.receivedAtMillis()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x04, 0x44, 0x84, 0xC7, 0x08, 0x10, 0x20})
    void d5_masksEsmClass(int esmClass) {
        assertThat(read(deliverSm(esmClass, "id:1 stat:DELIVRD err:000")).providerId())
                .isEqualTo("1");
    }

    @Test
    void d5_takesEsmClass0WithReceiptedMessageId() {
        StatusReport report = read(deliverSm(0, "", tlv(RECEIPTED_MESSAGE_ID, "a1b2\0"), tlv(MESSAGE_STATE, 2)));

        assertThat(report.providerId()).isEqualTo("a1b2");
        assertThat(report.meaning()).isEqualTo(Meaning.DELIVERED);
    }

    @Test
    void aReceiptTypedByAPersonIsAnMo() {
        assertThat(reader(settings()).read(deliverSm(0, "id:1 sub:001 dlvrd:001 stat:DELIVRD err:000 text:"), 1, 1))
                .isEmpty();
        assertThat(reader(settings()).read(deliverSm(0x40, "id:1 stat:DELIVRD err:000"), 1, 1))
                .isEmpty();
    }

    @Test
    void anAcknowledgementWithoutAnIdIsAnMo() {
        assertThat(reader(settings()).read(deliverSm(0x10, "Yes, I got it"), 1, 1))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1,ENROUTE,INTERMEDIATE",
        "2,DELIVRD,DELIVERED",
        "3,EXPIRED,FAILED",
        "4,DELETED,FAILED",
        "5,UNDELIV,FAILED",
        "6,ACCEPTD,INTERMEDIATE",
        "7,UNKNOWN,FAILED",
        "8,REJECTD,FAILED"
    })
    void d6_readsTlvsWithoutText(int state, String stat, Meaning meaning) {
        StatusReport report = read(deliverSm(4, "", tlv(RECEIPTED_MESSAGE_ID, "77"), tlv(MESSAGE_STATE, state)));

        assertThat(report.providerId()).isEqualTo("77");
        assertThat(report.stat()).isEqualTo(stat);
        assertThat(report.meaning()).isEqualTo(meaning);
    }

    @Test
    void d3_offersTheTlvsIdAndTheTexts() {
        StatusReport report = read(deliverSm(
                4, "id:0416342074 stat:DELIVRD err:000", tlv(RECEIPTED_MESSAGE_ID, "18d0e03a"), tlv(MESSAGE_STATE, 2)));

        assertThat(report.providerId()).isEqualTo("18d0e03a");
        assertThat(report.alternatives()).containsExactly(new Candidate(ProviderKey.of("0416342074"), "0416342074"));
    }

    @Test
    void d4_offersAnIdThatDiffersWholly() {
        StatusReport report =
                read(deliverSm(4, "id:1154905154 stat:DELIVRD", tlv(RECEIPTED_MESSAGE_ID, "x@1154905154")));

        assertThat(report.providerId()).isEqualTo("x@1154905154");
        assertThat(report.alternatives()).extracting(Candidate::providerId).containsExactly("1154905154");
    }

    @Test
    void offersTheWholeTokenWhereTheDefaultPatternSeesItsBeginning() {
        StatusReport report = read(deliverSm(4, "id:a1b2c3d4-e5f6-11ee-8c99-0242ac120002 stat:DELIVRD err:000"));

        assertThat(report.providerId()).isEqualTo("a1b2c3d4-e5f6-11ee-8c99-0242ac120002");
        assertThat(report.alternatives()).extracting(Candidate::providerId).containsExactly("a1b2c3d4");
    }

    @Test
    @Tag("M15")
    void readsIdsThatAreTooLongForTheDefaultPattern() {
        assertThat(read(deliverSm(4, "id:18446744073709551615 stat:DELIVRD")).providerId())
                .isEqualTo("18446744073709551615");
    }

    @Test
    void d7_readsMessagePayloadAndStripsNuls() {
        StatusReport report = read(deliverSm(4, "", tlv(MESSAGE_PAYLOAD, "id:9 stat:DELIVRD err:000\0")));

        assertThat(report.providerId()).isEqualTo("9");
        assertThat(report.err()).isEqualTo("000");
        assertThat(read(deliverSm(4, "id:9 stat:UNDELIV\0\0")).stat()).isEqualTo("UNDELIV");
    }

    @Test
    void d8_prefersMessagePayload() {
        StatusReport report =
                read(deliverSm(4, "id:1 stat:EXPIRED err:001", tlv(MESSAGE_PAYLOAD, "id:2 stat:DELIVRD err:000")));

        assertThat(report.providerId()).isEqualTo("2");
        assertThat(report.stat()).isEqualTo("DELIVRD");
    }

    @Test
    void d15_believesTheTextUnlessOnlyTheTlvIsFinal() {
        Tlv delivered = tlv(MESSAGE_STATE, 2);

        assertThat(read(deliverSm(4, "id:1 stat:UNDELIV err:001", delivered)).meaning())
                .isEqualTo(Meaning.FAILED);
        assertThat(read(deliverSm(4, "id:1 stat:ACKED err:000", delivered)).meaning())
                .isEqualTo(Meaning.DELIVERED);
    }

    @Test
    void d16_takesAnyNetworkErrorCode() {
        assertThat(errOf(tlv(0x0423, 3, 0, 34))).isEqualTo("34");
        assertThat(errOf(tlv(0x0423, "054"))).isEqualTo("054");
        assertThat(errOf(tlv(0x0423, 9))).isEqualTo("09");
        assertThat(errOf(tlv(0x0423, 0, 0, 0, 0))).isEqualTo("00000000");
    }

    private static String errOf(Tlv networkErrorCode) {
        return read(deliverSm(4, "id:1 stat:UNDELIV", networkErrorCode)).err();
    }

    @Test
    void d17_ignoresUnknownTlvs() {
        StatusReport report = read(deliverSm(
                4,
                "id:1 stat:DELIVRD err:000",
                tlv(0x1454, 1, 2, 3),
                tlv(0x060D, "x"),
                tlv(0x1418),
                tlv(0x1403, 0),
                tlv(0x0202, 0, 0)));

        assertThat(report.stat()).isEqualTo("DELIVRD");
    }

    @Test
    void d19_takesTheFirstTlvThatIsNotEmpty() {
        StatusReport report = read(deliverSm(
                4, "", tlv(RECEIPTED_MESSAGE_ID), tlv(RECEIPTED_MESSAGE_ID, "a"), tlv(RECEIPTED_MESSAGE_ID, "b")));

        assertThat(report.providerId()).isEqualTo("a");
    }

    @Test
    void d26_matchesByIdWhateverTheAddresses() {
        Inbound swapped = new Inbound(
                Inbound.DELIVER_SM,
                1,
                new SmppAddress(0, 0, ""),
                new SmppAddress(1, 1, "33600000001"),
                4,
                0,
                "id:1 stat:DELIVRD".getBytes(StandardCharsets.US_ASCII),
                List.of());

        assertThat(read(swapped).providerId()).isEqualTo("1");
    }

    @Test
    void d27_readsDataSm() {
        StatusReport report =
                read(inbound(Inbound.DATA_SM, 4, "", tlv(RECEIPTED_MESSAGE_ID, "abc"), tlv(MESSAGE_STATE, 2)));

        assertThat(report.providerId()).isEqualTo("abc");
    }

    @Test
    void readsUtf16Text() {
        StringBuilder utf16 = new StringBuilder();
        "id:1 stat:DELIVRD err:000".chars().forEach(c -> utf16.append('\0').append((char) c));

        assertThat(read(deliverSm(4, utf16.toString())).stat()).isEqualTo("DELIVRD");
    }

    @Test
    void aReceiptThatSaysNothingIsAnSrWithoutId() {
        StatusReport report = read(deliverSm(4, ""));

        assertThat(report.providerId()).isEmpty();
        assertThat(report.meaning()).isEqualTo(Meaning.INTERMEDIATE);
    }

    @Test
    void keepsTheTextForThePatternsWhenTold() {
        SrReader reader = reader(settings("sr.text-field = true"));

        StatusReport report = reader.read(deliverSm(4, "id:1 text:stat:DELIVRD err:007"), 1, 1)
                .orElseThrow();

        assertThat(report.err()).isEqualTo("007");
    }

    @Test
    void showsOptionalFieldsToThePatternsWhenTold() {
        Inbound inbound = deliverSm(4, "id:1 text:x", tlv(0x1403, "stat:DELIVRD"), tlv(0x1404, 0xAB));

        assertThat(ReceiptText.withOptionalFields("id:1 ", inbound)).isEqualTo("id:1  0x1403:stat:DELIVRD 0x1404:AB");
        assertThat(reader(settings("sr.optional-fields = true"))
                        .read(inbound, 1, 1)
                        .orElseThrow()
                        .stat())
                .isEqualTo("DELIVRD");
        assertThat(read(inbound).stat()).isEmpty();
    }

    @Test
    void normalisesTheId() {
        SrReader reader = reader(settings("id-format { mt = hex-number, sr = decimal }"));

        StatusReport report =
                reader.read(deliverSm(4, "id:0416342074 stat:DELIVRD"), 1, 1).orElseThrow();

        assertThat(report.providerId()).isEqualTo("416342074");
    }

    @Test
    void neverThrowsWhateverTheOctets() {
        Random random = new Random(42);
        SrReader reader = reader(settings(
                "id-format { mt = auto, sr = hex-number }", "sr { optional-fields = true, text-field = true }"));
        for (int round = 0; round < 20_000; round++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            byte[] value = new byte[random.nextInt(12)];
            random.nextBytes(value);
            int tag = List.of(RECEIPTED_MESSAGE_ID, MESSAGE_STATE, MESSAGE_PAYLOAD, 0x0423, 0x1400)
                    .get(random.nextInt(5));
            Inbound inbound = new Inbound(
                    Inbound.DELIVER_SM,
                    1,
                    new SmppAddress(0, 0, ""),
                    new SmppAddress(0, 0, ""),
                    random.nextInt(256),
                    random.nextInt(256),
                    octets,
                    List.of(new Tlv(tag, value), tlv(tag, "id:")));

            assertThat(reader.read(inbound, 1, 1)).isNotNull();
        }
    }

    private static StatusReport read(Inbound inbound) {
        return reader(settings()).read(inbound, 7, 1000).orElseThrow();
    }
}
