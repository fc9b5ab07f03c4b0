// SPDX-License-Identifier: Apache-2.0
package org.smsprocess.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.smsprocess.simulator.settings.SubmitSettings;

class LedgerTest {
    private final Ledger ledger = new Ledger(new Alphabet(SubmitSettings.DefaultAlphabet.GSM), 3);

    @Test
    void tellsLongMessagesApartFromTheirPartsInAnyOrder() {
        part(9, 3, 3, "c");
        part(9, 3, 1, "a");
        assertThat(ledger.countOf("12345", "4179", "abc")).isZero();
        part(9, 3, 2, "b");

        assertThat(ledger.countOf("12345", "+4179", "abc")).isEqualTo(1);
        assertThat(ledger.total()).isEqualTo(1);
        assertThat(ledger.snapshot().parts()).isEqualTo(3);
    }

    @Test
    void countsAMessageThatCameWholeTwiceAsADuplicate() {
        for (int copy = 0; copy < 2; copy++) {
            part(9, 2, 2, "b");
            part(9, 2, 1, "a");
        }

        Stats.Messages messages = ledger.snapshot();
        assertThat(messages.duplicates()).isEqualTo(1);
        assertThat(messages.duplicateParts()).isEqualTo(2);
        assertThat(messages.incomplete()).isZero();
        assertThat(messages.duplicateSamples()).containsExactly("+4179: a");
    }

    @Test
    void doesNotTakeAnEchoForTheStartOfTheNextMessage() {
        part(9, 2, 2, "b");
        part(9, 2, 1, "a");
        part(9, 2, 1, "a"); // sent again, though complete
        assertThat(ledger.snapshot().incomplete()).isZero();

        part(9, 2, 2, "y"); // the reference comes round again
        part(9, 2, 1, "x");

        assertThat(ledger.countOf("12345", "4179", "xy")).isEqualTo(1);
        assertThat(ledger.countOf("12345", "4179", "ay")).isZero();
        assertThat(ledger.snapshot().duplicates()).isZero();
    }

    @Test
    void countsWhatNeverBecameComplete() {
        for (int reference = 0; reference < 5; reference++) {
            part(reference, 2, 1, "alone " + reference);
        }

        assertThat(ledger.snapshot().incomplete()).isEqualTo(5);
        assertThat(ledger.total()).isZero();
    }

    @Test
    void readsSarAndPayload() {
        OctetBuffer pdu = head(0).u8(0);
        pdu.u16(0x020C)
                .u16(2)
                .u16(77)
                .u16(0x020E)
                .u16(1)
                .u8(2)
                .u16(0x020F)
                .u16(1)
                .u8(1);
        pdu.u16(0x0424).u16(2).u8('h').u8('i').u16(0x0204).u16(2).u16(0xABCD);
        SubmitSm submit = new SubmitSm();

        assertThat(submit.read(pdu.octets(), 0, pdu.length())).isTrue();

        assertThat(submit.partReference).isEqualTo(77);
        assertThat(submit.partTotal).isEqualTo(2);
        assertThat(submit.partNumber).isEqualTo(1);
        assertThat(submit.textLength).isEqualTo(2);
        assertThat(submit.userMessageReference).isEqualTo(0xABCD);
        assertThat(submit.source()).isEqualTo("12345");
        assertThat(submit.destination()).isEqualTo("+4179");
    }

    @Test
    void readsNationalTables() {
        // locking shift Turkish: septet 0x07 is a dotless i
        OctetBuffer pdu = head(0x40).u8(6).u8(3).u8(0x25).u8(1).u8(1).u8(0x07).u8('x');
        SubmitSm submit = new SubmitSm();
        assertThat(submit.read(pdu.octets(), 0, pdu.length())).isTrue();

        ledger.add(submit);

        assertThat(ledger.countOf("12345", "4179", "ıx")).isEqualTo(1);
    }

    @Test
    void refusesWhatDoesNotFit() {
        SubmitSm submit = new SubmitSm();
        OctetBuffer whole = head(0x40).u8(7).u8(6).u8(8).u8(4).u8(1).u8(2).u8(2).u8(1);
        assertThat(submit.read(whole.octets(), 0, whole.length())).isTrue();
        assertThat(submit.partReference).isEqualTo(0x10102);

        for (int length = 16; length < whole.length(); length++) {
            assertThat(submit.read(whole.octets(), 0, length)).isFalse();
        }
        OctetBuffer longUdh = head(0x40).u8(2).u8(9).u8(0);
        assertThat(submit.read(longUdh.octets(), 0, longUdh.length())).isFalse();
        OctetBuffer longTlv = head(0).u8(0).u16(0x0424).u16(3).u16(0);
        assertThat(submit.read(longTlv.octets(), 0, longTlv.length())).isFalse();
    }

    private void part(int reference, int total, int number, String text) {
        OctetBuffer pdu = head(0x40);
        pdu.u8(6 + text.length()).u8(5).u8(0).u8(3).u8(reference).u8(total).u8(number);
        pdu.add(text.getBytes(StandardCharsets.US_ASCII));
        SubmitSm submit = new SubmitSm();
        assertThat(submit.read(pdu.octets(), 0, pdu.length())).isTrue();
        ledger.add(submit);
    }

    /** A submit_sm from 12345 to +4179 up to sm_length. */
    private static OctetBuffer head(int esmClass) {
        OctetBuffer pdu = new OctetBuffer(128).zeros(16);
        pdu.u8(0).u8(0).u8(0).add("12345".getBytes(StandardCharsets.US_ASCII)).u8(0);
        pdu.u8(1).u8(1).add("+4179".getBytes(StandardCharsets.US_ASCII)).u8(0);
        return pdu.u8(esmClass).zeros(4).u8(1).zeros(3);
    }
}
