// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.connection.preparing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smsprocess.connection.preparing.Prepared.hex;
import static org.smsprocess.connection.preparing.Prepared.tlv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.smsprocess.Observes;
import org.smsprocess.delivery.DeliverySettings;
import org.smsprocess.delivery.WireSettings;
import org.smsprocess.delivery.queue.LongMtProgress;
import org.smsprocess.smpp.SmppAddress;
import org.smsprocess.smpp.Submit;

/** What an account's channel settings make of a message. Offsets and tags: SMPP 3.4 §4.4.1, §5.3.2; 3GPP TS 23.040 §9.2.3.24. */
class PreparerTest {
    private static final String LONG = "a".repeat(200);

    @Test
    @Tag("M21")
    void aLongTextLeavesLastPartFirstWithOneReferenceAndOneRequestForAReport() {
        List<Submit> submits = Prepared.text(LONG, "long-message = udh").submits();

        assertThat(submits).extracting(Submit::part).containsExactly(2, 1);
        assertThat(submits).extracting(Submit::registeredDelivery).containsExactly(0, 1);
        assertThat(submits).allMatch(submit -> submit.fields().udhi());
        assertThat(submits.get(0).fields()).isEqualTo(submits.get(1).fields());
        String reference = hex(submits.get(0)).substring(6, 8);
        assertThat(hex(submits.get(0))).startsWith("050003" + reference + "0202");
        assertThat(hex(submits.get(1))).startsWith("050003" + reference + "0201");
    }

    /** Also from the outbox, which nobody has looked at before. */
    @Test
    void anEmptyTagFailsItsMessageAndNotThePart() {
        Prepared made = Prepared.of(DeliverySettings.DEFAULT, "+33600000001", "Hello {{}}", "{}");

        assertThat(made.submits()).isEmpty();
        assertThat(made.failure()).isEqualTo("template: it has an empty tag");
    }

    @Test
    void nobodyReadsHowJavaWritesAnObjectOrAList() {
        for (String value : List.of("{\"b\":1}", "[1,2]")) {
            assertThat(Prepared.of(DeliverySettings.DEFAULT, "+33600000001", "Hi {{a}}", "{\"a\":" + value + "}")
                            .failure())
                    .isEqualTo("template: a field that it names is an object or a list, not a text");
        }
    }

    @Test
    void numbersAreWrittenAsTheyWereGiven() {
        Submit submit = Prepared.of(
                        DeliverySettings.DEFAULT,
                        "+33600000001",
                        "{{a}} {{b}} {{c}}",
                        "{\"a\":12.50,\"b\":12345678.90,\"c\":7}")
                .only();

        assertThat(new String(submit.shortMessage(), StandardCharsets.US_ASCII)).isEqualTo("12.50 12345678.90 7");
    }

    @Test
    void partOneWaitsForTheOthers() {
        Prepared part = Prepared.text("a".repeat(400));

        assertThat(part.atOnce()).extracting(Submit::part).containsExactly(3, 2);
        assertThat(part.longMt().first().part()).isEqualTo(1);
        assertThat(part.longMt().others()).isEqualTo(2);
    }

    @Test
    void whatWasAcceptedBeforeIsNotSentAgainAndTheRestKeepsTheReference() {
        Prepared part = Prepared.again("a".repeat(400), new LongMtProgress(0x4D, 3, 0, List.of(3)));

        assertThat(part.atOnce()).extracting(Submit::part).containsExactly(2);
        assertThat(hex(part.atOnce().get(0))).startsWith("0500034d0302");
        assertThat(hex(part.longMt().first())).startsWith("0500034d0301");
        assertThat(part.longMt().others()).isEqualTo(1);
    }

    @Test
    void partOneLeavesAtOnceWhenOnlyItIsMissing() {
        Prepared part = Prepared.again(LONG, new LongMtProgress(0x4D, 2, 0, List.of(2)));

        assertThat(part.atOnce()).extracting(Submit::part).containsExactly(1);
        assertThat(part.longMt().others()).isZero();
    }

    @Test
    void progressOfAnotherSplittingIsOfNoUse() {
        Prepared part = Prepared.again(LONG, new LongMtProgress(0x4D, 3, 0, List.of(3, 2)));

        assertThat(part.submits()).extracting(Submit::part).containsExactly(2, 1);
        assertThat(part.longMt().accepted()).isEmpty();
    }

    @Test
    @Observes("long-message")
    void udh16HasAReferenceOfTwoOctets() {
        List<Submit> submits = Prepared.text(LONG, "long-message = udh-16").submits();

        assertThat(hex(submits.get(0))).matches("060804[0-9a-f]{4}0202(61)+");
        assertThat(submits.get(1).shortMessage()).hasSize(7 + 152);
    }

