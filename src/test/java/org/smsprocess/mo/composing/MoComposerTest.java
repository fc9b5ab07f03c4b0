// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.mo.composing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.mo.MoFixtures.NOON;
import static org.smsprocess.mo.MoFixtures.ascii;
import static org.smsprocess.mo.MoFixtures.deliver;
import static org.smsprocess.mo.MoFixtures.octets;
import static org.smsprocess.mo.MoFixtures.segment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smsprocess.Observes;
import org.smsprocess.account.TestAccounts;
import org.smsprocess.account.TlvFormat;
import org.smsprocess.mo.MoFixtures;
import org.smsprocess.mo.inbox.NewMo;
import org.smsprocess.mo.inbox.NewMo.QuarantineChange;
import org.smsprocess.mo.inbox.NewMo.Reply;
import org.smsprocess.mo.inbox.Printable;
import org.smsprocess.mo.parts.Group;
import org.smsprocess.mo.parts.Segment;
import org.smsprocess.smpp.Inbound;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Tlv;

class MoComposerTest {
    private static final int UDHI = 0x40;

    /** O6: message class and waiting codings (3GPP TS 23.038 §4); O7: UTF-8 and byte order marks under 8; O8: odd octets. */
    @ParameterizedTest
    @CsvSource({
        "0x00, 48 69,               Hi",
        "0xF1, 48 69,               Hi",
        "0x04, 48 69,               Hi",
        "0xC0, 48 69,               Hi",
        "0x08, 04 1F 04 40,         Пр",
        "0x08, FF FE 1F 04 40 04,   Пр",
        "0x08, FE FF 04 1F 04 40,   Пр",
        "0x08, 04 1F 04 40 04,      Пр",
        "0x03, 67 72 FC 6E,         grün",
    })
    void readsText(int dataCoding, String shortMessage, String text) {
        assertThat(single(deliver(0, dataCoding, octets(shortMessage)))
                        .content()
                        .text())
                .isEqualTo(text);
    }

    /** O8. */
    @Test
    void remarksWhatWasOdd() {
        assertThat(single(deliver(0, 8, octets("04 1F 04"))).content().remarks())
                .isEqualTo("odd-octet");
        assertThat(single(deliver(UDHI, 0, octets("50 48"))).content().remarks())
                .isEqualTo("malformed-udh");
        assertThat(single(deliver(0, 0, ascii("Hi"))).content().remarks()).isNull();
    }

    /** O9: packed septets when the account's table says so: "hello". */
    @Test
    void readsPackedSeptets() {
        MoComposer packed = composer("encodings = [ { data-coding = 0, charset = GSM-packed } ]");

        assertThat(packed.single(segment(deliver(0, 0, octets("E8 32 9B FD 06"))), Duration.ZERO)
                        .content()
                        .text())
                .isEqualTo("hello");
    }

    /** O4: a surrogate pair cut between parts; each part's own header is no text. */
    @Test
    void joinsCharactersThatWereSplit() {
        NewMo mo = group(
                deliver(UDHI, 8, octets("050003A70201 0041 D83D")), deliver(UDHI, 8, octets("050003A70202 DE00 0042")));

        assertThat(mo.content().text()).isEqualTo("A\uD83D\uDE00B");
        assertThat(mo.isComplete()).isTrue();
    }

    /** O1: Turkish single shift (3GPP TS 23.038 §A.2.1): 1B 73 is ş in language 1. */
    @Test
    void readsNationalTables() {
        assertThat(single(deliver(UDHI, 0, octets("03 24 01 01 1B 73")))
                        .content()
                        .text())
                .isEqualTo("ş");
    }

    @Test
    void readsPartsOfDifferentCodings() {
        NewMo mo = group(deliver(UDHI, 0, octets("050003A70201 48 69")), deliver(UDHI, 8, octets("050003A70202 20AC")));

        assertThat(mo.content().text()).isEqualTo("Hi€");
    }

    /** O10: destination_addr is empty. */
    @Test
    void findsTheShortCodeElsewhere() {
        Inbound noDestination = to("", ascii("Hi"), new Tlv(0x1400, ascii("7000")));

        assertThat(composer("short-code = 4711", "mo.tlvs.large-account { tag = 0x1400, format = ascii }")
                        .single(segment(noDestination), Duration.ZERO)
                        .shortCode())
                .isEqualTo("7000");
        assertThat(composer("short-code = 4711")
                        .single(segment(noDestination), Duration.ZERO)
                        .shortCode())
                .isEqualTo("4711");
    }

    /** O11: what a person types is an MO, whatever it says. */
    @Test
    void readsATypedReceiptAsText() {
        String typed = "id:0123456789 sub:001 dlvrd:001 stat:DELIVRD err:000 text:";

        assertThat(single(deliver(0, 0, ascii(typed))).content().text()).isEqualTo(typed);
    }

    /** O12: the raw number is kept; the quarantine gets the form that recipients have. */
    @ParameterizedTest
    @CsvSource({"4912345, false, +4912345", "+4912345, false, +4912345", "4912345, true, 4912345", "ACME, false, ACME"})
    @Observes("send-full-number")
    void keepsTheRawSender(String sender, boolean sendFullNumber, String quarantined) {
        MoComposer composer = composer(
                "short-code = 4711", "send-full-number = " + sendFullNumber, "mo.reply = [ { action = quarantine } ]");

        NewMo mo = composer.single(segment(MoFixtures.from(sender, "stop")), Duration.ZERO);

        assertThat(mo.sender()).isEqualTo(sender);
        assertThat(mo.change()).isEqualTo(new QuarantineChange("4711", quarantined, true));
    }