    @Test
    @Tag("M18")
    @Observes("long-message")
    void sarNumbersThePartsInTlvsAndWritesNoUdh() {
        List<Submit> submits = Prepared.text(LONG, "long-message = sar").submits();

        assertThat(submits).hasSize(2).noneMatch(submit -> submit.fields().udhi());
        Submit last = submits.get(0);
        Submit first = submits.get(1);
        assertThat(tlv(last, 0x020C)).hasSize(4).isEqualTo(tlv(first, 0x020C));
        assertThat(tlv(last, 0x020E) + tlv(last, 0x020F)).isEqualTo("0202");
        assertThat(tlv(first, 0x020E) + tlv(first, 0x020F)).isEqualTo("0201");
        assertThat(new String(first.shortMessage(), StandardCharsets.US_ASCII)).isEqualTo("a".repeat(153));
    }

    @Test
    @Tag("M19")
    @Observes("long-message")
    void messagePayloadHoldsTheWholeTextAndShortMessageNothing() {
        Submit submit = Prepared.text(LONG, "long-message = message-payload").only();

        assertThat(submit.shortMessage()).isEmpty();
        assertThat(submit.parts()).isEqualTo(1);
        assertThat(tlv(submit, 0x0424)).isEqualTo("61".repeat(200));
        assertThat(submit.registeredDelivery()).isEqualTo(1);
    }

    @Test
    void aShortTextNeedsNoneOfThat() {
        for (String mode : List.of("udh", "udh-16", "sar", "message-payload")) {
            Submit submit = Prepared.text("Hello", "long-message = " + mode).only();

            assertThat(submit.tlvs()).isEmpty();
            assertThat(submit.fields().udhi()).isFalse();
            assertThat(hex(submit)).isEqualTo("48656c6c6f");
        }
    }

    @Test
    @Observes({"source-number", "source-ton", "source-npi", "destination-ton", "destination-npi", "service-type"})
    void addressesAndServiceTypeAreTheAccounts() {
        Submit submit = Prepared.text(
                        "Hello",
                        "source-number = 12345",
                        "source-ton = 3",
                        "source-npi = 9",
                        "destination-ton = 1",
                        "destination-npi = 8",
                        "service-type = VMA")
                .only();

        assertThat(submit.source()).isEqualTo(new SmppAddress(3, 9, "12345"));
        assertThat(submit.destination()).isEqualTo(new SmppAddress(1, 8, "33600000001"));
        assertThat(submit.fields().serviceType()).isEqualTo("VMA");
    }

    @Test
    @Tag("M25")
    @Observes("send-full-number")
    void thePlusGoesOutOnlyWithFullNumbers() {
        assertThat(Prepared.text("Hello", "send-full-number = false")
                        .only()
                        .destination()
                        .number())
                .isEqualTo("33600000001");
        assertThat(Prepared.text("Hello", "send-full-number = true")
                        .only()
                        .destination()
                        .number())
                .isEqualTo("+33600000001");
    }

    @Test
    @Tag("M16")
    @Observes("encodings")
    void theFirstEncodingThatHoldsTheTextGivesTheDataCoding() {
        String table = "encodings = [ { data-coding = 3, charset = LATIN-1 }, { data-coding = 24, charset = UCS-2 } ]";

        assertThat(Prepared.text("é", table).only().fields().dataCoding()).isEqualTo(3);
        assertThat(hex(Prepared.text("é", table).only())).isEqualTo("e9");
        assertThat(Prepared.text("€", table).only().fields().dataCoding()).isEqualTo(24);
        assertThat(hex(Prepared.text("€", table).only())).isEqualTo("20ac");
    }

    @Test
    @Observes("transliteration")
    void transliterationSendsWhatTheEncodingLacks() {
        String onlyGsm = "encodings = [ { data-coding = 0, charset = GSM } ]";

        assertThat(Prepared.text("cœur", onlyGsm).failure()).contains("GSM lacks U+0153 at position 1");
        assertThat(hex(Prepared.text("cœur", onlyGsm, "transliteration = true").only()))
                .isEqualTo("636f657572");
    }

    /** Neither may end the session: the part would come again and again, and no other message of the account would go. */
    @Test
    void whatCannotBePreparedFailsAndTheOthersAreSent() {
        assertThat(Prepared.of(DeliverySettings.DEFAULT, "+33600000001", "Hello {{> other}}", "{}")
                        .failure())
                .startsWith("template: ");
        assertThat(Prepared.of(DeliverySettings.DEFAULT, "+336\0001", "Hello", null, "send-full-number = true")
                        .failure())
                .startsWith("can't be prepared: ")
                .contains("an address cannot hold a NUL");
    }

    /** 1,000 items looked at in 1,000 items in 1,000 items, and not a character written: it would take minutes. */
    @Test
    @Timeout(10)
    void aTemplateThatGoesRoundInItsListsFailsItsMessageAndDoesNotHoldUpTheOthers() {
        String fields = "{\"a\":[" + "1,".repeat(999) + "1]}";
        String template = "{{#a}}{{#a}}{{#a}}{{^a}}never{{/a}}{{/a}}{{/a}}{{/a}}";

        assertThat(Prepared.of(DeliverySettings.DEFAULT, "+33600000001", template, fields)
                        .failure())
                .isEqualTo("template: takes more than 262144 steps (sections in sections over long lists?)");
    }

    @Test
    void aTemplateMayLookAtALongListForTheFewItemsItNames() {
        String fields = "{\"a\":[" + "{\"b\":false},".repeat(20_000) + "{\"b\":true,\"c\":\"found\"}]}";

        Submit submit = Prepared.of(DeliverySettings.DEFAULT, "+33600000001", "{{#a}}{{#b}}{{c}}{{/b}}{{/a}}", fields)
                .only();

        assertThat(new String(submit.shortMessage(), StandardCharsets.US_ASCII)).isEqualTo("found");
    }

    @Test
    void answersToMoAskForNoReport() {
        DeliverySettings answer = new DeliverySettings(null, 0, 0, null, false, WireSettings.NONE);

        List<Submit> submits = Prepared.of(answer, "+33600000001", LONG, null).submits();

        assertThat(submits).hasSize(2).allMatch(submit -> submit.registeredDelivery() == 0);
    }

    @Test
    @Observes({"delivery.sender", "delivery.priority", "delivery.maxParts"})
    void senderPriorityAndMaxPartsAreTheDeliverys() {
        DeliverySettings settings = new DeliverySettings("ACME", 2, 1, null, true, WireSettings.NONE);

        Submit submit = Prepared.of(settings, "+33600000001", "Hello", null, "source-number = 12345")
                .only();

        assertThat(submit.source().number()).isEqualTo("ACME");
        assertThat(submit.fields().priorityFlag()).isEqualTo(2);
        assertThat(Prepared.of(settings, "+33600000001", LONG, null).failure())
                .isEqualTo("too long: 2 parts, at most 1");
    }

    @Test
    @Observes("sr.user-message-reference")
    void aReferenceGoesWithThePartThatIsReportedIfTheAccountSaysSo() {
        String on = "sr.user-message-reference = true";
        assertThat(Prepared.tlv(Prepared.text("Hello", on).only(), 0x0204)).hasSize(4);
        assertThat(Prepared.tlv(Prepared.text("Hello").only(), 0x0204)).isEqualTo("none");
        List<Submit> parts = Prepared.text("x".repeat(200), on).submits();
        assertThat(parts).extracting(Submit::part).containsExactly(2, 1);
        assertThat(Prepared.tlv(parts.get(0), 0x0204)).isEqualTo("none");
        assertThat(Prepared.tlv(parts.get(1), 0x0204)).hasSize(4);
    }

    @Test
    @Tag("M24")
    @Tag("auto-source-ton")
    void aSenderThatIsNoNumberIsAlphanumericWhereNothingElseIsSet() {
        assertThat(source("ACME")).isEqualTo(new SmppAddress(5, 0, "ACME"));
        assertThat(source("+34600000001")).isEqualTo(new SmppAddress(0, 0, "+34600000001"));
        assertThat(source("1234")).isEqualTo(new SmppAddress(0, 0, "1234"));
        assertThat(source("ACME", "source-ton = 1, source-npi = 1")).isEqualTo(new SmppAddress(1, 1, "ACME"));
        assertThat(source("ACME", "source-npi = 1")).isEqualTo(new SmppAddress(0, 1, "ACME"));
    }

    @Test
    @Tag("M24")
    @Tag("auto-source-ton")
    void orAlwaysOrNever() {
        String always = "auto-source-ton = always, source-ton = 1, source-npi = 1";

        assertThat(source("ACME", always)).isEqualTo(new SmppAddress(5, 0, "ACME"));
        assertThat(source("34600000001", always)).isEqualTo(new SmppAddress(1, 1, "34600000001"));
        assertThat(source("ACME", "auto-source-ton = never")).isEqualTo(new SmppAddress(0, 0, "ACME"));
    }

    private static SmppAddress source(String sender, String... account) {
        return Prepared.of(
                        new DeliverySettings(sender, 0, 0, null, true, WireSettings.NONE),
                        "+33600000001",
                        "Hi",
                        null,
                        account)
                .only()
                .source();
    }
}