    @Test
    void repliesFromTheAccountsOwnNumberIfItHasOne() {
        String rule = "mo.reply = [ { keyword = info, short-code = 1234, reply = hello } ]";

        assertThat(composer(rule)
                        .single(segment(MoFixtures.text("info")), Duration.ZERO)
                        .reply())
                .isEqualTo(new Reply("4912345", "1234", "hello"));
        assertThat(composer(rule, "source-number = ACME")
                        .single(segment(MoFixtures.text("info")), Duration.ZERO)
                        .reply())
                .isEqualTo(new Reply("4912345", null, "hello"));
        assertThat(composer(rule)
                        .single(segment(MoFixtures.text("other")), Duration.ZERO)
                        .reply())
                .isNull();
    }

    @Test
    void aMissingBeginningHasNoKeyword() {
        MoComposer composer = composer("mo.reply = [ { keyword = stop, action = quarantine } ]");
        Group group = new Group(1, 2);
        group.put(2, segment(deliver(UDHI, 0, octets("050003A70202 53544F50"))), NOON);

        assertThat(composer.group(group).change()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ASCII,   414200,            AB",
        "LATIN_1, FC,                ü",
        "UTF_8,   C3BC,              ü",
        "UCS_2,   00FC,              ü",
        "GSM,     7E,                ü",
        "INT8,    FF,                -1",
        "UINT8,   FF,                255",
        "INT16,   FFFE,              -2",
        "UINT16,  0100,              256",
        "INT32,   FFFFFFFF,          -1",
        "UINT32,  FFFFFFFF,          4294967295",
        "INT64,   8000000000000000,  -9223372036854775808",
        "UINT64,  FFFFFFFFFFFFFFFF,  18446744073709551615",
        "UINT32,  FF,                255",
        "UINT8,   010203040506070809, 010203040506070809",
        "ASCII,   410042,            AB",
    })
    void readsTlvs(TlvFormat format, String value, String column) {
        assertThat(TlvColumns.decode(octets(value), format)).isEqualTo(column);
    }

    @Test
    void makesTextThatPostgresTakes() {
        assertThat(Printable.of("a\0b")).isEqualTo("ab");
        assertThat(Printable.of("a\uD83Db\uDE00")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(Printable.of("a\uD83D\uDE00\uD83D")).isEqualTo("a\uD83D\uDE00\uFFFD");
        assertThat(Printable.of("plain ü")).isEqualTo("plain ü");
    }

    /** Whatever comes: an MO comes out, with text that the database takes. */
    @Test
    void neverFails() {
        MoComposer composer = composer(
                "short-code = 4711",
                "mo.reply = [ { keyword = a, reply = x }, { action = quarantine } ]",
                "mo.tlvs.alias { tag = 5, format = utf-8 }",
                "mo.tlvs.provider-id { tag = 6, format = int32 }");
        Random random = new Random(20260101);
        for (int i = 0; i < 50_000; i++) {
            byte[] shortMessage = new byte[random.nextInt(40)];
            random.nextBytes(shortMessage);
            byte[] value = new byte[random.nextInt(12)];
            random.nextBytes(value);
            Inbound inbound = new Inbound(
                    Inbound.DELIVER_SM,
                    i,
                    new SmppAddress(random.nextInt(256), 1, "x" + (char) (1 + random.nextInt(0xFFFE))),
                    new SmppAddress(0, 0, ""),
                    random.nextInt(256),
                    random.nextInt(256),
                    shortMessage,
                    List.of(new Tlv(random.nextInt(8), value), new Tlv(0x020C + random.nextInt(4), value)));

            NewMo mo = composer.single(segment(inbound), Duration.ZERO);

            assertStorable(mo.sender());
            assertStorable(mo.content().text());
            assertStorable(mo.tlvs().alias());
            assertStorable(mo.tlvs().providerId());
        }
    }

    private static void assertStorable(@Nullable String text) {
        assertThat(text == null ? "" : text).isEqualTo(Printable.of(text == null ? "" : text));
    }

    private static Inbound to(String destination, byte[] shortMessage, Tlv... tlvs) {
        return new Inbound(
                Inbound.DELIVER_SM,
                7,
                MoFixtures.PHONE,
                new SmppAddress(0, 0, destination),
                0,
                0,
                shortMessage,
                List.of(tlvs));
    }

    private static NewMo single(Inbound inbound) {
        return composer().single(segment(inbound), Duration.ZERO);
    }

    private static NewMo group(Inbound... parts) {
        List<Segment> segments = new ArrayList<>();
        for (Inbound part : parts) {
            segments.add(segment(part));
        }
        Group group = new Group(1, segments.size());
        for (int number = 1; number <= segments.size(); number++) {
            group.put(number, segments.get(number - 1), NOON);
        }
        return composer().group(group);
    }

    private static MoComposer composer(String... settings) {
        return new MoComposer(TestAccounts.account("acme", settings));
    }
}
